"""The settings of the group's file."""

from dataclasses import replace
from datetime import time
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.fields import Numbers, Switch
from csp_desktop.domain.meeting.agenda import DEFAULT_ITEMS
from csp_desktop.domain.meeting.confidentiality import ClauseKind
from csp_desktop.domain.people.bodies import keyed
from csp_desktop.domain.people.settings import FIELDS, MIN, Settings
from csp_desktop.gui.lock import screen_capture
from csp_desktop.gui.lock.computer_key import ComputerFields, ComputerKeyPart
from csp_desktop.gui.settings_base.clauses import ClausesPanel, ClauseWords
from csp_desktop.gui.settings_base.matrix import MatrixPanel, MatrixWords
from csp_desktop.gui.settings_base.rows import Record, Row, Saver, SwitchRow, TextSizeRow, TextsRow
from csp_desktop.gui.settings_base.shell import Panel, Part, Section, SettingsShell
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.fields import NumberField
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.gui.window.actions import HIDE
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.services.cases.assessing import load_matrix
from csp_desktop.services.people.settings import change_settings, settings

FILE = Record(Settings, FIELDS, settings, change_settings)


class BodiesRow(TextsRow):
    """A body's key goes along unseen, so that it is the same one under another name."""

    def _put(self, value: Any) -> None:
        super()._put(keyed(value))


class CaptureRow(SwitchRow):
    """Only where the system can keep a window out of pictures of the screen."""

    def __init__(self, field: Switch, saver: Saver) -> None:
        super().__init__(replace(field, help=screen_capture.SENTENCE), saver)
        self._check.setEnabled(screen_capture.IS_POSSIBLE)


class AgendaMinutesRow(Row):
    """A number for each item of the agenda, and whether they fit the slot."""

    def __init__(self, field: Numbers, saver: Saver) -> None:
        super().__init__(field, saver)
        self._numbers = {kind.value: self._number_of(title) for kind, title, _ in DEFAULT_ITEMS}
        self._sum, items = text_label("", "caption"), QWidget()
        titles = (text_label(title, "second", buddy=self._numbers[kind.value]) for kind, title, _ in DEFAULT_ITEMS)
        lines = zip(titles, self._numbers.values(), strict=True)
        items.setLayout(vbox(*(hbox((title, 1), number, spacing=10) for title, number in lines), self._sum, spacing=6))
        self._hold(items, vbox(*self._words(), items, spacing=6))

    def _number_of(self, title: str) -> NumberField:
        number = NumberField()
        number.setRange(0, 999)
        number.setSuffix(f" {MIN.several}")
        number.setKeyboardTracking(False)
        number.setFixedWidth(current().px(136))
        number.setAccessibleName(f"Minutes for {title}")
        number.valueChanged.connect(lambda _: self._take())
        return number

    def fill(self, now: Settings) -> None:
        """The minutes, and their sum as it stands."""
        super().fill(now)
        total, slot = sum(number.value() for number in self._numbers.values()), _minutes(now.slot_starts, now.slot_ends)
        fits = "fits the time available" if total <= slot else f"{total - slot} more than the time available"
        self._sum.setText(f"{total} of {slot} minutes: {fits}.")

    def _put(self, value: tuple[tuple[str, int], ...]) -> None:
        own = dict(value)
        for kind, _, usual in DEFAULT_ITEMS:
            number = self._numbers[kind.value]
            number.blockSignals(True)
            number.setValue(own.get(kind.value, usual))
            number.blockSignals(False)

    def _value(self) -> tuple[tuple[str, int], ...]:
        return tuple((kind, number.value()) for kind, number in self._numbers.items())


def _minutes(starts: time, ends: time) -> int:
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute


