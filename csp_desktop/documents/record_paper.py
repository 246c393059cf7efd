"""The record of a meeting as a paper, the group’s or the private one: edition, journal and approval are told alike."""

from dataclasses import dataclass
from datetime import date, datetime

from csp_desktop.documents.paper import Paper
from csp_desktop.documents.story import SignOff
from csp_desktop.domain.common.days import clock, local, paper_day
from csp_desktop.domain.minutes.paper_parts import Section, Words
from csp_desktop.domain.minutes.record import Edition


@dataclass(frozen=True)
class Told:
    """What each meeting says in its own way. `approver` is who approves, `signer` who signs once agreed."""

    title: str
    partnership: str
    body: str
    on: date
    ended_at: datetime | None
    opening: tuple[Words, ...]
    sections: tuple[Section, ...]
    approver: str
    signer: str


def record_paper(minutes: Edition, told: Told) -> Paper:
    """The copy, whatever it is printed as."""
    return Paper(
        title=told.title,
        author=told.partnership,
        marking=minutes.marking,
        head=f"{told.body}, {paper_day(told.on)}",
        edition=f"{minutes.edition}, copy {minutes.copy_number} for {minutes.recipient}",
        language=minutes.language,
        opening=told.opening,
        sections=told.sections,
        journal=minutes.journal,
        is_draft=minutes.approved_at is None,
        created=minutes.written_at or told.ended_at,
        sign_off=_sign_off(minutes, told),
    )


def _sign_off(minutes: Edition, told: Told) -> SignOff:
    """Who approved them and when, and where they are signed once agreed; a draft says that it is one."""
    if minutes.approved_at is None:
        return SignOff((Words(f"not yet approved by {told.approver}. This is a draft.", "Approval:"),))
    by = f"approved by {minutes.approved_by}" if minutes.approved_by else "approved"
    words = f"{by} on {paper_day(local(minutes.approved_at).date())} at {clock(minutes.approved_at)}."
    blanks = ("Agreed as a correct record at the meeting on", f"Signed by {told.signer}")
    return SignOff((Words(words, "Approval:"),), blanks)
