"""The number of people sleeping rough leaves the private file only when the lead releases it, small counts hidden."""

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.private.agenda import released as as_it_may_leave
from csp_desktop.domain.private.figures import Counted, ReleasedFigure
from csp_desktop.domain.private.people import RoughSleeper, Sighting, nights_seen
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.people import private_settings_in
from csp_desktop.services.private.preparing import require_preparing
from csp_desktop.services.session import Session

SPAN = 28  # days that "now" means for a figure


def would_be(session: Session, counted: Counted) -> ReleasedFigure:
    """What a release today would say; nothing is released yet."""
    with session.work.reading() as records:
        require_preparing(session, records)
        return _figure(session, records, counted)


def release(session: Session, counted: Counted) -> ReleasedFigure:
    """Release a figure. What went out, when and by whom stays; a figure of the same kind goes out once a day. Raises
    Refused where it went out today with another count."""
    session.require(Role.NEW_HOPE_LEAD)
    with session.work.step("release of a figure", undoable=False) as records:
        require_preparing(session, records)
        figure = _figure(session, records, counted)
        known = records.find(ReleasedFigure, on=session.today, counted=counted)
        if known:
            if known[0].count != figure.count:
                raise Refused("This figure was already released today. Two on one day could reveal who changed.")
            return known[0]
        records.save(figure)
    return figure


def released(session: Session) -> tuple[ReleasedFigure, ...]:
    """Everything released so far, the newest first."""
    session.require(Role.NEW_HOPE_LEAD, Role.NEW_HOPE_DEPUTY)
    with session.work.reading() as records:
        return tuple(sorted(records.find(ReleasedFigure), key=lambda one: (one.on, one.counted.value), reverse=True))


def _figure(session: Session, records: Records, counted: Counted) -> ReleasedFigure:
    count = as_it_may_leave(_count(session, records, counted), private_settings_in(records).small_count)
    return ReleasedFigure(new_id(), session.today, counted, count, session.user_name)


def _count(session: Session, records: Records, counted: Counted) -> int:
    people = {person.id for person in records.find(RoughSleeper, on_list=True)}
    if counted is Counted.ON_LIST:
        return len(people)
    nights: dict[str, list[Sighting]] = {}
    for seen in records.find(Sighting, bedded_down=True):
        nights.setdefault(seen.person_id, []).append(seen)
    lately = [seen for seen in nights.values() if nights_seen(seen, session.today, SPAN)]
    if counted is Counted.SEEN:
        return len(lately)
    return sum(nights_seen(seen, session.today, SPAN) == len({night.on for night in seen}) for seen in lately)
