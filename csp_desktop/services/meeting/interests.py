"""Interests that were declared: who may not hear of which case. One once declared goes on counting."""

from collections.abc import Collection, Iterable
from datetime import date

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.minutes.shares import named_in
from csp_desktop.services.ports.work import Records


def declared_cases(
    records: Records, cases: Iterable[Case], member_ids: Collection[str] = ()
) -> dict[str, frozenset[str]]:
    """Which of these cases each member declared an interest in, at any meeting since the case is known; of everybody
    where no member is named. A member without an interest is not in it."""
    known: dict[str, str] = {}
    since: list[date] = []
    for case in cases:
        known |= {word: case.id for word in (case.id, case.reference) if word}
        since.append(case.created_on)
    meetings = [one.id for one in records.find(Meeting) if since and one.on >= min(since)]
    if not meetings:
        return {}
    asked = {"member_id": tuple(member_ids)} if member_ids else {}
    found: dict[str, frozenset[str]] = {}
    for row in records.find(Attendance, meeting_id=meetings, **asked):
        named = {one for words in row.interests for one in named_in(words, known)}
        if named and row.member_id:
            found[row.member_id] = found.get(row.member_id, frozenset()) | named
    return found
