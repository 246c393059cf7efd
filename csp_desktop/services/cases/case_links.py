"""Cases that belong together: linked both ways with why, shown side by side, unlinked with a reason."""

from dataclasses import dataclass, replace

from csp_desktop.domain.cases.case_links import CaseLink, LinkKind, linked, unlinked
from csp_desktop.domain.cases.cases import Case
from csp_desktop.services.cases.like_cases import LikeCase, like_cases
from csp_desktop.services.cases.search import find, reference_of
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

MOST_OFFERED = 6


@dataclass(frozen=True)
class LinkedCaseRow:
    """A case at the other end of a link."""

    link: CaseLink
    case: Case

    @property
    def name(self) -> str:
        """'SN-2026-087036, SW'"""
        return ", ".join(filter(None, (reference_of(self.case), self.case.initials)))

    @property
    def words(self) -> str:
        """'SN-2026-087036, SW (same place)', for one line"""
        return f"{self.name} ({self.link.kind.value})"


@dataclass(frozen=True)
class OfferedLink:
    """A case that may belong with another, and why."""

    case_id: str
    words: str
    why: str
    kind: LinkKind


def links_in(records: Records, case_id: str) -> tuple[LinkedCaseRow, ...]:
    """Inside a transaction: the cases linked with this one, from whichever side, the newest link first."""
    links = [one for one in _links(records, case_id) if one.ended_on is None]
    ids = tuple(one.other_than(case_id) for one in links)
    cases = {case.id: case for case in records.find(Case, id=ids)} if ids else {}
    links.sort(key=lambda one: one.on, reverse=True)
    return tuple(LinkedCaseRow(one, cases[one.other_than(case_id)]) for one in links)


def _links(records: Records, case_id: str) -> list[CaseLink]:
    return [*records.find(CaseLink, case_id=case_id), *records.find(CaseLink, other_id=case_id)]


def link_cases(session: Session, case_id: str, other_id: str, kind: LinkKind) -> CaseLink:
    """Two cases belong together. Raises FieldRefused for none, for itself and for one linked already."""
    session.require_case_worker()
    with session.work.step("link between cases") as records:
        known = _links(records, case_id)
        made = linked(case_id, other_id, kind, known, session.today, session.user_name)
        records.get(Case, other_id)
        records.save(made)
    return made


def unlink_cases(session: Session, link_id: str, reason: str) -> CaseLink:
    """They do not belong together after all. Raises FieldRefused without a reason."""
    session.require_case_worker()
    with session.work.step("end of a link between cases") as records:
        after = unlinked(records.get(CaseLink, link_id), reason, session.today, session.user_name)
        records.save(after)
    return after


def offered_links(session: Session, case_id: str, text: str = "") -> tuple[OfferedLink, ...]:
    """Whom a few letters may mean; without any, what looks like this case: the same place, or the same initials at
    about the same time. Those linked already are left out."""
    with session.work.reading() as records:
        case = records.get(Case, case_id)
        known = {case_id, *(row.case.id for row in links_in(records, case_id))}
    if not text.strip():
        alike = like_cases(session, case.location, case.initials, case.created_on, known)
        return tuple(OfferedLink(one.case_id, one.words, one.why, _kind(one)) for one in alike)
    ids = tuple(dict.fromkeys(hit.case_id for hit in find(session, text) if hit.case_id and hit.case_id not in known))
    with session.work.reading() as records:
        found = {one.id: one for one in records.find(Case, id=ids)} if ids else {}
    cases = [found[one] for one in ids if one in found][:MOST_OFFERED]
    place = case.location.casefold()
    return tuple(
        OfferedLink(
            one.id,
            f"{', '.join(filter(None, (reference_of(one), one.initials)))}: {one.title}",
            one.status.value,
            LinkKind.PLACE if place and one.location.casefold() == place else LinkKind.DISPUTE,
        )
        for one in cases
    )


def _kind(one: LikeCase) -> LinkKind:
    """The place says more than initials that many share."""
    return LinkKind.PERSON if one.why.startswith("the same initials") else LinkKind.PLACE


def hand_over_links(records: Records, case_id: str, to_id: str) -> None:
    """A case entered by hand turned out to be another one: its links go there, but the one between both."""
    theirs = {row.case.id for row in links_in(records, to_id)}
    for link in _links(records, case_id):
        other = link.other_than(case_id)
        if other == to_id or (other in theirs and link.ended_on is None):
            records.remove(link)
        elif link.case_id == case_id:
            records.save(replace(link, case_id=to_id))
        else:
            records.save(replace(link, other_id=to_id))
