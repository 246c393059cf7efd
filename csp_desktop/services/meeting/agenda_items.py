"""Items of an agenda: added, renamed, moved, removed, given minutes, and kept as the template of the next meetings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from csp_desktop.domain.common.errors import FieldRefused, NotFound, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.meeting.agenda import (
    OWN_MINUTES,
    TEMPLATE,
    AgendaTemplate,
    ItemField,
    Presentation,
    item_minutes,
    item_title,
    missing_items,
    place_of_new,
    refuse_removal,
)
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.people.agencies import Member
from csp_desktop.services.meeting.table_time import at_table
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class OwnItem:
    """What a person says of an item of the group's own; `who` is empty where nobody presents."""

    title: str
    minutes: int = OWN_MINUTES
    who: str = ""
    visitor: bool = False
    host_id: str = ""


def add_item(session: Session, meeting_id: str, own: OwnItem, after_id: str = "") -> AgendaItem:
    """Put an item of the group's own on the agenda: under the one in hand, else before other business. Raises
    FieldRefused.
    """
    session.require_recorder()
    with session.work.step("new agenda item") as records:
        _changeable(records, meeting_id)
        items = records.find(AgendaItem, meeting_id=meeting_id)
        place = place_of_new(items, after_id)
        item = AgendaItem(new_id(), meeting_id, place, ItemKind.OWN, item_title(own.title), item_minutes(own.minutes))
        item = replace(item, added_at=_while_it_runs(session, records, meeting_id))
        _in_order(records, [*items[: place - 1], item, *items[place - 1 :]])
        if own.who.strip() or own.visitor:
            _present(records, item, own)
    return item


def change_item(session: Session, item_id: str, own: OwnItem) -> AgendaItem:
    """Change title, minutes and who presents of an item of the group's own. Raises Refused for any other item,
    FieldRefused for what cannot be kept."""
    session.require_recorder()
    with session.work.step("new agenda item") as records:
        item = records.get(AgendaItem, item_id)
        _changeable(records, item.meeting_id)
        if item.kind is not ItemKind.OWN:
            raise Refused("Only an added item has a presenter.")
        after = _renamed(session, records, item, item_title(own.title))
        after = replace(after, planned_minutes=item_minutes(own.minutes))
        records.save(after)
        _present(records, after, own)
    return after


def rename_item(session: Session, item_id: str, title: str) -> AgendaItem:
    """Another title for any item; what it is about stays. Raises FieldRefused for an empty one."""
    session.require_recorder()
    with session.work.step("title of an item") as records:
        item = records.get(AgendaItem, item_id)
        _changeable(records, item.meeting_id)
        after = _renamed(session, records, item, item_title(title))
        records.save(after)
    return after


def _while_it_runs(session: Session, records: Records, meeting_id: str) -> datetime | None:
    """The time at the table of a meeting in session: what is changed on its agenda then is minuted."""
    running = records.get(Meeting, meeting_id).state is MeetingState.IN_SESSION
    return at_table(session, records, meeting_id) if running else None


def _renamed(session: Session, records: Records, item: AgendaItem, title: str) -> AgendaItem:
    """What was on the agenda stays known where it is renamed while the meeting runs."""
    at = _while_it_runs(session, records, item.meeting_id)
    if at is None or title == item.title or item.added_at is not None:
        return replace(item, title=title)
    before = item.title_before or item.title
    if title == before:
        return replace(item, title=title, title_before="", renamed_at=None)
    return replace(item, title=title, title_before=before, renamed_at=at)


def remove_item(session: Session, item_id: str) -> AgendaItem:
    """Take an item of the group's own off the agenda. A standard item, and one that was begun, stays. Raises Refused
    for these."""
    session.require_recorder()
    with session.work.step("removal of an item") as records:
        item = records.get(AgendaItem, item_id)
        _changeable(records, item.meeting_id)
        refuse_removal(item)
        if item.state is not TurnState.TO_DO or item.note:
            raise Refused(f"“{item.title}” has been started and cannot be removed: its discussion is minuted.")
        for presented in records.find(Presentation, item_id=item_id):
            records.remove(presented)
        records.remove(item)
        _in_order(records, records.find(AgendaItem, meeting_id=item.meeting_id))
    return item


