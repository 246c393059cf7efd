"""People and agencies as rows of a list."""

from collections.abc import Collection, Sequence
from datetime import date

from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.people.agencies import IspStatus, Member, Standing
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.people_lists import PersonEntry
from csp_desktop.services.people.people import AgencyRow, PersonRow

_WORDS = {
    IspStatus.CURRENT: ("Signed", Tone.LOW),
    IspStatus.OLD_VERSION: ("Older version", Tone.MEDIUM),
    IspStatus.EXPIRED: ("Expired", Tone.HIGH),
    IspStatus.NONE: ("Not signed", Tone.HIGH),
}


def full_day(day: date) -> str:
    """'3 Mar 2026', which can be typed again as it stands."""
    return dated_day(day)


def people_entries(rows: Sequence[PersonRow], marked: Collection[str]) -> list[Entry]:
    """The people under their agencies."""
    entries: list[Entry] = []
    home = ""
    for row in rows:
        if row.agency.id != home:
            home = row.agency.id
            count = sum(other.agency.id == home for other in rows)
            caption = f"{row.agency.kind.value}, {count_of(count, 'person', 'people')}"
            entries.append(Entry("", row.agency.name, caption=caption, heading=True))
        entries.append(_person(row, row.member.id in marked))
    return entries


def _person(row: PersonRow, marked: bool) -> PersonEntry:
    member = row.member
    words, tone = _WORDS[row.isp]
    occasional = member.standing is Standing.OCCASIONAL
    return PersonEntry(
        member.id,
        member.name,
        member.job_title,
        person=member.name,
        group=row.agency.name,
        pill=words,
        pill_tone=Tone.NEUTRAL if occasional and row.isp is not IspStatus.CURRENT else tone,
        caption=signed_words(member),
        dim=not member.active,
        mail=member.mail,
        standing="Has left" if not member.active else member.standing.value.capitalize(),
        marked=marked,
    )


def signed_words(member: Member) -> str:
    """'3 Mar 2026, version 1'; empty for someone who never signed."""
    if member.isp_signed_on is None:
        return ""
    return full_day(member.isp_signed_on) + (f", version {member.isp_version}" if member.isp_version else "")


def agency_entries(rows: Sequence[AgencyRow]) -> list[Entry]:
    """The agencies with kind and number of people."""
    return [
        Entry(
            row.agency.id,
            row.agency.name,
            f"{row.agency.short_name}, {row.agency.kind.value}",
            icon="building-2",
            caption=count_of(row.people, "person", "people"),
        )
        for row in rows
    ]
