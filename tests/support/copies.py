"""What makes copies, as the program puts it together, and a meeting whose minutes are approved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from csp_desktop.bootstrap.recipient_copies import RecipientCopies
from csp_desktop.documents.minutes import minutes_paper, print_minutes
from csp_desktop.documents.private.minutes import print_private_minutes, private_minutes_paper
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn
from csp_desktop.domain.minutes.rights import READY
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.exchange.mail_draft import mail_draft
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes import rights, versions
from csp_desktop.vault.passphrase import OwnPassphrases
from csp_desktop.vault.seal import SealKey, new_seal_key
from tests.support.fakes import QUICK_PAPERS
from tests.support.held_meeting import NOVEMBER, partnership

POLICE_WORDS = "The blue Transit was parked behind the bakery"
SOURCE_WORDS = "The neighbour upstairs keeps a diary for us"
OWN_WORDS = "Quillfeather spoke to the landlord about the boiler"


@cache
def _key() -> SealKey:
    return new_seal_key("Testford", datetime(2026, 1, 1, tzinfo=UTC))


def maker(paper: Callable[..., Any] = minutes_paper, warn: Callable[[Path], str] = lambda folder: "") -> Any:
    """The real one; its key for seals is made once."""
    return RecipientCopies(
        paper,
        OwnPassphrases().made_of_words,
        warn,
        make_key=lambda owner, at: (_key().key, _key().certificate),
        sign=lambda words, key, certificate: SealKey(key, certificate).sign(words),
        weigh=OwnPassphrases().estimate,
    )


PAPERS = replace(QUICK_PAPERS, print_minutes=print_minutes, mail_draft=mail_draft, copies=maker())
PRIVATE_PAPERS = replace(PAPERS, print_private_minutes=print_private_minutes, copies=maker(private_minutes_paper))


def approved_meeting(table: str = READY[0].name, also: str = "", **session: Any) -> Any:
    """November closed and approved: case 1 has marked paragraphs, Ștefan declared an interest in case 2, Tom sent
    apologies, Seán was not there; everybody but Ravi has a mail address. `also` stands in the note of case 1."""
    made = partnership(8, **{"papers": PAPERS} | session)
    with made.work.step("more of it", undoable=False, of_held=True) as records:
        turn = records.get(CaseTurn, "turn-1")
        note = f"{turn.note}\n[police only] {POLICE_WORDS}.\n[Protect Source]: {SOURCE_WORDS}.\n{also}"
        records.save(replace(turn, note=note))
        records.save(replace(records.get(CaseTurn, "turn-3"), note=f"{OWN_WORDS}."))
        records.save(replace(records.get(Case, "case-1"), lead_agency="Fire and Rescue of Hertfordshire"))
        records.save(replace(records.get(Agency, "fire"), short_name="Fire and Rescue of Hertfordshire"))
        row = records.get(Attendance, "row-stefan")
        records.save(replace(row, interests=("SN-2026-0402",)))
        for item in records.find(AgendaItem, meeting_id=NOVEMBER):
            if item.title == "Other business":
                records.save(replace(item, note="The hall is closed.\n[police only] A raid is planned for Tuesday."))
        for member in records.find(Member):
            mail = "" if member.id == "ravi" else f"{member.id}@example.org"
            records.save(replace(member, mail=mail))
    close_meeting(made, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    made.now.advance(days=1)
    versions.check(made, NOVEMBER)
    versions.approve(made, NOVEMBER)
    made.now.advance(hours=1)
    if table:
        rights.approve_rights(made, rights.propose_ready_set(made, table).id)
    return made
