"""The private window's screens, as New Hope's lead prepares and at the table: the sample's private file, in plum."""

from collections.abc import Iterator
from pathlib import Path

from csp_desktop.gui.shapes import PRIVATE
from csp_desktop.opening.partnership import Partnership
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.rehearsal.private_person_screens import of_crossing, of_people
from csp_desktop.rehearsal.private_table_screens import at_the_table
from csp_desktop.rehearsal.screens import Sitting, page, then
from csp_desktop.services.private.settings import change_private_settings
from csp_desktop.services.session import Session

PREPARING = ("private_home", "private_agenda", "private_register", "private_help")
PRIVATE_SECTIONS = ("people", "minutes", "clauses", "matrix", "appearance")


def private_sittings(sample: Partnership, base: Path) -> Iterator[Sitting]:
    """All of them, one after another: each begins where the one before left the file."""
    yield _preparing(sample.session, base)
    yield of_people(sample.session, base)
    yield of_crossing(sample.session, base)
    yield at_the_table(sample.session, base)


def _preparing(session: Session, base: Path) -> Sitting:
    """A cold week: the protocol is on."""
    note = "Beds at the church hall from 19:00; ring the outreach team first."
    change_private_settings(session, winter_protocol=True, winter_protocol_note=note)
    sections = [(f"private_settings-{name}", page("private_settings", name)) for name in PRIVATE_SECTIONS]
    member = ("private_register-member", then(page("private_register"), _into_first))
    return Sitting([*((stem, page(stem)) for stem in PREPARING), member, *sections], base, session, shape=PRIVATE)


def _into_first(hands: Hands) -> None:
    hands.key("Down", "Return")
