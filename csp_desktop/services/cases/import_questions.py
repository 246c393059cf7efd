"""What an export leaves open: cases that are gone from it, references that look like a known one, columns that changed.

A person decides; until then nothing is closed and no second case is made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from csp_desktop.domain.cases.cases import REFERENCE, Case, CaseStatus
from csp_desktop.domain.cases.import_decisions import ALIKE, GONE, ImportAnswer, ImportDecision
from csp_desktop.domain.cases.references import KnownReferences
from csp_desktop.domain.common.days import dated_day, screen_day
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.text import count_of
from csp_desktop.services.common.import_answers import Answers, Choice, Question, QuestionLine
from csp_desktop.services.common.import_rows import CaseFile, CaseLine, ImportWarning, Refusal
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

GONE_CHOICES = (
    Choice(ImportAnswer.CLOSED_THERE.value, "Closed there"),
    Choice(ImportAnswer.MOVED_AWAY.value, "Moved away"),
    Choice(ImportAnswer.PART_FILE.value, "Part file"),
)
ALIKE_CHOICES = (
    Choice(ImportAnswer.SAME_CASE.value, "The same case"),
    Choice(ImportAnswer.NEW_CASE.value, "A new case"),
)
KEEP, TAKE = "keep", "take"
CHANGED_CHOICES = (Choice(KEEP, "Keep the current value"), Choice(TAKE, "Use the new values"))
NAME_CHOICES = (Choice(TAKE, "These initials"), Choice(KEEP, "Keep the current value"))
NEVER_CHANGES = {"initials": "Subject Initials", "created_on": "Date Created"}  # by itself; field and heading
MANY = 5  # rows on which what never changes by itself changes at once
OLDER = "This export is older than the current data: it adds to the history and overwrites nothing."
SHOWN = 10  # references in a sentence


class Alike(Enum):
    """What becomes of rows whose reference looks like a known one: kept out until a person says which it is."""

    ASKED = "asked"
    SAME = "same"
    NEW = "new"


@dataclass(frozen=True)
class LooksLike:
    """A reference not known, and the known one that it may be; what was said of it, now or of an earlier export."""

    line: int
    reference: str
    known: str
    why: str
    answer: ImportAnswer | None = None


def looks_like_known(lines: Sequence[CaseLine], known: Mapping[str, Case]) -> tuple[LooksLike, ...]:
    """Rows of which nobody can say whether they are a new case: one with nearly its reference is known."""
    index = KnownReferences(known)
    there = {line.reference for line in lines}
    found = []
    for line in lines:
        if line.reference not in known and (alike := index.alike(line.reference)) and alike[0] not in there:
            found.append(LooksLike(line.line, line.reference, *alike))
    return tuple(found)


def answered(
    looks_like: Sequence[LooksLike], alike: Alike, answers: Answers, decided: Sequence[ImportDecision]
) -> tuple[LooksLike, ...]:
    """Each with what was said of it: of it alone, of all of them, or of an earlier export."""
    earlier = {one.reference: one.answer for one in decided if one.answer in ALIKE}
    for_all = {Alike.SAME: ImportAnswer.SAME_CASE, Alike.NEW: ImportAnswer.NEW_CASE}.get(alike)
    found = []
    for one in looks_like:
        said = answers.get(alike_key(one.reference))
        found.append(replace(one, answer=ImportAnswer(said) if said else for_all or earlier.get(one.reference)))
    return tuple(found)


def alike_key(reference: str) -> str:
    """Of the question whether this is a known case."""
    return f"alike/{reference}"


def gone_key(reference: str) -> str:
    """Of the question where this case went."""
    return f"gone/{reference}"


def gone_answers(
    vanished: Sequence[Case], answers: Answers, decided: Sequence[ImportDecision]
) -> dict[str, ImportAnswer]:
    """What was said of cases that are not in the export, by reference. An earlier answer stands while no export since
    has shown the case; that a file was part of all says nothing of the next."""
    found = {}
    for case in vanished:
        told = [one for one in decided if one.case_id == case.id and one.answer in GONE[:2]]
        since = [one for one in told if case.as_of is None or one.as_of >= case.as_of]
        said = answers.get(gone_key(case.reference))
        if said:
            found[case.reference] = ImportAnswer(said)
        elif since:
            found[case.reference] = since[-1].answer
    return found


def questions_of(
    looks_like: Sequence[LooksLike],
    vanished: Sequence[Case],
    gone: Mapping[str, ImportAnswer],
    lines: Mapping[str, CaseLine],
    today: date,
) -> tuple[Question, ...]:
    """What is asked before an export goes in."""
    found = []
    if vanished:
        newest = max(case.as_of for case in vanished if case.as_of is not None)
        title = count_of(len(vanished), "case is", "cases are") + " not in this file"
        told = [_gone_line(case, gone.get(case.reference)) for case in vanished]
        found.append(Question(title, f"there on {screen_day(newest, today)}", tuple(told), GONE_CHOICES))
    if looks_like:
        title = count_of(len(looks_like), "reference looks like a known case", "references look like known cases")
        hint = looks_like[0].why if len({one.why for one in looks_like}) == 1 else ""
        told = [_alike_line(one, lines[one.reference]) for one in looks_like]
        found.append(Question(title, hint, tuple(told), ALIKE_CHOICES))
    return tuple(found)


def _gone_line(case: Case, answer: ImportAnswer | None) -> QuestionLine:
    title = f"{case.reference}, {case.initials}" if case.initials else case.reference
    return QuestionLine(gone_key(case.reference), title, case.title, answer.value if answer else "")


def _alike_line(one: LooksLike, line: CaseLine) -> QuestionLine:
    detail = ", ".join(filter(None, (line.initials, line.location)))
    return QuestionLine(
        alike_key(one.reference), f"{one.reference} → {one.known}", detail, one.answer.value if one.answer else ""
    )


def resolved(lines: Sequence[CaseLine], looks_like: Sequence[LooksLike]) -> tuple[list[CaseLine], list[Refusal]]:
    """The rows that go in, by what a person said of those that look like a known case, and those that cannot."""
    asked = {one.reference: one for one in looks_like}
    kept, refused = [], []
    for line in lines:
        alike = asked.get(line.reference)
        if alike is not None and alike.answer is None:
            continue
        if alike is not None and alike.answer is ImportAnswer.SAME_CASE:
            line = replace(line, reference=alike.known)
        if REFERENCE.fullmatch(line.reference):
            kept.append(line)
        else:
            why = "This is not a Safety Net reference. References look like SN-2026-047400."
            refused.append(Refusal(line.line, "SN Reference", line.reference, why))
    return kept, refused


def vanished_from(
    parsed: CaseFile, known: Mapping[str, Case], looks_like: Sequence[LooksLike], shown: date
) -> tuple[Case, ...]:
    """Cases of an export not later than this one that are not in it: whatever is open here, and what the newest export
    before still showed as closed."""
    there = parsed.seen | {line.reference for line in parsed.rows} | {one.known for one in looks_like}
    newest = max((case.as_of for case in known.values() if case.as_of), default=shown)
    return tuple(
        case
        for reference, case in sorted(known.items())
        if case.as_of is not None and case.as_of <= shown and reference not in there
        if case.status is not CaseStatus.CLOSED or case.as_of == newest < shown
    )


@dataclass(frozen=True)
class ChangedColumn:
    """What does not change by itself and changes on many cases at once: a column may be another than last time. What is
    known stays until a person says to take it."""

    heading: str
    name: str  # of `CaseLine` and `Case`
    changed: tuple[CaseLine, ...]
    known: int  # cases that are in the file
    before: object  # as the first of them is known
    is_taken: bool = False

    @property
    def warning(self) -> ImportWarning:
        """At the first line that changes."""
        first = self.changed[0]
        stays = "" if self.is_taken else " The current values are kept until you confirm it."
        why = (
            f"It changes on {len(self.changed)} of {self.known} known cases at once. Check that it is the right column."
        )
        return ImportWarning(first.line, self.heading, said_value(getattr(first, self.name)), f"{why}{stays}")

    def question(self, answers: Answers) -> Question:
        """Whether the new values go in."""
        first, more = self.changed[0], len(self.changed) - 1
        change = f"{said_value(self.before)} → {said_value(getattr(first, self.name))}"
        told = f"{first.reference}: {change}{f', and {more} more' if more else ''}"
        line = QuestionLine(changed_key(self.name), told, answer=answers.get(changed_key(self.name), ""))
        title = f"{self.heading}: {len(self.changed)} of {self.known} change"
        return Question(title, "the right column?", (line,), CHANGED_CHOICES)


def changed_key(name: str) -> str:
    """Of the question whether a field that changes on many cases at once is taken over."""
    return f"changed/{name}"


def name_key(reference: str) -> str:
    """Of the question what stands for a full name that was given instead of initials."""
    return f"initials/{reference}"


def said_value(value: object) -> str:
    """A value of a case in a sentence."""
    return dated_day(value) if isinstance(value, date) else str(value or "none")


def changed_at_once(
    lines: Sequence[CaseLine], known: Mapping[str, Case], lacking: frozenset[str], answers: Answers
) -> list[ChangedColumn]:
    """Initials and creation dates, where they change on many known cases."""
    old = [(line, known[line.reference]) for line in lines if line.reference in known]
    found = []
    for name, heading in NEVER_CHANGES.items():
        if name in lacking:
            continue
        changed = [(line, case) for line, case in old if getattr(line, name) != getattr(case, name)]
        if len(changed) >= MANY and len(changed) * 5 >= len(old):
            taken, before = answers.get(changed_key(name)) == TAKE, getattr(changed[0][1], name)
            found.append(ChangedColumn(heading, name, tuple(line for line, _ in changed), len(old), before, taken))
    return found


def without_names(
    lines: Sequence[CaseLine], full_names: frozenset[int], known: Mapping[str, Case], answers: Answers
) -> list[CaseLine]:
    """The rows with the initials of a full name, or with what is known where a person said so."""
    kept = []
    for line in lines:
        if line.line in full_names and answers.get(name_key(line.reference)) == KEEP:
            case = known.get(line.reference)
            line = replace(line, initials=case.initials if case else "")
        kept.append(line)
    return kept


def name_questions(lines: Sequence[CaseLine], full_names: frozenset[int], answers: Answers) -> tuple[Question, ...]:
    """What is asked where a full name stands for initials; only these go in."""
    told = [
        QuestionLine(name_key(one.reference), f"{one.reference}: {one.initials}", one.location, said)
        for one in lines
        if one.line in full_names
        for said in [answers.get(name_key(one.reference), "")]
    ]
    title = count_of(len(told), "full name", "full names") + " instead of initials"
    return (Question(title, "only initials are imported", tuple(told), NAME_CHOICES),) if told else ()


def alike_words(looks_like: Sequence[LooksLike]) -> list[str]:
    """A sentence for each."""
    return [f"Line {one.line}: {one.reference} looks like {one.known}: {one.why}." for one in looks_like]


def vanished_words(vanished: Sequence[Case]) -> str:
    """Which cases are gone, in one sentence, and that nothing is done about it; empty where none is."""
    if not vanished:
        return ""
    shown = ", ".join(case.reference for case in vanished[:SHOWN])
    more = f" and {len(vanished) - SHOWN} more" if len(vanished) > SHOWN else ""
    cases = count_of(len(vanished), "known case is", "known cases are")
    return (
        f"{cases} not in this file: {shown}{more}. Nothing changes for them; check if they were closed or moved there."
    )


@dataclass(frozen=True)
class Said:
    """An answer: of which case, under which reference in the export."""

    case_id: str
    reference: str
    answer: ImportAnswer


def said_of(
    looks_like: Sequence[LooksLike],
    vanished: Sequence[Case],
    gone: Mapping[str, ImportAnswer],
    known: Mapping[str, Case],
) -> tuple[Said, ...]:
    """What the answers to an export come to."""
    alike = [Said(known[one.known].id, one.reference, one.answer) for one in looks_like if one.answer]
    left = [Said(case.id, case.reference, gone[case.reference]) for case in vanished if case.reference in gone]
    return (*alike, *left)


def keep_decisions(session: Session, records: Records, said: Sequence[Said], as_of: date) -> None:
    """Keep each answer that is not known already. Within the step that takes the export in."""
    known = {(one.case_id, one.reference): one for one in decisions_in(records)}
    for one in said:
        before = known.get((one.case_id, one.reference))
        if before is None or before.answer is not one.answer or _is_over(records, before, as_of):
            made = ImportDecision(
                new_id(), one.case_id, one.reference, one.answer, as_of, session.now(), session.user_name
            )
            records.save(made)


def _is_over(records: Records, before: ImportDecision, as_of: date) -> bool:
    """Whether an answer is said again of something new: the case was there in between, or it was only of one file."""
    if before.answer in ALIKE:
        return False
    since = as_of if before.answer is ImportAnswer.PART_FILE else records.get(Case, before.case_id).as_of
    return since is not None and before.as_of < since


def decisions_in(records: Records) -> list[ImportDecision]:
    """All of them, the latest last."""
    return sorted(records.find(ImportDecision), key=lambda one: (one.as_of, one.at))


def decisions(session: Session) -> tuple[ImportDecision, ...]:
    """The last answer of each case and reference, the latest first: what is to be acted on."""
    with session.work.reading() as records:
        last = {(one.case_id, one.reference): one for one in decisions_in(records)}
    return tuple(sorted(last.values(), key=lambda one: (one.as_of, one.at), reverse=True))
