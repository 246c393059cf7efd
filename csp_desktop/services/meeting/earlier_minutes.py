"""The minutes of the last meeting before this program was in use: kept once, and brought before the first meeting."""

from datetime import date

from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.earlier_minutes import DAY, EarlierMinutes, checked, named_in
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.services.meeting.regular import regular_held
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


def keep_earlier(session: Session, text: str, on: date | None, source: str = "") -> EarlierMinutes:
    """Keep the text of the minutes of a meeting held before this program; the text kept of that day before gives way.
    Raises FieldRefused for no day, one that is to come, one that lies behind a meeting held here, and for no text."""
    session.require_recorder()
    kept, day = checked(text, on, session.today)
    with session.work.step(f"minutes of {dated_day(day)}") as records:
        held = min((one.on for one in regular_held(records)), default=None)
        if held is not None and day >= held:
            raise FieldRefused(
                DAY, f"The meeting of {dated_day(held)} was held with this program. Give the date of one before it."
            )
        known = next(iter(records.find(EarlierMinutes, on=day)), None)
        present, apologies = named_in(kept.splitlines())
        made = EarlierMinutes(
            known.id if known else new_id(), day, kept, present, apologies, source, session.now(), session.user_name
        )
        records.save(made)
    return made


def may_keep(session: Session) -> bool:
    """Whether minutes from before this program can still be wanted: no meeting was held with it."""
    with session.work.reading() as records:
        return not regular_held(records)


def earlier_kept(session: Session) -> tuple[EarlierMinutes, ...]:
    """All that is kept, the latest first."""
    with session.work.reading() as records:
        return tuple(sorted(records.find(EarlierMinutes), key=lambda one: one.on, reverse=True))


def printed_earlier(session: Session, minutes_id: str) -> bytes:
    """The text kept as a PDF. Raises NotFound for none of this id."""
    assert session.papers.print_earlier_minutes is not None  # the group's papers
    with session.work.reading() as records:
        kept, named = records.get(EarlierMinutes, minutes_id), settings_in(records)
    return session.papers.print_earlier_minutes(kept, paper_name(named.town, named.partnership))


def earlier_in(session: Session, records: Records, before: date) -> EarlierMinutes | None:
    """The latest kept of a meeting before a day; None in the private file, which keeps none."""
    found = [] if session.private else [one for one in records.find(EarlierMinutes) if one.on < before]
    return max(found, key=lambda one: one.on, default=None)


def day_before(session: Session, records: Records, before: date) -> date | None:
    """The day of the last meeting before a day: held here, or before this program, as its minutes or an action that was
    brought in say."""
    held = [one.on for one in regular_held(records)]
    kept = earlier_in(session, records, before)
    loose = [] if session.private else [one.agreed_on for one in records.find(Action, meeting_id="")]
    days = [*held, *loose, *([kept.on] if kept else [])]
    return max((day for day in days if day < before), default=None)
