"""What the room check says of each person and of what is still to do."""

from collections.abc import Callable

from csp_desktop.domain.agencies import AgencyKind
from csp_desktop.domain.days import clock_seconds
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.check_list import CheckLine
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.services.private.room import Place, RoomCheck, RoomRow

NUMBERED = 9
Belongs = Callable[[RoomRow], bool]
GROUPS: tuple[tuple[str, Belongs], ...] = (
    ("Police", lambda row: row.kind is AgencyKind.POLICE and row.place is not Place.LEADS),
    ("Council", lambda row: row.kind is AgencyKind.COUNCIL and row.place is not Place.LEADS),
    ("New Hope leads", lambda row: row.place is Place.LEADS),
    ("Only for the people they work with", lambda row: row.place in (Place.INVOLVED, Place.STAYS_BY_DECISION)),
    ("Not in the private register", lambda row: row.place is Place.NOT_KNOWN),
)


def staying_entries(check: RoomCheck) -> list[Entry]:
    """Those who stay, by why; each with how many of the people on the list they may hear."""
    rows: list[Entry] = []
    for heading, belongs in GROUPS:
        mine = [row for row in check.staying if belongs(row)]
        rows += [Entry("", heading, heading=True)] if mine else []
        rows += [_staying(row) for row in mine]
    return rows


def _staying(row: RoomRow) -> Entry:
    hears, tone = f"{row.hears} of {row.of}", Tone.MEDIUM
    if row.hears == row.of:
        hears, tone = f"All {row.of}" if row.of else "Nobody listed", Tone.LOW
    if row.place is Place.NOT_KNOWN:
        hears, tone = "Say who", Tone.HIGH
    signed = "signed" if row.signed_at else "not signed"
    return Entry(
        row.id, row.name, f"{row.agency}, {signed}", person=row.name, pill=hears, pill_tone=tone,
        dim=not row.present,
    )  # fmt: skip


def leaving_entries(check: RoomCheck) -> list[Entry]:
    """Those who must leave, each with its number; who has gone stays in place, with the time."""
    rows = []
    for number, row in enumerate(check.leaving, 1):
        gone = f"Left {clock_seconds(row.left_at)}" if row.left_at and not row.present else "Still here"
        rows.append(
            Entry(
                row.id,
                row.name,
                row.agency,
                number=str(number) if number <= NUMBERED else "",
                person="" if number <= NUMBERED else row.name,
                pill=gone,
                pill_tone=Tone.HIGH if row.present else Tone.LOW,
                dim=not row.present,
            )  # fmt: skip
        )
    return rows


def title_of(check: RoomCheck) -> str:
    """'Clear the room: 3 still to leave'"""
    left = len(check.still_to_leave)
    if left:
        return f"Clear the room: {left} still to leave"
    return "The room is cleared" if not check.waits_for else "The room is almost ready"


def check_lines(check: RoomCheck) -> list[CheckLine]:
    """What must be so before the first person."""
    here = sum(row.present for row in (*check.staying, *check.leaving))
    left, unknown, unsigned = len(check.still_to_leave), check.unknown, len(check.unsigned)
    names = ", ".join(row.name for row in check.still_to_leave[:3]) + (" …" if left > 3 else "")
    heads = check.crossing.heads
    counted = f"Heads counted: {heads}" if heads is not None else f"Count the heads: {here} should be here"
    if heads is not None and not check.heads_agree:
        counted = f"{heads} heads counted, {here} listed"
    people = f"{check.people} on the sub-agenda" if check.people else "Nobody is on the sub-agenda"
    signs = f"{unsigned} still to sign" if unsigned else "Everyone who stays has signed"
    known = f"{unknown[0].name} is not in the private register" if unknown else "Everyone who stays is known"
    return [
        CheckLine("agenda", people, check.people > 0, "Sub-agenda"),
        CheckLine("leaving", f"Still to leave: {names}" if left else "Nobody has still to leave", not left),
        CheckLine("known", known, not unknown, "Say who"),
        CheckLine("signed", signs, not unsigned, "Sign"),
        CheckLine("led", "New Hope's lead is in the room", check.led),
        CheckLine("heads", counted, heads is not None and check.heads_agree, "Count"),
    ]
