"""The settings of the private meeting."""

from typing import ClassVar

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.fields import Field
from csp_desktop.domain.meeting.confidentiality import ClauseKind
from csp_desktop.domain.people.settings import FIELDS as FILE_FIELDS
from csp_desktop.domain.people.settings import Settings
from csp_desktop.domain.private.settings import FIELDS, PrivateSettings
from csp_desktop.gui.settings_base.clauses import ClausesPanel, ClauseWords
from csp_desktop.gui.settings_base.matrix import MatrixPanel, MatrixWords, sunken
from csp_desktop.gui.settings_base.rows import Record, Row, Saver, TextSizeRow
from csp_desktop.gui.settings_base.shell import Panel, Part, Section, SettingsShell
from csp_desktop.gui.style.layouts import vbox
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.window.actions import PRESS, Action
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.services.people.settings import change_settings, settings
from csp_desktop.services.private.scoring import load_matrix
from csp_desktop.services.private.settings import (
    change_private_settings,
    private_settings,
    recipients,
    send_to,
)

OWN = Record(PrivateSettings, FIELDS, private_settings, change_private_settings)
# every file has these
SHARED = tuple(field for field in FILE_FIELDS if field.section in ("disclosure", "records", "appearance"))
FILE = Record(Settings, SHARED, settings, change_settings)


LISTED = Action("on the circulation list, or removed", PRESS.keys)


class RecipientsRow(Row):
    """Space, Enter or a click puts somebody of the register on the list or takes them off."""

    def __init__(self, field: Field, saver: Saver) -> None:
        super().__init__(field, saver)
        self.view, self.caption = EntryList(), text_label("", "caption")
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.view.setMinimumHeight(current().px(220))
        self.view.chosen.connect(self._toggle)
        listed = sunken(vbox(self.view, margins=(4, 4, 4, 4)))
        self._hold(self.view, vbox(*self._words(self.view), listed, self.caption, spacing=10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The one in hand: onto the list, or off it."""
        if LISTED.pressed(event) and self.view.current_key():
            self._toggle(self.view.current_key())
        else:
            super().keyPressEvent(event)

    def fill(self, now: PrivateSettings) -> None:
        """Everyone of the register, a tick at those on the list."""
        rows = recipients(self.saver.session)
        self.view.set_entries(
            [
                Entry(
                    one.row.member.id,
                    one.row.member.name,
                    f"{one.row.agency.name}, {one.row.agency.kind.value}",
                    mark=EntryMark.DONE if one.receives else EntryMark.AHEAD,
                    person=one.row.member.name,
                    group=one.row.agency.id,
                    pill="Receives them" if one.receives else "",
                    pill_tone=Tone.LOW,
                )
                for one in rows
            ]
        )
        count = sum(one.receives for one in rows)
        words = "Nobody receives them yet." if not count else f"{count} of {len(rows)} of the register receive them."
        self.caption.setText(words)

    def try_again(self) -> None:
        """It is asked again by hand."""

    def _toggle(self, member_id: str) -> None:
        session = self.saver.session
        now = {one.row.member.id: one.receives for one in recipients(session)}
        try:
            send_to(session, member_id, receives=not now[member_id])
        except Refused as refusal:
            self.error.set_error(refusal.sentence, self.view)
            return
        self.error.clear(self.view)
        self.saver.saved.emit()


CLAUSES = ClauseWords(
    "Clause",
    "Signed at every private session, and read out to anyone who joins for one person.",
    "&Text of the clause",
    "New Hope's lead confirms",
    (ClauseKind.PRIVATE,),
)
MATRIX = MatrixWords(
    "The matrix used to score people. A score keeps the version it was made with; nothing is recalculated.",
    "Nobody can be scored until one is loaded.",
    "No police force publishes one; New Hope may load an agreed matrix.",
)
PEOPLE = Part("people", "People", "What the labels mean, and the list of support needs.")
SESSION = Part("session", "Session", "How the sub-agenda is planned, and which figures may be released.")
MINUTES = Part(
    "minutes",
    "Minutes and circulation list",
    "Who receives the private minutes. Each person receives only what they may be told.",
)
DISCLOSURE = Part(
    "disclosure",
    "Disclosure",
    "Each person opened in a session is recorded on a disclosure line: purpose, basis, agencies present, time.",
)
KEPT = Part(
    "records",
    "How long records are kept",
    "Counted from the meeting. Records past their period are listed under Retention for a "
    "person to decide; nothing is deleted automatically. The years are examples: set your own.",
)
LOCKING = Part(
    "locking",
    "Locking",
    "The window locks after a time without use. On Windows it is also hidden from screenshots and screen sharing.",
)


class PrivateSettingsPage(SettingsShell):
    """What the private meeting can change for itself."""

    STEM = "private_settings"
    ACTIONS = (LISTED, *SettingsShell.ACTIONS)
    RECORDS = (OWN, FILE)
    SECTIONS = (
        Section("people", "People", "users", (PEOPLE,)),
        Section("session", "Session", "list-checks", (SESSION,)),
        Section("minutes", "Minutes", "send", (MINUTES,)),
        Section("clauses", "Clause", "scroll-text"),
        Section("matrix", "Risk matrix", "trending-up"),
        Section("disclosure", "Disclosure", "file-check", (DISCLOSURE,)),
        Section("records", "Records", "calendar-clock", (KEPT,)),
        Section("locking", "Locking", "lock", (LOCKING,)),
        Section(
            "appearance",
            "Appearance",
            "monitor",
            (Part("appearance", "Appearance", "Applies at once, in this window."),),
        ),
    )
    OWN_ROWS: ClassVar = {"circulation": RecipientsRow, "text_size": TextSizeRow}

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        self._ask = ask or Ask()
        super().__init__(context)

    def own_panel(self, key: str) -> Panel:
        """The text to sign, or the risk matrix."""
        if key == "clauses":
            return ClausesPanel(self._context, CLAUSES)
        panel = MatrixPanel(self._context, self._ask, load_matrix, MATRIX)
        panel.loaded.connect(self._ui.done_bar.say)
        return panel

    def bar_state(self) -> BarState:
        """Where we are."""
        day = screen_day(self._context.session.today, self._context.session.today)
        return BarState(title="Private rough-sleeping meeting", subtitle=day, icon="lock", headline="Settings")

    def strip_text(self) -> str:
        """What happens to a change."""
        return "Kept in the private file. Changes are saved when you leave a field."