class ComputerPanel(Panel):
    """Whether the passphrase opens the file on this computer only."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        edit, button = PassphraseField(), SecondaryButton()
        edit.setAccessibleName("Your passphrase")
        label = text_label("&Your passphrase", "label", buddy=edit)
        self.fields = ComputerFields(text_label("", "body"), label, edit, FieldError(), button)
        self._key = ComputerKeyPart(self.fields, context, self)
        heading = text_label("This computer as a second key", "heading")
        parts = (heading, self.fields.text, label, edit, self.fields.error, button)
        self.setLayout(vbox(*parts, None, spacing=12, margins=(16, 12, 16, 12)))

    def fill(self) -> None:
        """How it stands."""
        self._key.show()

    def end(self) -> None:
        """No passphrase stays behind."""
        self.fields.edit.clear()


CLAUSES = ClauseWords(
    "Clauses",
    "The clauses people sign. A signature stays with the version that was signed.",
    "&Clause",
    "the chair confirms",
    (ClauseKind.MEMBER, ClauseKind.OCCASIONAL, ClauseKind.OBSERVER),
)
MATRIX = MatrixWords(
    "The matrix used to assess cases here. An assessment keeps the version it was made with; nothing is recalculated.",
    "No case can be assessed here until one is loaded.",
    "It is an example: no police force publishes its own. The partnership may load the one its police use.",
)
PARTNERSHIP = Part(
    "partnership",
    "Partnership and boards",
    "These names are on every paper.",
    beside=(("partnership", 2), ("town", 1)),
)
MEETING = Part(
    "meeting",
    "Meeting",
    "Changes do not affect a meeting that is already planned.",
    beside=(("slot_starts", 0), ("slot_ends", 0)),
)
CLOCKS = Part(
    "clocks",
    "Deadlines",
    "When a case is overdue. A change applies to all cases straight away.",
)
ASSESSMENTS = Part(
    "assessments",
    "Assessments",
    "Older assessments are shown with a warning on the case. These limits are examples: set your own.",
)
PROTOCOL = Part(
    "protocol",
    "Information sharing protocol",
    "People who signed an older version, or whose signature has expired, are listed on Home "
    "and have the clause read out.",
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
    f"{HIDE.shown} hides everything at once. The program also locks after a time without use, "
    "and when the computer locks, sleeps or switches user.",
)


class SettingsPage(SettingsShell):
    """What a partnership can change."""

    STEM = "settings"
    RECORDS = (FILE,)
    SECTIONS = (
        Section("partnership", "Partnership", "landmark", (PARTNERSHIP,)),
        Section("meeting", "Meeting", "calendar-days", (MEETING,)),
        Section("clocks", "Deadlines", "hourglass", (CLOCKS, ASSESSMENTS)),
        Section(
            "areas",
            "Areas of work",
            "layers",
            (Part("areas", "Areas of work", "Safety Net cases are counted under these areas."),),
        ),
        Section("protocol", "Sharing protocol", "file-check", (PROTOCOL, Part("disclosure"))),
        Section("records", "Records", "calendar-clock", (KEPT,)),
        Section("clauses", "Clauses", "scroll-text"),
        Section("matrix", "Risk matrix", "trending-up"),
        Section("computer", "This computer", "key-round"),
        Section("locking", "Locking", "lock", (LOCKING,)),
        Section(
            "appearance",
            "Appearance",
            "monitor",
            (Part("appearance", "Appearance", "Applied at once to the whole program."),),
        ),
    )
    OWN_ROWS: ClassVar = {
        "bodies": BodiesRow,
        "agenda_minutes": AgendaMinutesRow,
        "hide_from_capture": CaptureRow,
        "text_size": TextSizeRow,
    }

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        self._ask = ask or Ask()
        super().__init__(context)

    def own_panel(self, key: str) -> Panel:
        """The clause texts, the risk matrix, or this computer."""
        if key == "clauses":
            return ClausesPanel(self._context, CLAUSES)
        if key != "matrix":
            return ComputerPanel(self._context)
        panel = MatrixPanel(self._context, self._ask, load_matrix, MATRIX)
        panel.loaded.connect(self._ui.done_bar.say)
        return panel

    def bar_state(self) -> BarState:
        """Where we are."""
        session = self._context.session
        return BarState(
            title=settings(session).partnership, subtitle=screen_day(session.today, session.today), headline="Settings"
        )

    def strip_text(self) -> str:
        """What happens to a change."""
        return "Encrypted on this laptop. Changes are saved when you leave a field."
