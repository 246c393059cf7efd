"""The items of the private agenda beside the people: winter beds, the count, other business, the next date."""

from dataclasses import replace
from datetime import datetime

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting import walk
from csp_desktop.domain.meeting.confidentiality import Attendance, remote_words
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.minutes.agreeing import NO_EARLIER
from csp_desktop.domain.private.people import Label, RoughSleeper, Sighting, label
from csp_desktop.services.meeting.actions import actions_of_item
from csp_desktop.services.meeting.due_next import next_meeting_day
from csp_desktop.services.meeting.running_meeting import end_typing, fold_drafts
from csp_desktop.services.meeting.walk import Line, LiveItemRow
from csp_desktop.services.minutes.agreeing import ToAgree, to_agree
from csp_desktop.services.ports.work import Records, StepKind
from csp_desktop.services.private.people import private_settings_in
from csp_desktop.services.session import Session

LINE = "line"  # the draft of an action typed under an item


def others(records: Records, meeting_id: str) -> list[AgendaItem]:
    """Every item but the people, in order."""
    items = records.find(AgendaItem, meeting_id=meeting_id)
    return sorted((i for i in items if i.kind is not ItemKind.PEOPLE), key=lambda i: i.position)


def first_to_do(records: Records, meeting_id: str) -> AgendaItem | None:
    """Where the session goes on after the last person."""
    return next((item for item in others(records, meeting_id) if item.state is not TurnState.DONE), None)


def turn_to(session: Session, meeting_id: str, item_id: str) -> None:
    """Take an item in hand; the person was left before. Raises Refused where the session is not open."""
    session.require_recorder()
    with session.work.step("going to an item", kind=StepKind.GOING) as records:
        meeting = records.get(Meeting, meeting_id)
        if meeting.state is not MeetingState.IN_SESSION:
            raise Refused("The private session is not open.")
        records.save(walk.take_in_hand(records.get(AgendaItem, item_id), session.now()))
        records.save(replace(meeting, current_turn_id="", current_item_id=item_id))


def finish(session: Session, meeting_id: str) -> AgendaItem | None:
    """The item in hand is done; the next one is taken in hand, if there is one. Raises Refused where none is in
    hand."""
    session.require_recorder()
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
    if not meeting.current_item_id:
        raise Refused("No item is open.")
    lay_down(session, meeting)
    with session.work.step("end of an item") as records:
        item = records.get(AgendaItem, meeting.current_item_id)
        records.save(replace(item, state=TurnState.DONE, read_back_at=session.now()))
        following = walk.following(others(records, meeting_id), item.id)
        if following is not None:
            records.save(walk.take_in_hand(following, session.now()))
        records.save(replace(meeting, current_item_id=following.id if following else ""))
    return following


def lay_down(session: Session, meeting: Meeting) -> None:
    """What was typed under the item in hand becomes part of the record, and its clock stops."""
    if not meeting.current_item_id:
        return
    end_typing(session, AgendaItem, meeting.current_item_id, "note of an item")
    with session.work.step("leaving an item", kind=StepKind.GOING) as records:
        records.save(walk.lay_down(records.get(AgendaItem, meeting.current_item_id), session.now()))


def keep_line(session: Session, item_id: str, text: str) -> datetime:
    """Commit an action typed under an item, until it is agreed; returns when."""
    return session.work.keep_draft(AgendaItem, item_id, LINE, text)


def kept_line(session: Session, item_id: str) -> str:
    """The line as it stood under this item."""
    draft = session.work.draft(AgendaItem, item_id, LINE)
    return draft.text if draft else ""


def drop_line(session: Session, item_id: str) -> None:
    """The line was agreed or emptied."""
    if session.work.draft(AgendaItem, item_id, LINE) is not None:
        session.work.drop_draft(AgendaItem, item_id, LINE)


def item_row(session: Session, item_id: str) -> LiveItemRow:
    """Everything about the item in hand. No person stands in it: everyone in the room may be here for it."""
    with session.work.reading() as records:
        item = fold_drafts(session, records.get(AgendaItem, item_id))
        meeting = records.get(Meeting, item.meeting_id)
        heading, caption, lines, nothing = _needs(session, records, item)
        draft = session.work.draft(AgendaItem, item_id, "note")
        return LiveItemRow(
            item,
            heading,
            caption,
            lines,
            nothing,
            (),
            actions_of_item(records, item, meeting.on),
            meeting.on,
            next_meeting_day(session, records, meeting),
            meeting.next_on,
            draft.at if draft else None,
            brought=_brought(session, records, meeting) if item.kind is ItemKind.LAST_MINUTES else (),
        )


def _brought(session: Session, records: Records, meeting: Meeting) -> tuple[ToAgree, ...]:
    """What is brought, without a word of a person: everyone in the room may be here for it."""
    rows = to_agree(session, records, meeting)
    return tuple(replace(row, brought=replace(row.brought, wrongly=())) for row in rows)


def _needs(session: Session, records: Records, item: AgendaItem) -> tuple[str, str, tuple[Line, ...], str]:
    settings = private_settings_in(records)
    lines: tuple[Line, ...]
    if item.kind is ItemKind.WINTER:
        state = "on" if settings.winter_protocol else "off"
        lines = (
            Line("Severe weather protocol", settings.winter_protocol_note, state, "medium" if state == "on" else ""),
        )
        return "Winter beds", "", lines, ""
    if item.kind is ItemKind.LAST_MINUTES:
        return "To be agreed as a correct record", "", (), NO_EARLIER
    if item.kind is ItemKind.COUNT:
        labels = [
            label(records.find(Sighting, person_id=person.id), session.today, settings)
            for person in records.find(RoughSleeper, on_list=True)
        ]
        words = {Label.NEW: "new", Label.RETURNING: "returning", Label.LONG_TERM: "long-term", Label.KNOWN: "known"}
        lines = tuple(Line(f"{words[one].capitalize()}", "", str(labels.count(one))) for one in words)
        return "People on the list", str(len(labels)), lines, ""
    if item.kind is ItemKind.OTHER:
        here = [a for a in records.find(Attendance, meeting_id=item.meeting_id) if a.present]
        lines = tuple(
            Line(a.name, _from(a), person=a.name, group=a.agency_name)
            for a in sorted(here, key=lambda a: folded(a.name))
        )
        return "Present", str(len(here)), lines, "Nobody is here."
    if item.kind is ItemKind.OWN:
        return "Added item", "", (), "Minute what was said."
    return "Next meeting", "", (), ""


def _from(row: Attendance) -> str:
    return ", ".join(filter(None, (row.agency_name, remote_words(row.remote))))
