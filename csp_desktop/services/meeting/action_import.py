"""Taking over open actions that were kept elsewhere until now: shown first, then all rows in order go in together.

An officer is found as in the action line; whoever is not found for certain is asked about, and so is a case that is not
known here. What is on file already is not taken a second time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.references import KnownReferences
from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.action_owners import Owners, Person, owners
from csp_desktop.domain.meeting.actions import Action, ActionState, owner_words
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people import likely_names
from csp_desktop.domain.people.agencies import Agency, Member, Standing
from csp_desktop.services.common.import_answers import NO_ANSWERS, Answers, Choice, Question, QuestionLine
from csp_desktop.services.common.import_rows import OpenActionFile, OpenActionLine, Refusal
from csp_desktop.services.meeting.actions import register_people
from csp_desktop.services.meeting.due_next import last_held, next_meeting_day
from csp_desktop.services.meeting.earlier_minutes import keep_earlier
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

OUT, GROUP, SAME, ADD = "out", "group", "same", "add/"
_OFFERED = 4  # people who may be meant by one name
_ADDED_TO = 12  # agencies that somebody new may be added to
_LEFT_OUT = "You left it out."


@dataclass(frozen=True)
class TakenAction:
    """One action that goes in, in words."""

    who: str
    what: str
    due: str
    about: str


@dataclass(frozen=True)
class CaseAlike:
    """A reference in a list that looks like that of a known case."""

    line: int
    reference: str
    known: str
    why: str


@dataclass(frozen=True)
class ActionsPreview:
    """What importing a list of actions would do, or did. `waiting` are rows that go in once a question is answered,
    each with its reason; `added` are people who come on the list with them."""

    new: int
    unchanged: int
    refused: tuple[Refusal, ...]
    details: tuple[TakenAction, ...]
    held_on: date | None
    waiting: tuple[Refusal, ...] = ()
    questions: tuple[Question, ...] = ()
    looks_like: tuple[CaseAlike, ...] = ()
    dropped: tuple[Refusal, ...] = ()  # left out by an answer
    added: tuple[str, ...] = ()
    changed: int = 0
    vanished: tuple[str, ...] = ()
    decided: int = 0


def preview_actions(
    session: Session, parsed: OpenActionFile, held_on: date | None = None, answers: Answers = NO_ANSWERS
) -> ActionsPreview:
    """What the list would bring, without changing anything. `held_on`: the day of the meeting the actions are of, where
    their rows do not say it; else the day that stands in the document, or the last meeting held here."""
    with session.work.reading() as records:
        return _Sorting(session, records, parsed, held_on, answers).sort().preview()


def import_actions(
    session: Session,
    parsed: OpenActionFile,
    held_on: date | None = None,
    answers: Answers = NO_ANSWERS,
    *,
    keeps_minutes: bool = False,
) -> ActionsPreview:
    """Take the actions over in one step, with the people who are added for them and, where it is said, the text of the
    document as the minutes of that meeting."""
    session.require_recorder()
    with session.work.step(f"open actions of {parsed.name}") as records:
        sorting = _Sorting(session, records, parsed, held_on, answers).sort()
        for record in (*sorting.people_to_save, *sorting.to_save):
            records.save(record)
        preview = sorting.preview()
        if keeps_minutes and parsed.prose:
            keep_earlier(session, "\n".join(parsed.prose), preview.held_on, parsed.name)
    return preview


def officer_key(text: str) -> str:
    """Of the question who is meant."""
    return f"officer/{folded(text)}"


def case_key(reference: str) -> str:
    """Of the question which case is meant."""
    return f"case/{reference}"


class _Sorting:
    """Each row beside what is known: new, there already, refused, or waiting for an answer."""

    def __init__(
        self, session: Session, records: Records, parsed: OpenActionFile, held_on: date | None, answers: Answers
    ) -> None:
        self._session, self._records, self._parsed, self._answers = session, records, parsed, answers
        last = last_held(records)
        self._held_on = held_on or _past(parsed.named_day, session.today) or (last.on if last else None)
        self._people = list(register_people(records))
        self._agencies = sorted((a for a in records.find(Agency) if a.active), key=lambda a: folded(a.short_name))
        self._cases = {one.reference: one for one in records.find(Case) if one.reference}
        self._alike_cases = KnownReferences(self._cases)
        known = records.find(Action, state=ActionState.OPEN)
        self._known = {(one.officer_id, folded(one.what), one.case_id) for one in known}
        loose = [one.number for one in records.find(Action, meeting_id="")]
        self._number = max(loose, default=0)
        following = next_meeting_day(session, records, last) if last else None
        self._next_of, self._following = (last.id if last else ""), following
        self.to_save: list[Action] = []
        self.people_to_save: list[Member] = []
        self._refused = list(parsed.refused)
        self._waiting: list[Refusal] = []
        self._dropped: list[Refusal] = []
        self._details: list[TakenAction] = []
        self._alike: dict[str, CaseAlike] = {}
        self._questions: dict[str, Question] = {}
        self._unchanged = 0

    def sort(self) -> "_Sorting":
        """Every row in its place."""
        for row in self._parsed.rows:
            self._take(row)
        self._refused.sort(key=lambda one: one.line)
        return self

    def preview(self) -> ActionsPreview:
        """The counts and lists."""
        return ActionsPreview(
            len(self.to_save),
            self._unchanged,
            tuple(self._refused),
            tuple(self._details),
            self._held_on,
            tuple(self._waiting),
            tuple(self._questions.values()),
            tuple(self._alike.values()),
            tuple(self._dropped),
            tuple(one.name for one in self.people_to_save),
        )

    def _take(self, row: OpenActionLine) -> None:
        agreed = row.agreed_on or self._held_on
        if agreed is None:
            reason = "Give the date of the last meeting: the list does not say when the action was agreed."
            self._waiting.append(Refusal(row.line, "Agreed on", "", reason))
            return
        if agreed > self._session.today:
            reason = f"{dated_day(agreed)} is in the future. Give the date the action was agreed."
            self._refused.append(Refusal(row.line, "Agreed on", dated_day(agreed), reason))
            return
        found, case = self._owners(row), self._case(row)
        if found is None or case is None:
            return
        mine = (found[0].id, folded(row.what), case[0])
        if mine in self._known:
            self._unchanged += 1
            return
        self._known.add(mine)
        self._number += 1
        due = row.by or (self._following if row.follows else None)
        self.to_save.append(
            Action(
                id=new_id(),
                meeting_id="",
                number=self._number,
                what=row.what,
                officer_id=found[0].id,
                due=due,
                agreed_on=agreed,
                case_id=case[0],
                next_of_id=self._next_of if row.follows else "",
                with_ids=tuple(one.id for one in found[1:]),
            )
        )
        who = owner_words(found[0].name, [one.name for one in found[1:]])
        words = dated_day(due) if due else "no date"
        self._details.append(TakenAction(who, row.what, words, case[1]))

    def _owners(self, row: OpenActionLine) -> tuple[Person, ...] | None:
        """Who leads and who is with them; None while a person has to say it, or said to leave it out."""
        lead = self._named(row, "Officer", row.officer)
        beside = self._named(row, "With", row.beside) if row.beside else ()
        return None if lead is None or beside is None else tuple(dict.fromkeys((*lead, *beside)))

    def _named(self, row: OpenActionLine, column: str, text: str) -> tuple[Person, ...] | None:
        people = tuple(self._people)
        found = owners(text, people)
        rest = folded(text[found.end :].strip(" ,;:.-()"))
        if found.people and not found.wait and (not rest or rest in found.people[-1].homes):
            return found.people
        choices = self._choices(text, found)
        key, said = officer_key(text), self._answers.get(officer_key(text), "")
        line = QuestionLine(key, text, f"line {row.line}: {row.what[:60]}", said)
        self._questions.setdefault(key, Question(f"Who is {text[:40]}?", column.lower(), (line,), choices))
        if said == OUT:
            self._dropped.append(Refusal(row.line, column, text, _LEFT_OUT))
            return None
        if said.startswith(ADD):
            return (self._add(text, said.removeprefix(ADD)),)
        chosen = next((one for one in people if one.id == said), None)
        if chosen is not None:
            return (chosen,)
        likely = any(one.value not in (OUT,) and not one.value.startswith(ADD) for one in choices)
        reason = (
            "Several people may be meant. Say who." if likely else "Nobody on the list has this name. Say who it is."
        )
        self._waiting.append(Refusal(row.line, column, text, reason))
        return None

    def _choices(self, text: str, found: Owners) -> tuple[Choice, ...]:
        """Who may be meant, to leave it out, and, for what is a name, to add them to an agency."""
        unsure = found.offered if len(found.offered) < len(self._people) else ()
        several = () if found.wait else found.people
        meant = tuple(dict.fromkeys((*several, *unsure)))[:_OFFERED]
        picks = [Choice(one.id, one.told_apart()) for one in meant]
        is_name = len(text.split()) > 1 and not likely_names.is_placeholder(text) and len(text) <= 60
        added = [Choice(f"{ADD}{one.id}", f"Add to {one.short_name}") for one in self._agencies] if is_name else []
        return (*picks, Choice(OUT, "Leave out"), *added[:_ADDED_TO])

    def _add(self, name: str, agency_id: str) -> Person:
        """Somebody new, who is on the list from now on, once for all rows that name them."""
        agency = next(one for one in self._agencies if one.id == agency_id)
        known = next((one for one in self.people_to_save if folded(one.name) == folded(name)), None)
        made = known or Member(new_id(), " ".join(name.split()), agency_id, "", Standing.OCCASIONAL)
        if known is None:
            self.people_to_save.append(made)
        return Person(made.id, made.name, agency.short_name, agency.name, agency.kind)

    def _case(self, row: OpenActionLine) -> tuple[str, str] | None:
        """The case's id and how it is called, both empty for the group; None while a person has to say it."""
        if not row.reference:
            return "", "the group"
        known = self._cases.get(row.reference)
        if known is not None:
            return known.id, known.reference
        alike = self._alike_cases.alike(row.reference)
        if alike is not None:
            self._alike.setdefault(row.reference, CaseAlike(row.line, row.reference, *alike))
        said = self._answers.get(case_key(row.reference), "")
        self._ask_case(row, alike, said)
        if said == SAME and alike is not None:
            return self._cases[alike[0]].id, alike[0]
        if said == GROUP:
            return "", f"the group ({row.reference})"
        if said == OUT:
            self._dropped.append(Refusal(row.line, "Case reference", row.reference, _LEFT_OUT))
            return None
        reason = f"{row.reference} is not a case here. Import the cases first, or say what to do with the action."
        if alike is not None:
            reason = f"{row.reference} looks like {alike[0]}: {alike[1]}. Say whether it is that case."
        self._waiting.append(Refusal(row.line, "Case reference", row.reference, reason))
        return None

    def _ask_case(self, row: OpenActionLine, alike: tuple[str, str] | None, said: str) -> None:
        key = case_key(row.reference)
        title = f"{row.reference} → {alike[0]}" if alike else row.reference
        line = QuestionLine(key, title, f"line {row.line}: {row.what[:60]}", said)
        choices: tuple[Choice, ...] = (Choice(GROUP, "For the group"), Choice(OUT, "Leave out"))
        if alike is not None:
            choices = (Choice(SAME, "The same case"), *choices)
        hint = alike[1] if alike else "not a case here"
        self._questions.setdefault(key, Question("Which case?", hint, (line,), choices))


def _past(day: date | None, today: date) -> date | None:
    return day if day is not None and day <= today else None


def preview_words(preview: ActionsPreview) -> str:
    """'9 new actions, 2 already here, none refused. Agreed on Thu 29 Oct 2026.'"""
    words = f"{count_of(preview.new, 'new action', 'new actions')}, {preview.unchanged} already here"
    lines = len({one.line for one in preview.refused})
    words += f", {count_of(lines, 'line', 'lines')} refused." if lines else ", none refused."
    if preview.waiting:
        words += f" {count_of(len(preview.waiting), 'line waits', 'lines wait')} for your answer."
    if preview.added:
        words += f" New people: {', '.join(preview.added)}."
    return words


def held_back(preview: ActionsPreview) -> Sequence[Refusal]:
    """Everything that does not go in, in the order of its lines."""
    rows = (*preview.refused, *preview.waiting, *preview.dropped)
    return sorted(rows, key=lambda one: one.line)
