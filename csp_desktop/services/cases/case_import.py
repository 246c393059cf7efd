"""Importing a Safety Net export: each import is a snapshot with an as-of date, and never a second master.

October then November gives the risk history. A total that changed under an unchanged assessment date is kept, dated by
the snapshot and marked so. An older snapshot fills history and never overwrites today's row.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint, Snapshot, StatusChange
from csp_desktop.domain.cases.life import CHANGED, SEEN, Step, begun, followed, is_decided_here
from csp_desktop.domain.common.days import dated_day, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.people.handing_on import kept_lead
from csp_desktop.domain.people.settings import Settings
from csp_desktop.services.cases.import_questions import (
    Alike,
    LooksLike,
    Said,
    answered,
    changed_at_once,
    decisions_in,
    gone_answers,
    keep_decisions,
    looks_like_known,
    name_questions,
    questions_of,
    resolved,
    said_of,
    vanished_from,
    without_names,
)
from csp_desktop.services.common.import_answers import NO_ANSWERS, Answers, Question
from csp_desktop.services.common.import_columns import ColumnMapping, LeftOut
from csp_desktop.services.common.import_rows import CaseFile, CaseLine, ImportWarning, Refusal
from csp_desktop.services.people.handing_on import cases_handed_on
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

DOUBTFUL_FIELDS = {
    "Lead Officer": "lead_officer",
    "Lead Agency": "lead_agency",
    "Subject Initials": "initials",
    "Location": "location",
    "Ward": "ward",
    "Summary": "summary",
}
CATCHES_UP_DAYS = 31  # so long Safety Net may still show how a case stood before this group decided
WORDS = {
    "total": "total",
    "band": "level",
    "assessed_on": "assessment",
    "status": "status",
    "lead_officer": "lead officer",
    "lead_agency": "lead agency",
    "mental_health": "mental health",
    "repeat_victim": "repeat victim",
    "area": "area of work",
    "subject_type": "subject",
    "initials": "initials",
    "location": "location",
    "ward": "ward",
    "summary": "summary",
    "created_on": "creation date",
}


class Kind(Enum):
    """What a row of the file does to the case list."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class ImportedRow:
    """One row of the preview: `words` say what changes ('total 33 → 27, level High → Medium')."""

    reference: str
    title: str
    kind: Kind
    words: str


@dataclass(frozen=True)
class ImportPreview:
    """What an import would do, or did."""

    name: str
    as_of: date
    rows: tuple[ImportedRow, ...]
    refused: tuple[Refusal, ...]
    warnings: tuple[ImportWarning, ...]
    older: bool  # an older snapshot: it only fills history
    records_day: bool  # something is recorded: with nothing new it is the day the export shows
    mapping: ColumnMapping | None = None
    left_out: tuple[LeftOut, ...] = ()
    looks_like: tuple[LooksLike, ...] = ()
    vanished: tuple[Case, ...] = ()  # known, and not in the file
    questions: tuple[Question, ...] = ()
    decisions: tuple[Said, ...] = ()  # what the answers come to

    def _count(self, kind: Kind) -> int:
        return sum(r.kind is kind for r in self.rows)

    @property
    def new(self) -> int:
        """Cases not seen before."""
        return self._count(Kind.NEW)

    @property
    def changed(self) -> int:
        """Cases with other values than now, or with history filled in."""
        return self._count(Kind.CHANGED)

    @property
    def unchanged(self) -> int:
        """Cases exactly as they are."""
        return self._count(Kind.UNCHANGED)

    @property
    def nothing_new(self) -> str:
        """Where no case is new or changed, what that means, in one sentence; else empty."""
        if self.new or self.changed:
            return ""
        if not self.rows:
            return "No row of this file can be imported."
        if self.records_day:
            gone = " in it" if self.vanished else ""
            return f"No case{gone} has changed. Only the date of the export ({dated_day(self.as_of)}) is recorded."
        return f"There is nothing to import: all of this is already recorded, as of {dated_day(self.as_of)} or later."


@dataclass(frozen=True)
class _Effect:
    """What one row does: the records to save, and its line of the preview."""

    row: ImportedRow
    records: tuple[Case | RiskPoint | StatusChange, ...]


def preview_cases(
    session: Session,
    parsed: CaseFile,
    as_of: date | None = None,
    alike: Alike = Alike.ASKED,
    answers: Answers = NO_ANSWERS,
) -> ImportPreview:
    """What `import_cases` would do; nothing is stored."""
    with session.work.reading() as records:
        return _work_out(session, records, parsed, as_of, alike, answers)[0]


