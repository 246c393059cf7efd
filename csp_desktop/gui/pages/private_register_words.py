"""The private register as rows: by kind of agency, and what each may do."""

from collections.abc import Sequence

from csp_desktop.domain.agencies import AgencyKind
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.services.private.register import RegisterRow
from csp_desktop.services.session import Role

HEARS = {
    AgencyKind.POLICE: "hears everyone",
    AgencyKind.COUNCIL: "hears everyone",
}
ONLY_OWN = "only people they work with"


def register_entries(rows: Sequence[RegisterRow]) -> list[Entry]:
    """Everyone under the kind of their agency."""
    entries: list[Entry] = []
    for kind in AgencyKind:
        mine = [row for row in rows if row.agency.kind is kind]
        if mine:
            heading = f"{kind.value.capitalize()}: {HEARS.get(kind, ONLY_OWN)}"
            entries.append(Entry("", heading, caption=str(len(mine)), heading=True))
        entries += [_entry(row) for row in mine]
    return entries


def _entry(row: RegisterRow) -> Entry:
    pill, tone = "", Tone.NEUTRAL
    if row.leads:
        deputy = Role.NEW_HOPE_DEPUTY.value in row.member.roles
        pill, tone = ("Deputy", Tone.LOW) if deputy and not _is_lead(row) else ("Leads", Tone.LOW)
        if not row.has_slot:
            pill, tone = f"{pill}, no passphrase", Tone.MEDIUM
    where = ", ".join(part for part in (row.agency.name, row.member.job_title) if part)
    return Entry(
        row.member.id, row.member.name, where, person=row.member.name, group=row.agency.id, pill=pill, pill_tone=tone
    )


def _is_lead(row: RegisterRow) -> bool:
    return Role.NEW_HOPE_LEAD.value in row.member.roles


def role_words(row: RegisterRow) -> str:
    """Who this is in the room, in a sentence."""
    opens = " They open this file with a passphrase of their own." if row.has_slot else ""
    if _is_lead(row):
        return f"Leads the private meeting.{opens}"
    if row.leads:
        missing = " A deputy needs a passphrase of their own: let them in under Users."
        return f"Leads when the lead is absent.{opens or missing}"
    if row.agency.kind in HEARS:
        return f"Hears every person, once signed.{opens}"
    return f"Hears only the people they are recorded as working with.{opens}"


def kind_words(kind: AgencyKind, agency: str, others: int) -> str:
    """What the kind means, and for whom else it counts."""
    words = "Police and council hear every person." if kind in HEARS else "Hears only people they work with."
    if others:
        people = "1 more person" if others == 1 else f"{others} more people"
        words += f" The kind counts for {people} of {agency} too."
    return words
