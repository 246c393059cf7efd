"""A settings page: its sections at the left, the rows of one section at the right, drawn from the tables of fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from csp_desktop._built.ui_settings import Ui_Settings
from csp_desktop.domain.common.days import clock_seconds
from csp_desktop.gui.settings_base.rows import Record, Row, Saver, row_for
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import apply_look, set_role
from csp_desktop.gui.style.theme import Theme, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.window.actions import BACK, CHOOSE, HELP, NEXT, OPEN, UNDO, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.writing import WRITING
from csp_desktop.services.people.settings import settings
from csp_desktop.services.ports.work import Step


@dataclass(frozen=True)
class Part:
    """What stands under one heading: the fields of this name in the tables, in their order. Those that stand
    `beside` one another take their shares of the width.
    """

    fields: str
    heading: str = ""
    words: str = ""
    beside: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Section:
    """One entry of the list at the left. Without parts its panel is a widget of its own."""

    key: str
    title: str
    icon: str
    parts: tuple[Part, ...] = ()


class Panel(QFrame):
    """A section's widget of its own; `saved` after each change that went in."""

    saved = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "surface")

    def fill(self) -> None:
        """As the file has it."""

    def end(self) -> None:
        """The page is left: what is typed must be on disk."""


class SettingsShell(Page):
    """Entered with a section's key ("clauses"), or without one for the section shown last."""

    STEM: ClassVar[str]
    SECTIONS: ClassVar[tuple[Section, ...]]
    RECORDS: ClassVar[tuple[Record, ...]]
    OWN_ROWS: ClassVar[Mapping[str, Callable[[Any, Saver], Row]]] = {}
    ACTIONS = (
        UNDO,
        NEXT.called("next field", "next field"),
        OPEN.called("into the section", "into the section"),
        *called(CHOOSE, "choose a section", "section"),
        *WRITING,
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._section = self.SECTIONS[0].key
        self._ui = ui = Ui_Settings()
        ui.setupUi(self)
        ui.columns.set_columns(None, ui.work_frame)
        ui.columns.set_names(work="settings")
        ui.panel_scroll.body.setContentsMargins(0, 0, 0, 0)
        ui.sections_view.set_entries([Entry(one.key, one.title, icon=one.icon) for one in self.SECTIONS])
        self._savers = [Saver(context.session, record, self) for record in self.RECORDS]
        self.rows: dict[str, Row] = {}
        self.panels: dict[str, QFrame] = {}
        for section in self.SECTIONS:
            self.panels[section.key] = self._drawn(section.parts) if section.parts else self.own_panel(section.key)
            ui.panel_scroll.body.addWidget(self.panels[section.key])
        self._look_before = current()
        self._connect()

    def own_panel(self, key: str) -> Panel:
        """The widget of a section without parts."""
        return Panel()

    def _connect(self) -> None:
        ui = self._ui
        ui.sections_view.current_moved.connect(self._show_section)
        ui.sections_view.chosen.connect(self._go_into)
        for saver in self._savers:
            saver.saved.connect(self._saved)
        for panel in self._own_panels():
            panel.saved.connect(self._saved)
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("settings", "people")

    def _drawn(self, parts: tuple[Part, ...]) -> QFrame:
        panel = QFrame()
        set_role(panel, "surface")
        items: list[QWidget | QLayout | None] = []
        for part in parts:
            items += [text_label(part.heading, "heading")] if part.heading else []
            items += [text_label(part.words, "second")] if part.words else []
            items += self._rows_of(part)
        panel.setLayout(vbox(*items, None, spacing=12, margins=(16, 12, 16, 12)))
        return panel

    def _rows_of(self, part: Part) -> list[QWidget | QLayout | None]:
        rows = {
            field.name: row_for(field, saver, self.OWN_ROWS)
            for saver in self._savers
            for field in saver.record.fields
            if field.section == part.fields
        }
        self.rows |= rows
        beside = [(rows.pop(name), share) for name, share in part.beside]
        if not beside:
            return list(rows.values())
        # no row of several is wide enough for a sentence
        errors = [row.error for row, _ in beside]
        room = [] if all(share for _, share in beside) else [None]
        return [hbox(*beside, *room, spacing=14), *errors, *rows.values()]

    def entered(self, argument: object = None) -> None:
        """The section asked for, the focus on the list of sections."""
        ui = self._ui
        ui.done_bar.dismiss()
        if argument in self.panels:
            self._section = str(argument)
            ui.saved_label.clear()
        self.refresh()
        ui.sections_view.set_current(self._section)
        self._show_section(self._section)
        ui.sections_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """What is typed is saved, or kept as a draft."""
        for row in self.rows.values():
            row.end()
        for panel in self._own_panels():
            panel.end()

    def _own_panels(self) -> list[Panel]:
        return [panel for panel in self.panels.values() if isinstance(panel, Panel)]

    def refresh(self) -> None:
        """Every field as the file has it, but for what waits to be put right."""
        for row in self.rows.values():
            row.try_again()
        for saver in self._savers:
            now = saver.now()
            for row in self.rows.values():
                if row.saver is saver:
                    row.fill(now)
        for panel in self._own_panels():
            panel.fill()
        self.bar_changed.emit()

    def _show_section(self, key: str) -> None:
        if not key:
            return
        self._section = key
        for other, panel in self.panels.items():
            panel.setVisible(other == key)
        self._ui.panel_scroll.verticalScrollBar().setValue(0)

    def _go_into(self, key: str) -> None:
        """Enter on a section: its first field."""
        self._show_section(key)
        panel = self.panels[self._section]
        fields = [child for child in panel.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
        first = next((field for field in fields if field.isVisibleTo(panel) and field.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _saved(self) -> None:
        before = current()
        self._ui.saved_label.set_saved(clock_seconds(self._context.session.now()))
        self._context.changes.tell("settings")
        self._look_again(before)

    def take_back(self) -> Step | None:
        """Remember how everything looks: the last step may have been about that."""
        self._look_before = current()
        return super().take_back()

    def after_undo(self, step: Step) -> None:
        """As it looked before, everywhere."""
        self._look_again(self._look_before)

    def _look_again(self, before: Theme) -> None:
        """Where another look is in force now than `before`, everywhere at once: the window makes its pages anew."""
        apply_look(settings(self._context.session))
        if current() != before:
            self.navigate.emit(self.STEM, self._section)

    def go_back(self) -> None:
        """Escape: from a field to the sections, from there back."""
        if self._ui.panel_scroll.isAncestorOf(self.focusWidget()):
            self._ui.sections_view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().go_back()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower list of sections where the window is narrow."""
        super().resizeEvent(event)
        self._ui.page_title.setVisible(self.height() >= current().px(400))
        self._ui.sections_frame.setFixedWidth(current().px(178 if self._ui.columns.is_single() else 224))
