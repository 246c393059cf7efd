"""The texts of the private minutes, and whom they name by design."""

from collections.abc import Iterable

from csp_desktop.domain.minutes.personal_text import Names, Text
from csp_desktop.domain.minutes.printable import action_lines, each_once, paper_texts
from csp_desktop.domain.private.minutes import PrivateMinutes
from csp_desktop.domain.private.minutes_layout import opening, sections, title


def texts_of(minutes: PrivateMinutes) -> tuple[Text, ...]:
    """All texts of the private minutes; the action list says nothing they do not."""
    return paper_texts([minutes.partnership, title(minutes)], opening(minutes), sections(minutes))


def names_in(
    minutes: PrivateMinutes, people: Iterable[str], members: Iterable[str] = (), agencies: Iterable[str] = ()
) -> Names:
    """Whom the paper names by design, and the register; `people` are all the names and aliases of their file."""
    at_table = [minutes.led_by, minutes.counted_by, *members, *(one.line.name for one in minutes.present)]
    at_table += [one.line.here_for for one in minutes.present if one.line.here_for]
    at_table += [name for person in minutes.people for o in person.overrides for name in (o.by, *o.names)]
    at_table += [one.by for one in minutes.between]
    lines = action_lines(minutes.actions, minutes.answers)
    at_table += [one.name for line in lines for one in line.owners]
    homes = [one.line.agency for one in minutes.present] + [one.agency for line in lines for one in line.owners]
    spared = each_once([*homes, *agencies, minutes.partnership])
    return Names(each_once(people), each_once(at_table), spared, each_once([minutes.venue]))
