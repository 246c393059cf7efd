"""What stands under minutes: who approved them and when, and where they are signed once agreed."""

from datetime import datetime

from csp_desktop.documents.story import SignOff
from csp_desktop.domain.common.days import clock, local, long_day
from csp_desktop.domain.minutes.layout import Words

BLANKS = ("Agreed as a correct record at the meeting on", "Signed by the chair of that meeting")


def approval(approved_by: str, approved_at: datetime | None) -> SignOff:
    """A draft says that it is one."""
    if approved_at is None:
        return SignOff((Words("not yet approved by the chair. This is a draft.", "Approval:"),))
    by = f"approved by {approved_by}" if approved_by else "approved"
    words = f"{by} on {long_day(local(approved_at).date())} at {clock(approved_at)}."
    return SignOff((Words(words, "Approval:"),), BLANKS)
