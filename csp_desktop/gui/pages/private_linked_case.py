"""The group's case about the same person, on their page: its reference, and after the lead's passphrase of the group's
file its title, rating and open actions. Nothing of it is kept: it goes when the page is left, covered or locked.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.days import short_day
from csp_desktop.domain.errors import Refused
from csp_desktop.domain.linked_case import LinkedCase
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.card import Card
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.field_error import FieldError
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.services.private import linked_case
from csp_desktop.services.private.linked_case import NOT_HERE
from csp_desktop.services.private.people import PersonPage

TITLE = "The group's case about the same person"
ASKS = "Your passphrase of the group's file"
READ_ONLY = "Read only, by your own way in. The group's file does not learn of it; that you looked is kept here."


class LinkedCaseCard(Card):
    """Hidden where no case is linked."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, title=TITLE)
        self._desk, self._person_id, self._reference = desk, "", ""
        self._words, self.heading, self.open_actions = QLabel(self), QLabel(self), EntryList(self)
        self._ask, self.passphrase_edit = QFrame(self), PassphraseField(self)
        self.look_button, self.close_button = (
            SecondaryButton(self, text="Look at it", height=34),
            SecondaryButton(self, text="Put it away", height=34),
        )
        self.error = FieldError(self)
        self._lay_out()
        self.look_button.clicked.connect(self._look)
        self.passphrase_edit.returnPressed.connect(self._look)
        self.close_button.clicked.connect(self._put_away)
        self.hide()

    def _lay_out(self) -> None:
        set_role(self._words, "second")
        set_role(self.heading, "strong")
        for label in (self._words, self.heading):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.open_actions.set_flush(True)
        self.open_actions.setAccessibleName("Open actions of the group's case")
        label = QLabel(ASKS, self._ask)
        set_role(label, "label")
        label.setBuddy(self.passphrase_edit)
        self.passphrase_edit.setAccessibleName(ASKS)
        line = QHBoxLayout()
        line.addWidget(self.passphrase_edit, 1)
        line.addWidget(self.look_button)
        column = QVBoxLayout(self._ask)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(4))
        column.addWidget(label)
        column.addLayout(line)
        for widget in (self.heading, self._words, self._ask, self.error, self.open_actions):
            self.add(widget)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.close_button)
        self.add(end)

    def show_person(self, page: PersonPage) -> None:
        """Another person, another reference: what was looked at goes; the same leaves it as it is."""
        person = page.person
        if (person.id, person.safety_net) != (self._person_id, self._reference):
            self._person_id, self._reference = person.id, person.safety_net
            self._put_away()
        self.setVisible(bool(person.safety_net))

    def clear(self) -> None:
        """Nothing of the person, nothing of the case."""
        self._person_id = self._reference = ""
        self._put_away()
        self.hide()

    def _put_away(self) -> None:
        here = linked_case.may_look(self._desk.session)
        self.heading.setText(self._reference)
        self._words.setText(READ_ONLY if here else NOT_HERE)
        self._ask.setVisible(here)
        self.passphrase_edit.clear()
        self.error.clear(self.passphrase_edit)
        self.open_actions.set_entries([])
        for widget in (self.open_actions, self.close_button):
            widget.hide()

    def _look(self) -> None:
        """The key is derived beside the window; whoever turned the page meanwhile sees nothing of it."""
        session, person_id, typed = self._desk.session, self._person_id, self.passphrase_edit.text()
        self.passphrase_edit.clear()
        self.error.clear(self.passphrase_edit)
        self.look_button.setEnabled(False)

        def show(found: object) -> None:
            self.look_button.setEnabled(True)
            if isinstance(found, LinkedCase) and person_id == self._person_id:
                self._show(found)

        def fail(error: Exception) -> None:
            self.look_button.setEnabled(True)
            if not isinstance(error, Refused):
                raise error
            if person_id == self._person_id:
                self.error.set_error(error.sentence, self.passphrase_edit)

        self._desk.tasks.run(lambda _: linked_case.look(session, person_id, typed), show, fail)

    def _show(self, found: LinkedCase) -> None:
        self.heading.setText(f"{found.reference}: {found.title}")
        count = len(found.actions)
        actions = "1 open action" if count == 1 else f"{count} open actions" if count else "no open action"
        self._words.setText(f"{found.rating}, {found.status.lower()}, {actions}")
        self.open_actions.set_entries(
            [
                Entry(str(number), one.what, _line(one.officer, short_day(one.due) if one.due else "no date"))
                for number, one in enumerate(found.actions)
            ]
        )
        self.open_actions.setFixedHeight(self.open_actions.content_height() + 4)
        self._ask.hide()
        self.open_actions.setVisible(bool(found.actions))
        self.close_button.show()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _line(officer: str, due: str) -> str:
    return f"{officer}, {due}" if officer else due
