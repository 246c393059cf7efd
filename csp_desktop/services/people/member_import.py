"""Taking over a list of people: what would change is shown first; the rows in order go in together or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.people import likely_names, member_fields
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.domain.people.likely_names import Known
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.services.common.import_rows import MemberFile, MemberLine, Refusal
from csp_desktop.services.people.people import short_form
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class MemberChange:
    """One person who is new or changes, and what, in words."""

    name: str
    agency: str
    words: str


@dataclass(frozen=True)
class AskedRow:
    """A new name that is likely somebody's on the list, or nobody's: left out until a person says it `goes_in`."""

    line: int
    name: str
    agency: str
    question: str
    goes_in: bool


@dataclass(frozen=True)
class MembersPreview:
    """What importing a list would do, or did."""

    new: int
    changed: int
    unchanged: int
    refused: tuple[Refusal, ...]
    new_agencies: tuple[str, ...]
    details: tuple[MemberChange, ...]
    asked: tuple[AskedRow, ...] = ()

    @property
    def taken(self) -> int:
        """Rows that are in order, whether they change anything or not."""
        return self.new + self.changed + self.unchanged


def preview_members(session: Session, parsed: MemberFile) -> MembersPreview:
    """What the list would change, without changing it."""
    with session.work.reading() as records:
        return _Sorting(records, session.today).sort(parsed).preview()


def import_members(session: Session, parsed: MemberFile) -> MembersPreview:
    """Take the list over in one step. What a cell leaves empty stays as it is known; nobody is removed."""
    session.require_keeper()
    with session.work.step(f"people of {parsed.name}") as records:
        sorting = _Sorting(records, session.today).sort(parsed)
        for record in (*sorting.agencies_to_save, *sorting.members_to_save):
            records.save(record)
    return sorting.preview()


class _Sorting:
    """Each row beside what is known: new, changed, the same, or refused."""

    def __init__(self, records: Records, today: date) -> None:
        self._today = today
        self._agencies: dict[str, Agency] = {}
        for agency in records.find(Agency):
            self._agencies.setdefault(agency.short_name.casefold(), agency)
        for agency in records.find(Agency):
            self._agencies[agency.name.casefold()] = agency
        self._members = {(m.agency_id, m.name.casefold()): m for m in _former_first(records.find(Member))}
        homes = {agency.id: agency.name for agency in records.find(Agency)}
        self._known = [Known(one.name, homes[one.agency_id]) for one in records.find(Member, active=True)]
        self._asked: list[AskedRow] = []
        self.agencies_to_save: list[Agency] = []
        self.members_to_save: list[Member] = []
        self._refused: list[Refusal] = []
        self._details: list[MemberChange] = []
        self._new_agencies: list[str] = []
        self._counts = {"new": 0, "changed": 0, "unchanged": 0}

    def sort(self, parsed: MemberFile) -> "_Sorting":
        """Every row in its place."""
        self._refused.extend(parsed.refused)
        kinds: dict[str, AgencyKind] = {}
        for row in parsed.rows:
            if row.agency_kind:
                kinds.setdefault(row.agency.casefold(), row.agency_kind)
        for row in parsed.rows:
            wrong = self._wrong(row, kinds)
            self._refused += wrong
            if not wrong and self._is_sure(row, parsed.others):
                self._take(row, *self._agency(row, kinds))
        self._refused.sort(key=lambda r: r.line)
        return self

    def preview(self) -> MembersPreview:
        """The counts and lists."""
        return MembersPreview(
            **self._counts,
            refused=tuple(self._refused),
            new_agencies=tuple(self._new_agencies),
            details=tuple(self._details),
            asked=tuple(self._asked),
        )

    def _is_sure(self, row: MemberLine, others: frozenset[int]) -> bool:
        """Whether a row is somebody known here, has a name of its own, or was said to be someone else."""
        home = self._agencies.get(row.agency.casefold())
        if home is not None and (home.id, row.name.casefold()) in self._members:
            return True
        question = likely_names.doubt_about(row.name, self._known)
        if question:
            self._asked.append(AskedRow(row.line, row.name, row.agency, question, row.line in others))
        return not question or row.line in others

    def _wrong(self, row: MemberLine, kinds: dict[str, AgencyKind]) -> list[Refusal]:
        wrong = []
        signed = row.said.get(MemberField.ISP_SIGNED_ON)
        if signed and signed > self._today:
            heading = member_fields.BY_NAME[MemberField.ISP_SIGNED_ON].column.heading
            reason = "This date is in the future. Give the date it was signed."
            wrong.append(Refusal(row.line, heading, signed.strftime("%d/%m/%Y"), reason))
        if row.agency.casefold() not in self._agencies and row.agency.casefold() not in kinds:
            words = ", ".join(kind.value for kind in AgencyKind)
            reason = f"{row.agency} is a new agency, so its kind is needed: one of {words}."
            wrong.append(Refusal(row.line, "Agency kind", "", reason))
        return wrong

    def _agency(self, row: MemberLine, kinds: dict[str, AgencyKind]) -> tuple[Agency, bool]:
        """The agency of a row, and whether the row makes or changes it: then it is kept for saving."""
        known = self._agencies.get(row.agency.casefold())
        if known is None:
            short = row.agency_short_name or short_form(row.agency)
            after = Agency(new_id(), row.agency, short, kinds[row.agency.casefold()])
            self._new_agencies.append(after.name)
        else:
            short, kind = row.agency_short_name or known.short_name, row.agency_kind or known.kind
            after = replace(known, short_name=short, kind=kind)
        if after != known:
            self._keep(after)
        return after, after != known

    def _keep(self, agency: Agency) -> None:
        self._agencies[agency.name.casefold()] = agency
        self.agencies_to_save = [a for a in self.agencies_to_save if a.id != agency.id] + [agency]

    def _take(self, row: MemberLine, agency: Agency, agency_changed: bool) -> None:
        before = self._members.get((agency.id, row.name.casefold()))
        known = before or Member(new_id(), row.name, agency.id, "", Standing.STANDING)
        after = member_fields.with_values(known, {**row.said, MemberField.NAME: row.name})
        if before == after and not agency_changed:
            self._counts["unchanged"] += 1
            return
        self._counts["changed" if before else "new"] += 1
        if before is None:
            self._known.append(Known(row.name, agency.name))
        if before != after:
            self.members_to_save.append(after)
        self._members[agency.id, row.name.casefold()] = after
        self._details.append(MemberChange(after.name, agency.name, _words(before, after)))


def _former_first(members: Sequence[Member]) -> list[Member]:
    """So that of two of one name the one still there is found."""
    return sorted(members, key=lambda m: m.active)


def _words(before: Member | None, after: Member) -> str:
    """'new', or what changes: 'job title, mail'."""
    if before is None:
        return f"new, {after.standing.value}"
    rows = [row for row in member_fields.ROWS if row.name != MemberField.NAME]
    changed = [row.word for row in rows if getattr(before, row.name) != getattr(after, row.name)]
    return ", ".join(changed) or "spelling of the name" if before != after else "details of the agency"