def import_cases(
    session: Session,
    parsed: CaseFile,
    as_of: date | None = None,
    alike: Alike = Alike.ASKED,
    answers: Answers = NO_ANSWERS,
) -> ImportPreview:
    """Import the valid rows, all or none, in one step, and keep what a person said of those left open. With nothing new
    a snapshot still records the day it shows; what is known of that day already stores nothing."""
    session.require_keeper()
    with session.work.step(f"import of {parsed.name}") as records:
        preview, effects = _work_out(session, records, parsed, as_of, alike, answers)
        if not preview.records_day:
            keep_decisions(session, records, preview.decisions, preview.as_of)
            return preview
        for effect in effects:
            for record in effect.records:
                records.save(record)
        keep_decisions(session, records, preview.decisions, preview.as_of)
        digest = content_digest(parsed.rows)
        counts = (preview.new, preview.changed, preview.unchanged, len(preview.refused))
        records.save(Snapshot(new_id(), parsed.name, preview.as_of, session.now(), session.user_name, digest, *counts))
    return preview


def content_digest(rows: Sequence[CaseLine]) -> str:
    """SHA-256 over the values, in the order of the references: CSV and XLSX of one content are equal."""
    content = sorted(repr([getattr(r, f.name) for f in fields(r) if f.name not in ("line", "doubtful")]) for r in rows)
    return hashlib.sha256("\n".join(content).encode()).hexdigest()


def _work_out(
    session: Session, records: Records, parsed: CaseFile, as_of: date | None, alike: Alike, answers: Answers
) -> tuple[ImportPreview, list[_Effect]]:
    shown = as_of or parsed.proposed_as_of(session.today)
    if shown > session.today:
        raise Refused(f"{dated_day(shown)} is in the future. Give the date of the export.")
    valid, refused = _not_after(parsed, shown)
    known = {c.reference: c for c in records.find(Case) if c.reference}
    decided_before = decisions_in(records)
    looks_like = answered(looks_like_known(valid, known), alike, answers, decided_before)
    asked_of = {line.reference: line for line in valid}
    valid, wrong = resolved(valid, looks_like)
    refused = tuple(sorted((*refused, *wrong), key=lambda one: one.line))
    of_names = name_questions(valid, parsed.full_names, answers)
    valid = without_names(valid, parsed.full_names, known, answers)
    changed = changed_at_once(valid, known, parsed.lacking, answers)
    stays = parsed.lacking.union(one.name for one in changed if not one.is_taken)
    settings = settings_in(records)
    names = _area_names(settings)
    told = [_with_what_stays(line, known.get(line.reference), stays) for line in valid]
    effects = _effects(session, records, [_with_alias(line, names) for line in told], known, shown)
    older = any(c.as_of and c.as_of > shown for line in valid if (c := known.get(line.reference)))
    vanished = () if older else vanished_from(parsed, known, looks_like, shown)
    gone = gone_answers(vanished, answers, decided_before)
    preview = ImportPreview(
        parsed.name,
        shown,
        tuple(e.row for e in effects),
        refused,
        (*parsed.warnings, *_unknown_areas(valid, settings), *(one.warning for one in changed)),
        older,
        any(e.records for e in effects),
        parsed.mapping,
        parsed.left_out,
        looks_like,
        vanished,
        (
            *questions_of(looks_like, vanished, gone, asked_of, session.today),
            *(one.question(answers) for one in changed),
            *of_names,
        ),
        said_of(looks_like, vanished, gone, known),
    )
    return preview, effects


def _effects(
    session: Session, records: Records, lines: Sequence[CaseLine], known: Mapping[str, Case], shown: date
) -> list[_Effect]:
    points, decided, handed = _points(records), _decisions(records), cases_handed_on(records)
    found = []
    for line in lines:
        case = known.get(line.reference)
        decision = decided.get(case.id) if case else None
        if case is not None and case.id in handed:
            line = replace(line, lead_officer=kept_lead(line.lead_officer, handed[case.id]))
        found.append(_effect(session, line, case, points, decision, shown))
    return found


def _with_what_stays(line: CaseLine, case: Case | None, lacking: frozenset[str]) -> CaseLine:
    """What the file has no column for stays as it is known."""
    if case is None or not lacking:
        return line
    known = {name: getattr(case, name) for name in lacking}
    if "repeat_victim" in lacking and case.repeat_in_safety_net is not None:
        known["repeat_victim"] = case.repeat_in_safety_net
    return replace(line, **known)


def _not_after(parsed: CaseFile, shown: date) -> tuple[list[CaseLine], tuple[Refusal, ...]]:
    """A case cannot have been created, nor assessed, after the day the export shows."""
    valid, refused = [], list(parsed.refused)
    for line in parsed.rows:
        for column, day in (("Date Created", line.created_on), ("Last Risk Assessment", line.assessed_on)):
            if day and day > shown:
                why = f"This is after {dated_day(shown)}, the date of the export."
                refused.append(Refusal(line.line, column, day.strftime("%d/%m/%Y"), why))
                break
        else:
            valid.append(line)
    return valid, tuple(sorted(refused, key=lambda r: r.line))


