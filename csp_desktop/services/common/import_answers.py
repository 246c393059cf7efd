"""What is asked before a list goes in, each question with the lines it is about and what may be answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from csp_desktop.services.common.import_columns import ChosenColumns, ColumnMapping, DayOrder, Letters

SHEET, ORDER, LETTERS = "sheet", "order", "letters"
OF_THE_FILE = (SHEET, ORDER, LETTERS)  # answered, the file is read anew
Answers = Mapping[str, str]  # what a person said, by the key of a line
NO_ANSWERS: Answers = {}
_LETTERS = {Letters.WINDOWS: "Windows", Letters.MAC: "Mac", Letters.DOS: "DOS"}


@dataclass(frozen=True)
class Choice:
    """One answer: its value, and the words on its button."""

    value: str
    label: str


@dataclass(frozen=True)
class QuestionLine:
    """One thing that is asked about; `answer` is what was said of it, empty where nothing was yet, `guess` what may be
    meant."""

    key: str
    title: str
    detail: str = ""
    answer: str = ""
    guess: str = ""


@dataclass(frozen=True)
class Question:
    """One answer may be given to all its lines, or one to each."""

    title: str
    hint: str
    lines: tuple[QuestionLine, ...]
    choices: tuple[Choice, ...]

    @property
    def is_answered(self) -> bool:
        """Whether nothing of it is open."""
        return all(line.answer for line in self.lines)

    @property
    def key(self) -> str:
        """Of the first line: by it the question is the same when it is asked anew."""
        return self.lines[0].key


def said_of_each(answers: Answers, question: Question, value: str) -> dict[str, str]:
    """The answers with one to every line of a question."""
    return {**answers, **{line.key: value for line in question.lines}}


def file_questions(mapping: ColumnMapping) -> list[Question]:
    """What is asked of the file itself: which sheet, which order of days, how its letters are written."""
    found: list[Question] = []
    choices: tuple[Choice, ...]
    if mapping.sheets:
        said = "" if mapping.sheet_asked else mapping.sheet
        lines = (QuestionLine(SHEET, f"{len(mapping.sheets)} sheets look alike", answer=said),)
        found.append(Question("Which sheet?", "one is read", lines, tuple(Choice(s, s) for s in mapping.sheets)))
    if mapping.order_asked:
        order = QuestionLine(ORDER, mapping.order_asked, "This is not a British date.")
        choices = (Choice(DayOrder.MONTH_FIRST.value, "American dates"),)
        found.append(Question("American dates?", "month first", (order,), choices))
    elif mapping.order is DayOrder.MONTH_FIRST:
        order = QuestionLine(ORDER, "Dates are read as American", answer=mapping.order.value)
        choices = (Choice(DayOrder.MONTH_FIRST.value, "Month first"), Choice(DayOrder.DAY_FIRST.value, "Day first"))
        found.append(Question("Order of dates", "as you said", (order,), choices))
    if mapping.odd_values and mapping.letters is not None:
        shown = QuestionLine(LETTERS, "; ".join(mapping.odd_values), answer=mapping.letters.value)
        choices = tuple(Choice(one.value, words) for one, words in _LETTERS.items())
        found.append(Question("Are these characters right?", "saved on", (shown,), choices))
    return found


def all_questions(mapping: ColumnMapping | None, others: Sequence[Question]) -> list[Question]:
    """What is asked of the file and of its rows; how its letters are written last, for that is seldom wrong."""
    of_file = file_questions(mapping) if mapping else []
    letters = [one for one in of_file if one.key == LETTERS]
    return [*(one for one in of_file if one not in letters), *others, *letters]


def with_file_answer(chosen: ChosenColumns, key: str, value: str) -> ChosenColumns:
    """What is said of the columns, with an answer about the file itself."""
    if key == SHEET:  # another sheet has other headings, lines and cells
        return replace(chosen, sheet=value, fields={}, fixes={}, dropped=frozenset())
    if key == ORDER:
        return replace(chosen, order=DayOrder(value))
    return replace(chosen, letters=Letters(value), fixes={})
