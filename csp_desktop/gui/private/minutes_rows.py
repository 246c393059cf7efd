"""The words of the private minutes page: sections, checks, who gets what, how far they are."""

from collections.abc import Sequence
from datetime import date

from csp_desktop.domain.common.days import clock, days_words, local, short_day, tiny_day
from csp_desktop.domain.minutes.checks import MinutesCheck
from csp_desktop.domain.minutes.layout import Section
from csp_desktop.domain.private.circulation import MinutesState
from csp_desktop.domain.private.minutes import PrivateMinutes
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.meeting_bar import BarKind, BarState, Figure
from csp_desktop.gui.widgets.pdf_preview import Mark
from csp_desktop.gui.widgets.steps import StepMark, StepState
from csp_desktop.services.private.circulation import Circulation, CopyRow

RECORD = "record"  # the key of the first row: nobody's copy
MINUTES, ACTIONS = "minutes", "actions"  # the papers
PAPERS = ((MINUTES, "Minutes"), (ACTIONS, "Action list"))


def section_rows(placed: Sequence[tuple[Section, Mark]], failed: Sequence[MinutesCheck]) -> list[Entry]:
    """Every section with the page it begins on; those a check fails in are marked."""
    failing = {check.section_id for check in failed}
    rows = []
    for section, mark in placed:
        title = section.title if section.level == 1 else f"    {section.title}"
        pill = "check" if section.id in failing else ""
        rows.append(Entry(section.id, title, caption=str(mark.page + 1), pill=pill, pill_tone=Tone.MEDIUM))
    return rows


def page_checks(unmarked: list[int]) -> list[MinutesCheck]:
    """What is looked at on the printed pages themselves."""
    where = f"Not on page {_numbers(unmarked)}" if unmarked else ""
    return [MinutesCheck(not unmarked, "Marked on every page", where)]


def _numbers(pages: list[int]) -> str:
    return ", ".join(str(page) for page in pages[:5]) + (" and more" if len(pages) > 5 else "")


def copy_rows(now: Circulation) -> list[Entry]:
    """The record first, then everyone on the list: how much is in their copy and whether they have it."""
    record = Entry(RECORD, "New Hope’s record", "Whole minutes, copy 1", icon="lock")
    return [record, *(_copy_row(row, now) for row in now.rows)]


def _copy_row(row: CopyRow, now: Circulation) -> Entry:
    has = row.given_at is not None and row.given_version == now.version
    had = row.given_at is not None and not has
    pill = f"Given {tiny_day(local(row.given_at).date())}" if row.given_at is not None and has else ""
    tone = Tone.LOW
    if had:
        pill, tone = f"Has version {row.given_version}", Tone.MEDIUM
    elif not has and now.state is not MinutesState.DRAFT:
        pill, tone = "To give", Tone.NEUTRAL
    return Entry(row.member_id, row.name, gets_words(row), person=row.name, pill=pill, pill_tone=tone)


def gets_words(row: CopyRow) -> str:
    """'2 people, copy 5, CGL'"""
    if row.whole:
        gets = "Whole minutes"
    elif row.people:
        gets = "1 person" if row.people == 1 else f"{row.people} people"
    else:
        gets = "Attendance only"
    return f"{gets}, copy {row.copy_number}, {row.agency}"


def copies_caption(now: Circulation) -> str:
    """Why somebody gets a part, or what to do first."""
    if not now.rows:
        return "Nobody is on the list yet: see Settings."
    return "Each file holds only whom they may hear of."


def copies_count(now: Circulation) -> str:
    """'2 of 5 given'"""
    return f"{now.given} of {len(now.rows)} given" if now.rows else ""


def steps(now: Circulation, minutes: PrivateMinutes, passed: int, failed: int) -> tuple[StepMark, ...]:
    """Draft, checked, approved by the lead, circulated."""
    draft = now.state is MinutesState.DRAFT
    approval = now.approval if now.approval is not None and not now.changed else None
    approved_words = f"{approval.by}, {tiny_day(local(approval.at).date())}" if approval else "New Hope’s lead"
    if now.changed:
        approved_words = "changed since version " + str(now.version - 1)
    end = now.circulated_at
    ended = f"all given {tiny_day(local(end).date())}" if end else f"by {short_day(now.due)}"
    return (
        StepMark("Draft", f"session of {tiny_day(minutes.on)}", StepState.DONE),
        StepMark("Checked", f"{passed} of {passed + failed} pass", StepState.CURRENT if draft else StepState.DONE),
        StepMark("Approved", approved_words, StepState.AHEAD if draft else StepState.DONE),
        StepMark("Circulated", ended, _last_step(now)),
    )


def _last_step(now: Circulation) -> StepState:
    return {MinutesState.CIRCULATED: StepState.DONE, MinutesState.APPROVED: StepState.CURRENT}.get(
        now.state, StepState.AHEAD
    )


def bar(now: Circulation | None, minutes: PrivateMinutes | None, checks: tuple[int, int], today: date) -> BarState:
    """How far they are, and how long until they must be out."""
    if now is None or minutes is None:
        return BarState(title="Private minutes", kind=BarKind.PLUM, icon="file-text", headline="No minutes yet")
    figures = []
    if now.state is not MinutesState.CIRCULATED:
        left = (now.due - today).days
        big = days_words(left) if left >= 0 else f"{days_words(-left)} late"
        figures.append(Figure("send", big, f"to circulate, {short_day(now.due)}", amber=left < 0))
    if minutes.next_on is not None and minutes.next_on >= today:
        left = (minutes.next_on - today).days
        figures.append(
            Figure(
                "calendar",
                days_words(left) if left else "today",
                f"{'to ' if left else ''}next session, {short_day(minutes.next_on)}",
            )
        )
    return BarState(
        title="Private minutes",
        subtitle=f"Session of {short_day(minutes.on)} {minutes.on.year}",
        kind=BarKind.PLUM,
        icon="file-text",
        figures=tuple(figures),
        steps=steps(now, minutes, *checks),
    )


def saved_words(minutes: PrivateMinutes, paper: str, row: CopyRow | None) -> str:
    """'Copy 4 saved for Joy Okafor at 10:42'"""
    what = "Action list" if paper == ACTIONS else f"Copy {minutes.copy_number}"
    return f"{what} saved for {row.name}" if row is not None else f"{what} saved for the record"


def file_name(minutes: PrivateMinutes, paper: str) -> str:
    """No name of a person, no reference, no word of which meeting: day, kind, edition, copy."""
    kind = "Actions" if paper == ACTIONS else "Minutes"
    return f"{kind} {minutes.on:%Y-%m-%d} {minutes.edition.lower()} copy {minutes.copy_number}.pdf"


def at_words(now: Circulation) -> str:
    """When it was approved: 'at 10:42'."""
    return f"at {clock(now.approval.at)}" if now.approval is not None else ""
