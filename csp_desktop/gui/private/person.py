"""One person sleeping rough, for New Hope's lead to prepare: everything known, each field saved as it is left.

The group's case about the same person, on their page: its reference, and after the lead's passphrase of the group's
file its title, rating and open actions. Nothing of it is kept: it goes when the page is left, covered or locked.
"""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop._built.ui_private_person import Ui_PrivatePerson
from csp_desktop.domain.cases.linked_case import LinkedCase
from csp_desktop.domain.common.by_mail import decided_words
from csp_desktop.domain.common.days import clock_seconds, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.private.people import Label, consent_words
from csp_desktop.gui.private.person_facts import OffersPart, PersonFields, SeenPart, WorkersCard
from csp_desktop.gui.private.person_offers import OFFERS
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.mail_confirm import MailConfirm
from csp_desktop.gui.widgets.mail_decision import MailDecision
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.panels import Card
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.gui.window.actions import ADD, HELP, LOCK, NEXT, UNDO, Action
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.writing import SPELLING
from csp_desktop.services.private import linked_case, people
from csp_desktop.services.private.linked_case import NOT_HERE
from csp_desktop.services.private.people import PersonPage

TITLE = "The group's case about the same person"
ASKS = "Your passphrase for the group's file"
READ_ONLY = "Read only, with your own access. Nothing is recorded in the group's file; your viewing is recorded here."


class LinkedCaseCard(Card):
    """Hidden where no case is linked."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent, title=TITLE)
        self._context, self._person_id, self._reference = context, "", ""
        self._words, self.heading, self.open_actions = QLabel(self), QLabel(self), EntryList(self)
        self._ask, self.passphrase_edit = QFrame(self), PassphraseField(self)
        self.look_button, self.close_button = (
            SecondaryButton(self, text="View", height=34),
            SecondaryButton(self, text="Close", height=34),
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
        here = linked_case.may_look(self._context.session)
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
        session, person_id, typed = self._context.session, self._person_id, self.passphrase_edit.text()
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

        self._context.tasks.run(lambda _: linked_case.look(session, person_id, typed), show, fail)

    def _show(self, found: LinkedCase) -> None:
        self.heading.setText(f"{found.reference}: {found.title}")
        count = len(found.actions)
        actions = "1 open action" if count == 1 else f"{count} open actions" if count else "no open action"
        self._words.setText(f"{found.rating}, {found.status.lower()}, {actions}")
        self.open_actions.set_entries(
            [
                Entry(
                    str(number),
                    one.what,
                    _line(one.officer, screen_day(one.due, self._context.session.today) if one.due else "no date"),
                )
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


SIGHTING = Action("add a sighting", ADD.keys, "_add_sighting", strip="sighting")
SCORE = Action("score the risk", ("Ctrl+R",), "_score", strip="score the risk")
ALL_PEOPLE = Action("all people", ("Ctrl+P",), "_to_people", strip="all people")


class PrivatePersonPage(Page):
    """Entered with the person's id."""

    ACTIONS = (
        *(offer.short("") for offer in OFFERS),
        SIGHTING,
        SCORE,
        ALL_PEOPLE,
        NEXT.short("next field"),
        SPELLING,
        UNDO,
        LOCK,
        HELP,
    )

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._person_id = ""
        self._page: PersonPage | None = None
        self._ui = Ui_PrivatePerson()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the person", side="seen, offers")
        ui.people_button.set_icon("chevron-left")
        self._fields = PersonFields(context, self)
        self._workers = WorkersCard(context, self)
        self._seen, self._offers = SeenPart(ui, context, self), OffersPart(ui, context, self)
        self._off, self._case = OffListCard(self), LinkedCaseCard(context, self)
        self._decided = DecisionsCard(context, self)
        body = ui.person_scroll.body
        body.setContentsMargins(0, 0, 6, 0)
        who, path, said, needs, begging = self._fields.cards(self)
        for card in (who, self._case, self._workers, said, path, needs, begging, self._decided, self._off):
            body.addWidget(card)
        body.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.people_button.clicked.connect(lambda: self.navigate.emit("private_people", None))
        ui.risk_button.clicked.connect(lambda: self.navigate.emit("private_risk", self._person_id))
        self._fields.saved.connect(lambda: self._did(""))
        self._decided.mail.noted.connect(lambda: self._did("Decision noted"))
        self._decided.confirm.done.connect(self._did)
        for part in (self._workers, self._seen, self._offers):
            part.changed.connect(self._did)
        self._off.button.clicked.connect(self._turn_off_or_on)
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("people", "settings")

    def entered(self, argument: object = None) -> None:
        """The person, the caret in the first field."""
        self._person_id = argument if isinstance(argument, str) else self._person_id
        self._ui.done_bar.dismiss()
        self._ui.saved_label.clear()
        self.refresh()
        self._fields.lines["name"].edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """What is typed is saved, or kept as a draft; nobody stays on the page behind another one."""
        if self._page is not None:
            self._fields.end()
            self._clear()

    def _clear(self) -> None:
        """Not a word of the person is left in any field, list or drawing."""
        ui = self._ui
        self._page = None
        for label in (ui.reference_label, ui.title_label, ui.facts_label):
            label.clear()
        for part in (self._fields, self._case, self._workers, self._seen, self._offers, self._decided, self._off):
            part.clear()

    def refresh(self) -> None:
        """Everything as the file has it; while a session runs nobody shows here."""
        ui = self._ui
        if not self._person_id:
            return
        try:
            page = self._page = people.page(self._context.session, self._person_id)
        except Refused as refusal:
            self._clear()
            self._show_parts(False)
            ui.facts_label.setText(refusal.sentence)
            return
        self._show_parts(True)
        ui.reference_label.setText(page.person.reference)
        ui.title_label.setText(page.person.name)
        ui.facts_label.setText(_facts(page))
        self._fields.show(page)
        for part in (self._case, self._workers, self._seen, self._offers, self._decided):
            part.show_person(page)
        self._off.show_person(page)
        self.bar_changed.emit()

    def _show_parts(self, shown: bool) -> None:
        ui = self._ui
        for part in (ui.person_scroll, ui.side_frame, ui.risk_button):
            part.setVisible(shown)

    def _did(self, words: str) -> None:
        if words:
            self._ui.done_bar.say(words)
        self._ui.saved_label.set_saved(clock_seconds(self._context.session.now()))
        self._context.changes.tell("people")

    def _turn_off_or_on(self) -> None:
        assert self._page is not None
        person, reason = self._page.person, " ".join(self._off.reason_edit.text().split())
        if person.on_list and not reason:
            self._off.error.set_error("Say why this person is removed from the list.", self._off.reason_edit)
            return
        self._off.error.clear(self._off.reason_edit)
        today = self._context.session.today if person.on_list else None
        people.save(
            self._context.session,
            replace(person, on_list=not person.on_list, off_list_on=today, off_list_why=reason if today else ""),
        )
        self._off.reason_edit.clear()
        self._did("Removed from the list" if today else "Back on the list")

    def bar_state(self) -> BarState:
        """The reference alone: the bar is seen from afar."""
        return BarState(
            title="Private rough-sleeping meeting",
            subtitle="Preparation, New Hope only",
            icon="lock",
            headline=self._page.person.reference if self._page else "",
        )

    def _add_sighting(self) -> None:
        self._ui.seen_on_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _score(self) -> None:
        self.navigate.emit("private_risk", self._person_id)

    def _to_people(self) -> None:
        self.navigate.emit("private_people", None)

    def strip_text(self) -> str:
        """How it is kept."""
        return "Each field is saved when you leave it, in the private file only."


