"""The note with which a case is handed over to a panel that keeps its details to itself, as a PDF."""

from datetime import datetime

from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.domain.cases.referrals import Referral
from csp_desktop.domain.common.days import paper_day
from csp_desktop.domain.minutes.paper_parts import Section, Words
from csp_desktop.domain.minutes.record import MARKING

TITLE = "Note for the panel"


def print_hand_over_note(referral: Referral, reference: str, partnership: str, at: datetime) -> bytes:
    """A4; `at` is when it is printed."""
    day = paper_day(at.date())
    facts = (
        Words(f"{referral.body.rule.name}.", "To:"),
        Words(f"{reference}.", "Safety Net case:"),
        Words(f"{paper_day(referral.on)}, by {referral.by}.", "Referred:"),
        Words(f"{referral.why.rstrip('.')}.", "Why:"),
    )
    paragraphs = tuple(Words(line) for line in referral.note.splitlines() if line.strip())
    return print_paper(
        Paper(
            title=f"{TITLE}, {partnership}",
            author=partnership,
            marking=MARKING,
            head=f"{TITLE}, {day}",
            edition=reference,
            language="en-GB",
            opening=facts,
            sections=(Section("note", "", 1, "What the panel needs to know", paragraphs),),
            created=at,
        )
    )
