"""What stood in the record and what stands there instead, struck through on red and underlined on green, never told by
colour alone; and what changed since the draft that whoever approves read, a row for each change.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.common.days import clock, dated_day, local
from csp_desktop.domain.minutes.versions import Correction, CorrectionKind
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.badges import Pill
from csp_desktop.gui.widgets.containers import Scroll
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.window.keys import step_of
from csp_desktop.services.minutes.review import ChangeSince, Reading

FIRST = "You have not read this draft yet."
SAME = "Nothing has changed since you read it."
NOTHING_ELSE = "Nothing else has changed since you read it."
DECISION = "A decision changed"
NOTHING = "nothing"
LONGEST = 90  # letters of a text shown in one correction


class ReviewChanges(Scroll):
    """`chosen` gives the section of the change one stands on. Up and Down go from change to change."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margins=(12, 0, 12, 8))
        self.setObjectName("review_changes")
        self.setAccessibleName("What changed since you last read it")
        self.read_label, self.end_label = text_label("", "caption"), text_label("", "caption")
        self._rows: list[ChangeRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(current().px(6))
        self.body.addWidget(self.read_label)
        self.body.addLayout(self._list)
        self.body.addWidget(self.end_label)
        self.body.addStretch(1)

    def show_reading(self, reading: Reading, pages: int, section_of: Callable[[ChangeSince], tuple[str, str]]) -> None:
        """What the person read and what changed since; `section_of` gives the id and the title of a change's section,
        `pages` how many there are to be read where they read none."""
        for row in self._rows:
            row.hide()
            self._list.removeWidget(row)
            row.deleteLater()
        self._rows = []
        for change in reading.changes:
            section_id, title = section_of(change)
            row = ChangeRow(change, section_id, title, self)
            row.entered.connect(self.chosen)
            row.moved.connect(lambda by, row=row: self._step(row, by))
            self._list.addWidget(row)
            self._rows.append(row)
        self.read_label.setText(_read_words(reading, pages))
        self.end_label.setText(NOTHING_ELSE if reading.changes else "")
        self.end_label.setVisible(bool(reading.changes))

    @property
    def rows(self) -> Sequence["ChangeRow"]:
        """A row for each change."""
        return tuple(self._rows)

    def take_focus(self) -> bool:
        """To the first change; whether there is one."""
        if not self._rows:
            return False
        self._rows[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _step(self, row: "ChangeRow", by: int) -> None:
        place = self._rows.index(row) + by
        if 0 <= place < len(self._rows):
            self._rows[place].setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(self._rows[place])


def _read_words(reading: Reading, pages: int) -> str:
    if reading.mark is None:
        return f"{FIRST} Read all {pages} pages." if pages else FIRST
    at = local(reading.mark.at)
    when = f"{dated_day(at.date())} at {clock(reading.mark.at)}"
    if not reading.changes:
        return f"You read it on {when}. {SAME}"
    who = " and ".join(dict.fromkeys(one.by for one in reading.changes))
    return f"You read it on {when}. {who} made these changes since."


class ChangeRow(QFrame):
    """One change: where, what, from and to, who and when. `entered` gives its section as the focus comes."""

    entered = Signal(str)
    moved = Signal(int)

    def __init__(self, change: ChangeSince, section_id: str, section: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.change, self._section_id = change, section_id
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        at = local(change.at)
        when = text_label(f"{dated_day(at.date())} {clock(change.at)}", "caption", wraps=False)
        title = text_label(section, "label")
        what = text_label(_fact_words(change.what, section), "strong")
        marks = from_to(change.kind, change.before, change.after)
        why = f"Recorded wrongly: {change.reason}" if change.wrongly_recorded else change.reason
        parts: list[QWidget] = [what, *marks]
        if change.decision:
            pill = Pill(self)
            pill.set_text(DECISION, Tone.MEDIUM)
            parts.insert(1, pill)
        parts += [text_label(why, "caption")] if why else []
        self.setLayout(vbox(hbox((title, 1), when), *parts, spacing=3, margins=(10, 8, 10, 8)))
        words = [section, change.what, DECISION if change.decision else "", *(mark.accessibleName() for mark in marks)]
        self.setAccessibleName(". ".join(filter(None, (*words, why))))
        set_role(self, "card")
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Told as the focus comes and goes."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            here = event.type() == QEvent.Type.FocusIn
            set_role(self, "chosen" if here else "card")
            if here:
                self.entered.emit(self._section_id)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes there."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """To the change before, or after."""
        step = step_of(event)
        if step:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


def _fact_words(what: str, section: str) -> str:
    """'Discussion', where the section says already of which case."""
    called, colon, fact = what.rpartition(": ")
    return f"{fact[:1].upper()}{fact[1:]}" if colon and section.endswith(called) else what


def words_of(one: Correction | ChangeSince) -> str:
    """The words of a correction as the page prints them, cut to what differs."""
    before, after = shown(one.before), shown(one.after)
    text: Any = json.loads(one.after) if one.after else ""
    with suppress(ValueError, TypeError):
        return dated_day(date.fromisoformat(text))
    if after == NOTHING or one.kind is not CorrectionKind.CHANGE:
        return "" if after == NOTHING else after
    old, new = before.split(), after.split()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return " ".join(new[start : len(new) - end])


def from_to(kind: CorrectionKind, before: str, after: str) -> list[QLabel]:
    """What stood there struck through, what stands there underlined: never told by colour alone."""
    before, after = shown(before), shown(after)
    if kind is CorrectionKind.CHANGE:
        before, after = differing(before, after)
    found = []
    if before != NOTHING and kind is not CorrectionKind.ADD:
        found.append(marked(before, struck=True))
    if after and kind is not CorrectionKind.REMOVE:
        found.append(marked(after, struck=False))
    return found


def marked(words: str, *, struck: bool) -> QLabel:
    """Words that are no longer there, or that are there instead."""
    label = text_label(words, "struck" if struck else "put-right")
    label.setAccessibleName(f"From: {words}" if struck else f"To: {words}")
    return label


def shown(value: str) -> str:
    """A value of a correction in words: 'nothing', 'Thu 10 Dec', '14:05', or the text."""
    plain: Any = json.loads(value) if value else ""
    if isinstance(plain, list) and all(isinstance(one, dict) for one in plain):
        return ", ".join(str(one.get("name", "")) for one in plain) or NOTHING
    if isinstance(plain, list):
        plain = plain[0]
    if isinstance(plain, dict):
        line = plain.get("line", plain)
        return str(line.get("name", ""))
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    if plain is None or plain == "":
        return NOTHING
    text = str(plain)
    with suppress(ValueError):
        return dated_day(date.fromisoformat(text))
    with suppress(ValueError):
        return clock(datetime.fromisoformat(text))
    return text


def differing(before: str, after: str) -> tuple[str, str]:
    """Of two texts what differs, by whole words with one word around, so that a long text is told in one line."""
    if len(before) <= LONGEST and len(after) <= LONGEST:
        return before, after
    old, new = before.split(), after.split()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    first, last = max(0, start - 1), max(0, end - 1)
    return _cut(old, first, last), _cut(new, first, last)


def _cut(words: list[str], first: int, last: int) -> str:
    kept = " ".join(words[first : len(words) - last])
    kept = kept if len(kept) <= LONGEST else f"{kept[:LONGEST].rstrip()} …"
    return f"{'… ' if first else ''}{kept}{' …' if last else ''}"
