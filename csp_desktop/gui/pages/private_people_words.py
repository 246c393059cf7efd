"""What the lists of people say: to New Hope's lead alone, while nobody else looks."""

from datetime import date

from csp_desktop.domain.day_phrases import day_problem, read_past_day
from csp_desktop.domain.days import short_day
from csp_desktop.domain.errors import Refused
from csp_desktop.domain.rough_sleeping import Label, Sighting
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.case_table import BANDS
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.services.private.people import Alike, PersonLine, WorkerRow

HOW_PAST = "Write the day as 18 nov, mon, yesterday or 18/11/2026; it cannot lie ahead."


def person_entry(line: PersonLine) -> Entry:
    """One person of the list."""
    person, marks = line.person, line.latest
    workers = "1 worker" if line.workers == 1 else f"{line.workers} workers"
    known = f"also {', '.join(person.aliases)}" if person.aliases else ""
    label = "" if line.label is Label.KNOWN else line.label.value
    parts = [person.reference, person.initials, label, known, f"seen {line.seen_words}", workers]
    rated = f"{marks.shown_band.value} {marks.total_words}" if marks else "Not scored"
    return Entry(
        person.id, person.name, " · ".join(part for part in parts if part), person=person.name,
        pill=rated if person.on_list else "Off the list",
        pill_tone=BANDS[marks.shown_band] if marks and person.on_list else Tone.NEUTRAL, dim=not person.on_list,
    )  # fmt: skip


def alike_entry(found: Alike) -> Entry:
    """Someone who may be the same person, and why."""
    person = found.person
    return Entry(person.id, f"{person.reference}  {person.name}", f"Has {found.why}", person=person.name)


def sighting_entry(seen: Sighting) -> Entry:
    """One sighting."""
    when = f"{short_day(seen.on)}, {seen.hour}" if seen.hour else short_day(seen.on)
    down = "bedded down" if seen.bedded_down else "not bedded down"
    by = f", by {seen.by}" if seen.by else ""
    return Entry(seen.id, when, f"{seen.where}{by}, {down}", pill="unwell" if seen.unwell else "", pill_tone=Tone.HIGH)


def worker_entry(row: WorkerRow) -> Entry:
    """One worker directly involved."""
    since = short_day(row.involvement.since)
    return Entry(
        row.involvement.id, row.member.name, f"{row.agency.name}, {row.involvement.what}, since {since}",
        person=row.member.name,
    )  # fmt: skip


def past_day(text: str, today: date) -> date:
    """A day that has come: today, yesterday, mon, 18 nov, 18/11/2026. Raises Refused with how it is written."""
    found = read_past_day(text, today) if text.strip() else today
    if found is None or found > today:
        raise Refused(day_problem(text, today, HOW_PAST))
    return found
