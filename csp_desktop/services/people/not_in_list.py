"""Those who are known and not in a list: asked about, and what is said of them kept until a list has their name again.

Shared by members and people sleeping rough; which answers there are is handed in.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from csp_desktop.domain.people.list_decisions import ListAnswer, ListDecision
from csp_desktop.services.common.import_answers import Answers, Choice, Question, QuestionLine
from csp_desktop.services.common.import_columns import ColumnMapping
from csp_desktop.services.ports.work import Records

Decision = TypeVar("Decision", bound=ListDecision)
STAYS = Choice(ListAnswer.STAYS.value, "Stays")
PART_LIST = Choice(ListAnswer.PART_LIST.value, "Part list")


def gone_key(record_id: str) -> str:
    """Of the question why somebody is not in the list."""
    return f"gone/{record_id}"


class NotInList(Generic[Decision]):
    """What was said of them, now and of earlier lists. `whom` gives the id of whom a decision is of."""

    def __init__(
        self,
        records: Records,
        kind: type[Decision],
        whom: Callable[[Decision], str],
        mapping: ColumnMapping | None,
        answers: Answers,
    ) -> None:
        self._headings = tuple(column.heading for column in mapping.columns) if mapping else ()
        self._answers, self._kept = answers, sorted(records.find(kind), key=lambda one: one.at)
        self._whom = whom
        self._earlier = {whom(one): one.answer.value for one in self._kept if one.holds_for(self._headings)}

    def said(self, record_id: str) -> str:
        """The answer, empty where there is none."""
        return self._answers.get(gone_key(record_id)) or self._earlier.get(record_id, "")

    def line(self, record_id: str, title: str, detail: str) -> QuestionLine:
        """Somebody as they are asked about."""
        return QuestionLine(gone_key(record_id), title, detail, self.said(record_id))

    def to_keep(
        self, gone: Iterable[str], made: Callable[[str, ListAnswer, tuple[str, ...]], Decision]
    ) -> list[Decision]:
        """What was said of those not in the list and is not kept already."""
        new = [one for one in gone if (said := self.said(one)) and said != self._earlier.get(one)]
        return [made(one, ListAnswer(self.said(one)), self._headings) for one in new]

    def over(self, seen: Iterable[str], said_anew: Iterable[Decision]) -> list[Decision]:
        """What is kept and holds no longer: of those who are in the list, and of those of whom something else is said.
        That a list with other columns is a part of all stays."""
        whom = {*seen, *map(self._whom, said_anew)}
        return [
            one
            for one in self._kept
            if self._whom(one) in whom and (one.answer is not ListAnswer.PART_LIST or one.holds_for(self._headings))
        ]


def gone_question(title: str, hint: str, lines: Sequence[QuestionLine], choices: tuple[Choice, ...]) -> list[Question]:
    """None where everybody is in the list."""
    return [Question(title, hint, tuple(lines), choices)] if lines else []
