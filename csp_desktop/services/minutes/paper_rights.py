"""Kept apart from the papers: what an agency’s paper may hold before a meeting, by its rights and what its people
declared an interest in.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.minutes.rights import Attended, Part, Recipient, Rights, decide
from csp_desktop.domain.people.agencies import Agency, Member, Standing
from csp_desktop.services.meeting.interests import declared_cases
from csp_desktop.services.minutes.rights import table_in_force
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

NO_RIGHTS = "By the table of rights your agency is sent the agenda only."
NO_CASES = "By the table of rights your agency is sent its actions only."
_ORDER = (Rights.NOTHING, Rights.ACTIONS_ONLY, Rights.OWN_AGENCY, Rights.WHOLE)  # the strictest first


@dataclass(frozen=True)
class PaperShare:
    """What one agency's paper may hold: `declared` are the ids of cases that are not in it."""

    rights: Rights
    declared: frozenset[str]

    def may_list(self, case_id: str) -> bool:
        """Whether the case may be named in it."""
        return case_id not in self.declared and self.rights in (Rights.OWN_AGENCY, Rights.WHOLE)

    def told(self, cases: int, declared: int, marked: int) -> tuple[str, ...]:
        """What is not in it and why, in sentences that tell nothing of it: so many cases, actions about a case somebody
        declared an interest in, and actions that are marked."""
        if self.rights is Rights.NOTHING:
            return (NO_RIGHTS,)
        words = [NO_CASES] if self.rights is Rights.ACTIONS_ONLY else []
        if cases and not words:
            left = count_of(cases, "case is", "cases are")
            words.append(f"{left} not in this paper, because of a declared interest: told in person.")
        for count, why in ((declared, "declared interest"), (marked, "marked in the minutes")):
            if count:
                words.append(f"{count_of(count, 'action is', 'actions are')} told in person: {why}.")
        return tuple(words)


class PaperRights:
    """Of one meeting to come; what every agency's paper needs is read once."""

    def __init__(self, session: Session, records: Records, meeting: Meeting, cases: Iterable[Case]) -> None:
        self._meeting = meeting
        self._members = {one.id: one for one in records.find(Member, active=True)}
        self._homes = {one.id: one for one in records.find(Agency)}
        self._rows = {one.member_id: one for one in records.find(Attendance, meeting_id=meeting.id)}
        self._declared = declared_cases(records, cases)
        table = table_in_force(session, records)
        self._table = table.rights if table else None

    def of(self, agency: Agency) -> PaperShare:
        """The strictest of what those expected may have: they all read the one paper. Who may have nothing gets none,
        and does not count beside others."""
        there = [one for one in self._members.values() if one.agency_id == agency.id]
        declared = frozenset[str]().union(*(self._declared.get(one.id, frozenset()) for one in there))
        expected = [one for one in there if self._is_expected(one)] or there
        rights = {self._rights_of(one) for one in expected} or {Rights.OWN_AGENCY}
        some = rights - {Rights.NOTHING} or rights
        return PaperShare(min(some, key=_ORDER.index), declared)

    def barred(self) -> frozenset[str]:
        """The ids of members who get no paper of their agency, whatever others of it get."""
        return frozenset(one for one, member in self._members.items() if self._rights_of(member) is Rights.NOTHING)

    def _is_expected(self, member: Member) -> bool:
        row = self._rows.get(member.id)
        return row is not None and row.expected and not row.apology

    def _rights_of(self, member: Member) -> Rights:
        if self._table is None:
            return Rights.OWN_AGENCY
        home, at = self._homes[member.agency_id], (self._meeting.id, 0)
        person = Recipient.of("", at, member, home, Attended.PRESENT, self._part(member), "")
        rights, _ = decide(self._table, person, has_declared=member.id in self._declared)
        return rights

    def _part(self, member: Member) -> Part:
        offices = {self._meeting.chair_id: Part.CHAIR, self._meeting.minute_taker_id: Part.MINUTE_TAKER}
        if member.id in offices:
            return offices[member.id]
        row = self._rows.get(member.id)
        capacities = {Capacity.OBSERVER: Part.OBSERVER, Capacity.OCCASIONAL: Part.OCCASIONAL}
        usual = Part.OCCASIONAL if member.standing is Standing.OCCASIONAL else Part.MEMBER
        return capacities.get(row.capacity, usual) if row else usual