def add_missing(session: Session, meeting_id: str) -> int:
    """Put the standard items on that an agenda planned by an earlier version has not; returns how many."""
    session.require_recorder()
    with session.work.step("standard agenda items") as records:
        _changeable(records, meeting_id)
        items = records.find(AgendaItem, meeting_id=meeting_id)
        missing = missing_items(items)
        _put_in(records, meeting_id, items, missing)
    return len(missing)


def add_last_minutes(session: Session, meeting_id: str) -> None:
    """An agenda laid out by an earlier version gets an item for the minutes of the last meeting, which stood with the
    matters arising; nothing happens once the meeting has begun."""
    with session.work.reading() as records:
        meeting, items = records.get(Meeting, meeting_id), records.find(AgendaItem, meeting_id=meeting_id)
    row = next((row for row in missing_items(items) if row[0] is ItemKind.LAST_MINUTES), None)
    if row is None or not items or meeting.state not in (MeetingState.PLANNED, MeetingState.SIGN_IN):
        return
    session.require_recorder()
    with session.work.step("standard agenda items") as records:
        items = [
            replace(item, title="Matters arising", planned_minutes=max(0, item.planned_minutes - row[2]))
            if (item.kind, item.title) == (ItemKind.MATTERS_ARISING, "Minutes, matters arising")
            else item
            for item in items
        ]
        _put_in(records, meeting_id, items, (row,))


def _put_in(
    records: Records, meeting_id: str, items: list[AgendaItem], rows: Sequence[tuple[ItemKind, str, int]]
) -> None:
    """Standard items, each where the usual agenda has it."""
    own = dict(settings_in(records).agenda_minutes)
    order = [kind for kind, _, _ in missing_items(())]
    for kind, title, minutes in rows:
        before = order[: order.index(kind)]
        at = max((n for n, item in enumerate(items, 1) if item.kind in before), default=0)
        items.insert(at, AgendaItem(new_id(), meeting_id, 0, kind, title, own.get(kind.value, minutes)))
    _in_order(records, items)


def keep_template(session: Session, meeting_id: str) -> AgendaTemplate:
    """Keep this agenda as the partnership's own: the next meetings begin with it. Who presents is not kept; the minutes
    of the standard items become those of the settings.
    """
    session.require_recorder()
    with session.work.step("agenda template") as records:
        items = records.find(AgendaItem, meeting_id=meeting_id)
        rows = tuple((item.kind.value, item.title, item.planned_minutes) for item in items)
        template = AgendaTemplate(rows, session.today, session.user_name)
        records.save(template)
        settings = settings_in(records)
        mine = {kind: minutes for kind, _, minutes in rows if kind not in (ItemKind.OWN.value, ItemKind.CASES.value)}
        records.save(replace(settings, agenda_minutes=tuple({**dict(settings.agenda_minutes), **mine}.items())))
    return template


def forget_template(session: Session) -> None:
    """The next meetings begin with the usual agenda again. Raises Refused where no template is kept."""
    session.require_recorder()
    with session.work.step("usual agenda") as records:
        template = template_in(records)
        if template is None:
            raise Refused("No agenda is saved as a template: later meetings start with the usual one.")
        records.remove(template)


def template_in(records: Records) -> AgendaTemplate | None:
    """The partnership's own agenda, where one was kept."""
    try:
        return records.get(AgendaTemplate, TEMPLATE)
    except NotFound:
        return None


def _changeable(records: Records, meeting_id: str) -> None:
    if records.get(Meeting, meeting_id).state is MeetingState.CLOSED:
        raise Refused("This meeting is closed: its agenda cannot be changed.")


def _present(records: Records, item: AgendaItem, own: OwnItem) -> None:
    """Who presents it, or that nobody does any more."""
    found = next(iter(records.find(Presentation, item_id=item.id)), None)
    who = entered(own.who, "The name", ItemField.WHO)
    if not who:
        if own.visitor:
            raise FieldRefused(ItemField.WHO, "Name the visitor: the clause is read out to them at sign-in.")
        if found is not None:
            records.remove(found)
        return
    host = records.get(Member, own.host_id).id if own.host_id else ""
    made = found or Presentation(new_id(), item.meeting_id, item.id, who)
    records.save(replace(made, who=who, visitor=own.visitor, host_id=host))


def _in_order(records: Records, items: Sequence[AgendaItem]) -> None:
    for position, item in enumerate(items, 1):
        records.save(replace(item, position=position))
