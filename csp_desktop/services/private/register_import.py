"""The group's list of members, taken into the private register. No file ever changes what decides who may hear."""

from dataclasses import replace

from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member
from csp_desktop.domain.people.member_fields import BY_NAME, MemberField
from csp_desktop.services.common.import_answers import NO_ANSWERS, Answers
from csp_desktop.services.common.import_rows import MemberFile, MemberLine, Refusal
from csp_desktop.services.people.member_import import MembersPreview, import_members, preview_members
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.register import LEADING
from csp_desktop.services.session import Session

ACTIVE = BY_NAME[MemberField.ACTIVE].column.heading


def preview_register(session: Session, parsed: MemberFile, answers: Answers = NO_ANSWERS) -> MembersPreview:
    """What the list would add and change, and which rows cannot go in."""
    with session.work.reading() as records:
        return preview_members(session, _sifted(records, parsed), answers)


def import_register(session: Session, parsed: MemberFile, answers: Answers = NO_ANSWERS) -> MembersPreview:
    """Take the rows in order into the register. New Hope's lead or deputy only."""
    session.require(*LEADING)
    with session.work.reading() as records:
        sifted = _sifted(records, parsed)
    return import_members(session, sifted, answers)


def _sifted(records: Records, parsed: MemberFile) -> MemberFile:
    """Rows that would move an agency to another kind, or take somebody off who can open this file, are refused."""
    kinds = {folded(name): one.kind for one in records.find(Agency) for name in (one.name, one.short_name)}
    openers = {folded(member.name) for member in records.find(Member, active=True) if member.user_name}
    refused = [refusal for row in parsed.rows for refusal in [_refusal(row, kinds, openers)] if refusal]
    lines = {refusal.line for refusal in refused}
    rows = tuple(row for row in parsed.rows if row.line not in lines)
    return replace(parsed, rows=rows, refused=tuple(sorted((*parsed.refused, *refused), key=lambda one: one.line)))


def _refusal(row: MemberLine, kinds: dict[str, AgencyKind], openers: set[str]) -> Refusal | None:
    known = kinds.get(folded(row.agency))
    if known is not None and row.agency_kind is not None and row.agency_kind is not known:
        reason = (
            f"{row.agency} is “{known.value}” in this register. The kind decides who may be present: "
            "change it here by hand if the list is right."
        )
        return Refusal(row.line, "Agency kind", row.agency_kind.value, reason)
    if row.said.get(MemberField.ACTIVE) is False and folded(row.name) in openers:
        return Refusal(
            row.line, ACTIVE, "no", f"{row.name} can open this file. Remove their access first, under Users."
        )
    return None