def _points(records: Records) -> dict[str, list[RiskPoint]]:
    found: dict[str, list[RiskPoint]] = {}
    for point in records.find(RiskPoint):
        found.setdefault(point.case_id, []).append(point)
    return found


def _decisions(records: Records) -> dict[str, StatusChange]:
    """The last step in each case's life that this group decided, at a meeting or by hand."""
    made = sorted((c for c in records.find(StatusChange) if is_decided_here(c)), key=lambda c: c.on)
    return {change.case_id: change for change in made}


def _area_names(settings: Settings) -> dict[str, str]:
    return {a.casefold(): a for a in settings.areas} | {a.casefold(): b for a, b in settings.area_aliases}


def _with_alias(line: CaseLine, names: Mapping[str, str]) -> CaseLine:
    """Areas of work have other names in Safety Net: 'Youth violence and VAWG'."""
    area = names.get(line.area.casefold(), line.area)
    return line if area == line.area else replace(line, area=area)


def _unknown_areas(lines: Sequence[CaseLine], settings: Settings) -> tuple[ImportWarning, ...]:
    """One for each, at the first line that has it."""
    first: dict[str, int] = {}
    names = _area_names(settings)
    for line in lines:
        area = names.get(line.area.casefold(), line.area)
        if area not in settings.areas:
            first.setdefault(area, line.line)
    return tuple(
        ImportWarning(
            first[area],
            "Theme",
            area,
            f"“{area}” is not an area of work of this partnership. Add it, or another name for it, in Settings.",
        )
        for area in sorted(first)
    )


def _effect(
    session: Session,
    line: CaseLine,
    case: Case | None,
    points: dict[str, list[RiskPoint]],
    decision: StatusChange | None,
    as_of: date,
) -> _Effect:
    if case is None:
        created = _case(line, new_id(), as_of)
        begins = begun(created, Step(as_of, session.user_name, SEEN))
        point = _points_after(line, created, [], as_of)
        title = line.summary or line.location
        return _Effect(ImportedRow(line.reference, title, Kind.NEW, "new case"), (created, begins, *point))
    history = points.get(case.id, [])
    point = _points_after(line, case, history, as_of)
    if case.as_of and as_of < case.as_of:
        filled = _tells_more(point, history)
        words = f"history: total {line.total} on {screen_day(as_of, session.today)}" if filled else ""
        kind = Kind.CHANGED if filled else Kind.UNCHANGED
        return _Effect(ImportedRow(line.reference, case.title, kind, words), point)
    after = _updated(line, case, decision, as_of)
    words = _differences(case, after)
    kind = Kind.CHANGED if point or replace(after, as_of=case.as_of) != case else Kind.UNCHANGED
    saved: list[Case | RiskPoint | StatusChange] = [*([after] if after != case else []), *point]
    change = followed(case, after.status, Step(as_of, session.user_name, CHANGED)).change
    if change is not None:
        saved.append(change)
    said = [words or ("history" if point else ""), _known_better(line, after, decision), _mark_words(case, after)]
    told = ", ".join(part for part in said if part) or ("history" if kind is Kind.CHANGED else "")
    return _Effect(ImportedRow(line.reference, after.title, kind, told), tuple(saved))


def _known_better(line: CaseLine, after: Case, decision: StatusChange | None) -> str:
    """Where this group's decision stands against what Safety Net shows."""
    if decision is None or after.status in (line.status, CaseStatus.INTENSIVE):
        return ""
    return f"status stays {after.status.value}, decided {dated_day(decision.on)}; Safety Net shows {line.status.value}"


def _mark_words(before: Case, after: Case) -> str:
    """Where a repeat-victim mark set here stands against what Safety Net shows."""
    if not after.repeat_by:
        return ""
    if after.repeat_in_safety_net != after.repeat_victim:
        here = "a repeat victim" if after.repeat_victim else "no repeat victim"
        return f"stays {here}, set by {after.repeat_by}; Safety Net shows {_said(after.repeat_in_safety_net)}"
    return (
        "Safety Net now shows the repeat victim flag set here"
        if before.repeat_in_safety_net != after.repeat_in_safety_net
        else ""
    )


def _case(line: CaseLine, case_id: str, as_of: date) -> Case:
    return Case(
        case_id,
        line.reference,
        line.created_on,
        line.area,
        line.subject_type,
        line.initials,
        line.location,
        line.ward,
        line.lead_agency,
        line.lead_officer,
        line.total,
        line.band,
        line.assessed_on,
        line.mental_health,
        line.repeat_victim,
        line.status,
        line.summary,
        as_of,
        last_reviewed_on=_reviewed(line, None),
        repeat_in_safety_net=line.repeat_victim,
        repeat_on=as_of if line.repeat_victim else None,
    )


