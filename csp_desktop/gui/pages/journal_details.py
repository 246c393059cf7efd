"""One step of the journal, record by record: what each field was, and what it became."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import current
from csp_desktop.gui.widgets.scroll import Scroll
from csp_desktop.services.reading_journal import ChangeRow, FieldRow
from csp_desktop.services.words_of_records import NOTHING

ONE_LINE = 40  # letters of both values
MOST_LETTERS = 600  # of one value; notes can be long


def show_changes(scroll: Scroll, changes: Sequence[ChangeRow], total: int) -> None:
    """Put these records in place of those shown before."""
    body = scroll.body
    body.setContentsMargins(0, 0, current().px(10), 0)
    body.setSpacing(current().px(3))
    while body.count():
        item = body.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    for number, change in enumerate(changes):
        if number:
            line = QFrame()
            set_role(line, "line")
            body.addSpacing(current().px(7))
            body.addWidget(line)
            body.addSpacing(current().px(7))
        for part in _parts(change):
            body.addWidget(part)
    if total > len(changes):
        body.addWidget(_label(f"And {total - len(changes)} more records.", "second"))
    body.addStretch(1)
    scroll.verticalScrollBar().setValue(0)


def _parts(change: ChangeRow) -> list[QWidget]:
    parts: list[QWidget] = [_label(f"{change.title}, {change.verb}", "strong")]
    if change.erased:
        parts.append(_label("Its values were erased; that something was done, and when, stays.", "second"))
    for row in change.fields:
        parts += _field(row, change.verb)
    return parts


def _field(row: FieldRow, verb: str) -> list[QWidget]:
    name = _label(row.name[:1].upper() + row.name[1:], "caption")
    if verb != "changed":
        return [name, _label(_short(row.after if verb == "added" else row.before), "body")]
    before, after = _short(row.before), _short(row.after)
    if len(before) + len(after) <= ONE_LINE:
        return [name, _label(f"{before}  →  {after}", "body")]
    return [name, _label(f"was  {before}", "second"), _label(f"now  {after}", "body")]


def _short(words: str) -> str:
    words = words or NOTHING
    return words if len(words) <= MOST_LETTERS else words[:MOST_LETTERS].rstrip() + " …"


def _label(words: str, role: str) -> QLabel:
    label = QLabel(words)
    set_role(label, role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return label
