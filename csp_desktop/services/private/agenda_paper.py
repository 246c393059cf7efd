"""The agenda of a private session goes out to New Hope's own list, each with their own copy of the last minutes, as the
group's papers do. It names nobody, and neither a time nor a number in it tells how many are talked about.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from csp_desktop.domain.common.days import dated_day, paper_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.mail import Sender
from csp_desktop.domain.meeting.calendar_entry import CalendarEntry
from csp_desktop.domain.meeting.meeting import ItemKind, MeetingState
from csp_desktop.domain.meeting.papers import Agenda, Head, MeetingPaper, PlannedItem
from csp_desktop.domain.minutes.paper_parts import Words
from csp_desktop.domain.minutes.protection import title_for_all
from csp_desktop.domain.people.agencies import Member
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.domain.private.minutes import BODY
from csp_desktop.services.meeting.papers import Recipient
from csp_desktop.services.meeting.papers_out import PapersToWrite, with_minutes
from csp_desktop.services.minutes.letters import of_meeting_paper, require_letters
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.private.agenda import SubAgenda, last_meeting, sub_agenda_of
from csp_desktop.services.private.people import private_settings_in
from csp_desktop.services.session import Session

CALENDAR = "Partnership meeting, private"  # everybody may read it over a shoulder
HANDLING = "Private. Do not copy or pass on. It names nobody."
NOBODY = "The circulation list is empty, so there is nobody to send papers to. Add people in the private settings."


def papers_to_write(session: Session, meeting_id: str, *, allow_missing: bool = False) -> PapersToWrite:
    """Everything that goes out. Raises NotAllowed for anybody but lead and deputy, Refused while a session runs, for
    one that was held, where nobody is on the list, and where a character cannot be printed and that is not allowed."""
    stands = sub_agenda_of(session, meeting_id)
    meeting = stands.meeting
    if meeting.state is MeetingState.CLOSED:
        raise Refused(f"The meeting of {dated_day(meeting.on)} was held: its record is the minutes.")
    with session.work.reading() as records:
        settings, private = settings_in(records), private_settings_in(records)
        register = {one.id: one for one in records.find(Member, active=True)}
        last = last_meeting(records)
    people = [register[one] for one in private.circulation if one in register]
    if not people:
        raise Refused(NOBODY)
    name = paper_name(settings.town, settings.partnership)
    lead = register[meeting.chair_id].name if meeting.chair_id in register else ""
    now = session.now()
    head = Head(name, BODY, meeting.on, meeting.starts, meeting.ends, meeting.venue, lead, "", now)
    paper = replace(_paper(head, stands), marking=private.marking)
    require_letters(session, [of_meeting_paper(paper, "Agenda")], allow_missing=allow_missing)
    entry = CalendarEntry(meeting.id, CALENDAR, meeting.on, meeting.starts, meeting.ends, now, meeting.venue)
    recipients = tuple(Recipient(one.id, one.name, one.mail, one.agency_id) for one in people)
    sender = Sender(session.user_name, name)
    job = PapersToWrite(meeting_id, meeting.on, now, paper, (), entry, recipients, sender, session.papers)
    return job if last is None else with_minutes(session, job, last.id, allow_missing=allow_missing)


def _paper(head: Head, stands: SubAgenda) -> MeetingPaper:
    """The people take what the others leave of the slot, however many they are."""
    others = sum(item.planned_minutes for item in stands.items if item.kind is not ItemKind.PEOPLE)
    at, items = datetime.combine(date.min, head.starts), []
    for item in stands.items:
        minutes = item.planned_minutes
        if item.kind is ItemKind.PEOPLE:
            minutes = max(stands.slot - others, stands.people_minutes + minutes)
        items.append(PlannedItem(title_for_all(item.title), at.time(), minutes))
        at += timedelta(minutes=minutes)
    planned = sum(item.minutes for item in items)
    agenda = Agenda(head, tuple(items), planned, stands.slot, at.time())
    opening = (head.held, Words(head.chair or "to be chosen", "Led for New Hope by:"), Words(HANDLING, "Handling:"))
    return head.paper(f"Agenda of the {BODY}, {paper_day(head.on)}", "Agenda", opening, (agenda.section("1"),))