class DecisionsCard(Card):
    """What was decided about the person between two sessions, by email; more can be noted."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent, title="Decided between sessions")
        self._words, self.mail = text_label("", "second"), MailDecision(context.session, self)
        self.confirm = MailConfirm(context.session, context.tasks, self)
        for part in (self._words, self.mail, self.confirm):
            self.add(part)

    def show_person(self, page: PersonPage) -> None:
        """Fill it, the newest first."""
        self._words.setText("\n".join(map(decided_words, page.decisions)) or "Nothing was decided by email.")
        self.mail.show_case(page.person.id)
        self.confirm.show_waiting()

    def clear(self) -> None:
        """Nothing of the person."""
        self._words.clear()
        self.mail.show_case("")
        self.confirm.put_away()


class OffListCard(Card):
    """Off the list with a reason, and back."""

    def __init__(self, parent: PrivatePersonPage) -> None:
        super().__init__(parent, title="On the list")
        self.reason_edit, self.error = ProseLine(self), FieldError(self)
        self.reason_edit.setAccessibleName("Reason for removing this person from the list")
        self.reason_edit.setPlaceholderText("reason: housed since June, moved to family")
        self.button = SecondaryButton(self, text="Remove from list", height=32)
        line = QHBoxLayout()
        line.addWidget(self.reason_edit, 1)
        line.addWidget(self.button)
        self.add(line)
        self.add(self.error)

    def show_person(self, page: PersonPage) -> None:
        """Fill it."""
        person = page.person
        self.set_title("On the list" if person.on_list else f"Off the list: {person.off_list_why}")
        self.reason_edit.setVisible(person.on_list)
        self.button.setText("Remove from list" if person.on_list else "Back on the list")

    def clear(self) -> None:
        """Nothing of the person."""
        self.set_title("On the list")
        self.reason_edit.clear()
        self.error.clear(self.reason_edit)


def _facts(page: PersonPage) -> str:
    """'K.B. · long-term · High 41 · agreed to sharing 3 Nov'"""
    marks = page.assessments[-1] if page.assessments else None
    rated = f"{marks.shown_band.value} {marks.total_words}" if marks else "no risk score yet"
    label = "" if page.label is Label.KNOWN else page.label.value
    return " · ".join(part for part in (page.person.initials, label, rated, consent_words(page.person)) if part)
