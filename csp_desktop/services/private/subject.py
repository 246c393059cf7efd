"""The private file is about people: those off its list, and everything that belongs to one. They are called by
reference and initials. The lead alone decides, while no session runs.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.cases.record_periods import RecordKept
from csp_desktop.domain.cases.retention import PERSON, LegalHold
from csp_desktop.domain.cases.risk_matrix import Assessment
from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.kept_text import KeptText
from csp_desktop.domain.common.users import PRIVATE_RECORDERS, Role
from csp_desktop.domain.meeting.actions import Action, ActionAnswer
from csp_desktop.domain.meeting.meeting import AgendaItem, Meeting
from csp_desktop.domain.minutes.circulation import CopyRecord
from csp_desktop.domain.minutes.personal_text import InitialsOnly, Known
from csp_desktop.domain.minutes.review import Remark
from csp_desktop.domain.minutes.versions import Correction
from csp_desktop.domain.private.admission import AdmissionOverride
from csp_desktop.domain.private.circulation import MinutesApproval, PrivateCirculation
from csp_desktop.domain.private.correctable import PRIVATE_PARTS
from csp_desktop.domain.private.figures import ReleasedFigure
from csp_desktop.domain.private.hearings import Hearing
from csp_desktop.domain.private.linked_case import CaseLook
from csp_desktop.domain.private.list_decisions import PersonDecision
from csp_desktop.domain.private.meeting import Crossing, PersonTurn, RoomEntry, RoomPlace
from csp_desktop.domain.private.minutes import PresentLine, PrivateFacts
from csp_desktop.domain.private.minutes_copy import copy_of, said_without, without_person
from csp_desktop.domain.private.minutes_layout import private_actions
from csp_desktop.domain.private.people import Involvement, Offer, RoughSleeper, Sighting
from csp_desktop.domain.private.printable import texts_of
from csp_desktop.domain.private.settings import PrivateSettings
from csp_desktop.services.meeting.actions import officers
from csp_desktop.services.ports.minutes import RecordKind
from csp_desktop.services.ports.papers import Papers
from csp_desktop.services.ports.subject import Ended, Subject
from csp_desktop.services.ports.updates import Told, UpdateKind
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.circulation import PRIVATE_COPIES, sent_out
from csp_desktop.services.private.minutes import approvals_of_earlier, draw_facts, readable_by
from csp_desktop.services.private.preparing import WHILE_RUNNING, require_preparing
from csp_desktop.services.session import Session

NAMES: dict[type[Any], str] = {
    RoughSleeper: "person",
    Sighting: "sightings",
    PersonDecision: "answers about lists",
    Involvement: "workers involved",
    Offer: "offers",
    Assessment: "risk scores",
    PersonTurn: "discussions at sessions",
    Action: "actions",
    ActionAnswer: "outcomes of actions",
    AdmissionOverride: "overrides",
    Hearing: "lists of who was present",
    Disclosure: "disclosure lines",
    CaseLook: "views of a linked case",
    LegalHold: "past legal holds",
    KeptText: "texts kept in minutes",
    Correction: "corrections of minutes",
    Remark: "comments on minutes",
    AgreedByMail: "what was agreed by email",
}


_BY_PERSON = (
    Sighting,
    PersonDecision,
    Involvement,
    Offer,
    Assessment,
    PersonTurn,
    AdmissionOverride,
    Hearing,
    CaseLook,
)
_ROOM = "Who was in the room, when and by which decision is evidence and is kept with the minutes."
WITHOUT_PERIOD: dict[type[Any], str] = {
    **dict.fromkeys((RoomEntry, RoomPlace, Crossing), _ROOM),
    ReleasedFigure: "A released figure names nobody, and shows what was published.",
    PrivateSettings: "Settings of the program: they can be changed and have no period.",
}


def _off_list(records: Records) -> list[Ended]:
    gone = [person for person in records.find(RoughSleeper) if not person.on_list]
    return [Ended(one.id, one.reference, one.initials, one.off_list_on or one.entered_on) for one in gone]


def _belonging(records: Records, person: RoughSleeper) -> list[Any]:
    actions = records.find(Action, case_id=person.id)
    found: list[Any] = []
    if actions:
        found += records.find(ActionAnswer, action_id=tuple(action.id for action in actions))
    found += actions
    for by_case in (Disclosure, LegalHold, KeptText, Correction, Remark, AgreedByMail):
        found += records.find(by_case, case_id=person.id)
    for kind in _BY_PERSON:
        found += records.find(kind, person_id=person.id)
    return [*found, person]


def _forget_elsewhere(records: Records, person: RoughSleeper) -> None:
    """Who was called in for the person, and whose copy of the minutes held them, stays; for whom goes."""
    for place in records.find(RoomEntry, joined_for=person.id):
        records.save(replace(place, joined_for=""))
    for held in records.find(CopyRecord):
        if person.id in held.held:
            records.save(replace(held, held=tuple(one for one in held.held if one != person.id)))
    for copy in records.find(PrivateCirculation):
        if person.id in copy.person_ids:
            records.save(replace(copy, person_ids=tuple(one for one in copy.person_ids if one != person.id)))


def _of_reference(records: Records, reference: str) -> list[RoughSleeper]:
    return [person for person in records.find(RoughSleeper) if person.reference == reference]


def _printer(papers: Papers) -> Callable[..., bytes]:
    assert papers.print_private_minutes is not None, "only the private file's sessions print these"
    return papers.print_private_minutes


MARK = 6  # letters by which officers and program call an action


def _told(session: Session, records: Records, officer_id: str, actions: Sequence[Action]) -> Mapping[str, Told]:
    """What an officer is asked, by reference and initials only: of people they may hear of, and of nobody in
    particular."""
    people = {one.id: one for one in records.find(RoughSleeper)}
    readable = readable_by(records, officer_id, session.today)
    known = [Known(one.id, (one.name, *one.aliases), one.initials, one.reference) for one in people.values()]
    said = InitialsOnly(known, readable, [officer.name for officer in officers(records).values()])
    titles = {item.id: item.title for item in records.find(AgendaItem)}
    return {
        action.id: Told(
            said(action.what),
            people[action.case_id].reference if action.case_id in people else titles.get(action.item_id, ""),
        )
        for action in actions
        if readable is None or not action.case_id or action.case_id in readable
    }


def _label(action: Action, meeting: Meeting | None) -> str:
    """'Action 3F9A1C', the same each time: a running number would tell that there are others."""
    return f"Action {hashlib.sha256(action.id.encode()).hexdigest()[:MARK].upper()}"


PEOPLE = Subject(
    kind=RoughSleeper,
    word="person",
    called=lambda person: f"{person.reference}, {person.initials}",
    of_reference=_of_reference,
    wording=PERSON,
    readers=PRIVATE_RECORDERS,
    while_running=WHILE_RUNNING,
    deciding=(Role.NEW_HOPE_LEAD,),
    ended=_off_list,
    not_ended=("Only the records of someone off the list can be deleted. Remove the person from the list first."),
    belonging=_belonging,
    before_erasing=_forget_elsewhere,
    names=NAMES,
    record=RecordKind(
        facts=PrivateFacts,
        draw=draw_facts,
        copy=copy_of,
        printer=_printer,
        word_printer=lambda papers: papers.print_private_minutes_word,
        actions=private_actions,
        texts=texts_of,
        approvers=(Role.NEW_HOPE_LEAD,),
        refuse=require_preparing,
        parts=PRIVATE_PARTS,
        attendance="present",
        attended=lambda line: PresentLine(line, id=line.id),
        without=without_person,
        said_without=said_without,
        copies=PRIVATE_COPIES,
        sent=sent_out,
        of_earlier=approvals_of_earlier,
    ),
    updates=UpdateKind(_told, _label),
    by_period={PrivateCirculation: RecordKept.REGISTER, MinutesApproval: RecordKept.MINUTES},
    without_period=WITHOUT_PERIOD,
    private=True,
)
