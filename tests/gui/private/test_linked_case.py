"""The group's case on the page of a person: by passphrase, in place, and gone once the page is left."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.domain.cases.linked_case import LinkedCase, OpenAction
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.private.person import LinkedCaseCard
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.rehearsal.hands import names_of
from csp_desktop.services.private import people
from csp_desktop.services.private.linked_case import NOT_HERE
from csp_desktop.services.session import Session
from tests.support.private_session import DAY, private_session
from tests.support.screens import clipped_texts, unnamed_controls

REFERENCE = "SN-2026-048537"
FOUND = LinkedCase(
    REFERENCE, "Whippendell Road: cuckooing", "Standard 9", "Open", (OpenAction("Lock check", "Ravi Nair", DAY),)
)


class Cases:
    """The group's file: one case, one passphrase."""

    def __init__(self, here: bool = True) -> None:
        self._here = here

    def is_here(self) -> bool:
        return self._here

    def look(self, reference: str, user: str, passphrase: str) -> LinkedCase:
        if passphrase != "right":
            raise Refused("The name and passphrase do not match.")
        assert (reference, user) == (REFERENCE, "Ravi Nair")
        return FOUND


def session_with(cases: Cases) -> Session:
    return replace(private_session(), linked_cases=cases)


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    return page


def card_of(holder: QWidget, session: Session, reference: str = REFERENCE) -> LinkedCaseCard:
    card = LinkedCaseCard(PageContext(session, Changes(), Tasks(holder)), holder)
    person = people.people(session)[0].person
    people.save(session, replace(person, safety_net=reference))
    holder.resize(600, 400)
    card.resize(600, 400)
    card.show_person(people.page(session, person.id))
    holder.show()
    return card


def look(qtbot: QtBot, card: LinkedCaseCard, typed: str) -> None:
    card.passphrase_edit.setText(typed)
    card.look_button.click()
    qtbot.waitUntil(card.look_button.isEnabled)


def said(card: LinkedCaseCard) -> str:
    rows = [f"{entry.title} {entry.subtitle}" for entry in card.open_actions.entries()]
    return " ".join([*(name for child in card.findChildren(QWidget) for name in names_of(child)), *rows])


def test_the_passphrase_shows_title_rating_and_actions_and_does_not_stay(qtbot: QtBot, holder: QWidget) -> None:
    card = card_of(holder, session_with(Cases()))
    assert REFERENCE in said(card) and "Whippendell" not in said(card)
    look(qtbot, card, "right")
    for words in (FOUND.title, "Standard 9, open, 1 open action", "Lock check", "Ravi Nair, Thu 26 Nov"):
        assert words in said(card)
    assert card.passphrase_edit.text() == ""
    assert clipped_texts(card) == [] and unnamed_controls(card) == []


def test_nothing_of_the_case_stays_when_it_is_put_away_or_the_page_is_left(qtbot: QtBot, holder: QWidget) -> None:
    session = session_with(Cases())
    card = card_of(holder, session)
    look(qtbot, card, "right")
    card.close_button.click()
    assert "Whippendell" not in said(card) and "Lock check" not in said(card)
    look(qtbot, card, "right")
    card.clear()
    assert REFERENCE not in said(card) and "Whippendell" not in said(card)
    assert card.isHidden()


def test_a_wrong_passphrase_is_said_at_the_field(qtbot: QtBot, holder: QWidget) -> None:
    card = card_of(holder, session_with(Cases()))
    look(qtbot, card, "wrong")
    assert "do not match" in card.error.text()


@pytest.mark.parametrize("reference", [REFERENCE, ""])
def test_without_the_groups_file_only_the_reference_shows(holder: QWidget, reference: str) -> None:
    card = card_of(holder, session_with(Cases(here=False)), reference)
    assert card.isHidden() == (not reference)
    assert not card.passphrase_edit.isVisible()
    assert NOT_HERE in said(card)