def _reviewed(line: CaseLine, before: date | None) -> date | None:
    """An assessment after the creation is a review."""
    days = [d for d in (before, line.assessed_on) if d and d > line.created_on]
    return max(days, default=before)


def _updated(line: CaseLine, case: Case, decision: StatusChange | None, as_of: date) -> Case:
    """Today's row from a snapshot not older. What only this group knows stays; a lost letter replaces no name."""
    fresh = _case(line, case.id, as_of)
    kept = {
        DOUBTFUL_FIELDS[c]: getattr(case, DOUBTFUL_FIELDS[c])
        for c in line.doubtful
        if getattr(case, DOUBTFUL_FIELDS[c])
    }
    status = case.status if _stays(line.status, case, decision, as_of) else line.status
    since = case.monitoring_since
    if status is CaseStatus.MONITORING and case.status is not CaseStatus.MONITORING:
        since = as_of
    return replace(
        fresh,
        status=status,
        monitoring_since=since if status is CaseStatus.MONITORING else None,
        cmht_told_on=case.cmht_told_on,
        last_reviewed_on=_reviewed(line, case.last_reviewed_on),
        entered_by_hand=case.entered_by_hand,
        repeat_victim=case.repeat_victim if case.repeat_by else line.repeat_victim,  # who set it wins
        repeat_by=case.repeat_by,
        repeat_on=case.repeat_on if case.repeat_by or case.repeat_victim == line.repeat_victim else fresh.repeat_on,
        review_told_on=case.review_told_on,
        review_told_by=case.review_told_by,
        **kept,
    )


def _stays(shown: CaseStatus, case: Case, decision: StatusChange | None, as_of: date) -> bool:
    """Whether this group knows better how a case stands. Safety Net knows no intensive support: an open case stays
    in it. A snapshot not later than the group's decision cannot know it; for a month after, it may not have caught
    up."""
    if shown is CaseStatus.OPEN and case.status is CaseStatus.INTENSIVE:
        return True
    if decision is None or decision.after is not case.status:
        return False
    if as_of <= decision.on:
        return True
    before = CaseStatus.OPEN if decision.before is CaseStatus.INTENSIVE else decision.before
    return shown is before and (as_of - decision.on).days <= CATCHES_UP_DAYS


def _points_after(line: CaseLine, case: Case, history: Sequence[RiskPoint], as_of: date) -> tuple[RiskPoint, ...]:
    """The points of the risk history a row adds or moves. However the snapshots came in, the history is the same: the
    first total seen for an assessment is dated by it, each later one by the snapshot that first showed it."""
    if line.total is None:
        return ()
    same = sorted((p for p in history if p.assessed_on == line.assessed_on), key=lambda p: p.without_assessment)
    seen = list(same)
    if case.total is not None and case.as_of and case.assessed_on == line.assessed_on:
        seen.append(_seen(case.id, case.total, case.band, case.assessed_on, case.as_of))
    seen.append(_seen(case.id, line.total, line.band, line.assessed_on, as_of))
    runs: list[RiskPoint] = []
    for point in sorted(seen, key=lambda p: p.as_of):
        last = runs[-1] if runs else None
        if last is None or (last.total, last.band) != (point.total, point.band):
            runs.append(_dated(point, first=last is None))
        elif point in same and last not in same:  # known already, now seen earlier: its own record moves
            runs[-1] = replace(last, id=point.id)
    return tuple(p for p in runs if p not in same)


def _tells_more(points: Sequence[RiskPoint], history: Sequence[RiskPoint]) -> bool:
    """Whether the history reads otherwise with these points: a total only known to have been seen earlier does not."""
    dated = {p.id: p.dated for p in history}
    return any(dated.get(p.id) != p.dated for p in points)


def _seen(case_id: str, total: int, band: Band | None, assessed_on: date | None, as_of: date) -> RiskPoint:
    return RiskPoint(new_id(), case_id, as_of, total, band, assessed_on, as_of)


def _dated(point: RiskPoint, *, first: bool) -> RiskPoint:
    dated = point.assessed_on if first and point.assessed_on else point.as_of
    return replace(point, dated=dated, without_assessment=not first)


def _differences(before: Case, after: Case) -> str:
    """What changes, in words: 'total 33 → 27, level High → Medium'."""
    words = []
    for name, word in WORDS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            words.append(f"{word} {_said(old)} → {_said(new)}")
    return ", ".join(words)


def _said(value: object) -> str:
    if value is None or value == "":
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    return dated_day(value) if isinstance(value, date) else str(value)
