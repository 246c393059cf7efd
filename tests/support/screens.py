"""Pictures of widgets at every size and look, and what is wrong with them that an eye might miss."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from csp_desktop.gui.meeting.action_column import ActionsColumn
from csp_desktop.gui.meeting.case_view import CaseView
from csp_desktop.gui.style import style
from csp_desktop.gui.style.painting import Painted
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme
from csp_desktop.gui.widgets.buttons import PrimaryButton
from csp_desktop.gui.widgets.labels import ElidedLabel
from tests.support.patience import SECONDS

SIZES = {"1366x768": QSize(1366, 768), "1600x900": QSize(1600, 900), "640x360": QSize(640, 360)}
LOOKS = {"light": Theme(LIGHT), "dark": Theme(DARK)}
_ACTING = (QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)


def picture(widget: QWidget, size: QSize, path: Path) -> Path:
    """Show the widget at this size, let it settle, and save what it looks like."""
    settle(widget, size)
    path.parent.mkdir(parents=True, exist_ok=True)
    widget.grab().save(str(path))
    return path


def settle(widget: QWidget, size: QSize) -> None:
    """Show at a size without a window manager's help."""
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.resize(size)
    widget.show()
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def every_picture(make: Callable[[], QWidget], name: str, folder: Path) -> list[Path]:
    """The widget light and dark at 1366×768 and 1600×900; `make` is called anew for each look."""
    app, taken = QApplication.instance(), []
    assert isinstance(app, QApplication)
    for look, theme in LOOKS.items():
        style.apply(app, theme)
        for label in ("1366x768", "1600x900"):
            widget = make()
            taken.append(picture(widget, SIZES[label], folder / f"{name}-{look}-{label}.png"))
            widget.close()
            widget.deleteLater()
    style.apply(app, Theme())
    return taken


def picture_at_scale_two(module: str, function: str, path: Path) -> Path:
    """`module.function()` makes the widget in a child process at scale factor 2 on a 640×360 screen."""
    code = (
        "import sys; from pathlib import Path; from importlib import import_module\n"
        "from csp_desktop.gui.window.application import make_application\n"
        "from tests.support.screens import SIZES, picture\n"
        "app = make_application(['test'])\n"
        "made = getattr(import_module(sys.argv[1]), sys.argv[2])()\n"
        "picture(made, SIZES['640x360'], Path(sys.argv[3]))\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2"}
    words = [sys.executable, "-c", code, module, function, str(path)]
    subprocess.run(words, check=True, env=environment, timeout=SECONDS)
    return path


def clipped_texts(widget: QWidget) -> list[str]:
    """Words that are cut off and nobody would know: labels, buttons and painted widgets narrower or lower than their
    text. What is elided counts as whole only when the tooltip or the accessible name has all of it."""
    return [text for child in [widget, *widget.findChildren(QWidget)] if child.isVisible() for text in _cut(child)]


def _cut(child: QWidget) -> list[str]:
    if isinstance(child, QScrollArea):
        never = child.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        inside = child.widget()
        wide = inside is not None and inside.width() > child.viewport().width()
        return [f"wider than its column: {child.objectName()}"] if never and wide else []
    if isinstance(child, ElidedLabel):
        return [] if child.accessibleName() == child.text() else [child.text()]
    if isinstance(child, QLabel) and child.text():
        return [child.text()] if _label_is_cut(child) else []
    if isinstance(child, QAbstractButton):
        least = child.minimumSizeHint()
        small = child.width() < least.width() or child.height() < least.height()
        return [child.text() or child.accessibleName()] if child.text() and small else []
    if isinstance(child, Painted):
        least = child.minimumSizeHint()
        if child.width() < least.width() or child.height() < least.height():
            return [child.accessibleName() or type(child).__name__]
        return [text for text in child.elided_texts() if text not in child.toolTip()]
    return []


def _label_is_cut(label: QLabel) -> bool:
    area = label.contentsRect()
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + 1
    metrics = QFontMetricsF(label.font())
    words = label.text().replace("&", "") if label.buddy() is not None else label.text()  # the mark of a mnemonic
    widest = max(metrics.horizontalAdvance(line) for line in words.splitlines() or [""])
    return widest > area.width() + 1 or metrics.height() > area.height() + 2


def sideways(widget: QWidget) -> list[str]:
    """What scrolls sideways, and what a column that scrolls up and down cuts at its right edge. There is no table
    among our screens that needs it."""
    found = []
    for area in widget.findChildren(QAbstractScrollArea):
        if not area.isVisibleTo(widget):
            continue
        if beyond := area.horizontalScrollBar().maximum():
            found.append(f"{_named(area)} scrolls sideways, {beyond} px")
        inside = area.widget() if isinstance(area, QScrollArea) else None
        for child in inside.findChildren(QWidget) if inside is not None else ():
            right = child.mapTo(area.viewport(), QPoint(0, 0)).x() + child.width()
            own = isinstance(child.parentWidget(), QAbstractScrollArea) or child.isWindow()
            if child.isVisibleTo(widget) and not own and right > area.viewport().width():
                found.append(f"{_named(child)} lies beyond the edge of its column")
    return found


def _named(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName() or widget.accessibleName()}".strip()


def not_whole(widget: QWidget) -> list[str]:
    """The next steps of which a part is out of sight: 'Read back: 99×12 of 99×40'."""
    found = []
    for button in widget.findChildren(PrimaryButton):
        seen = button.visibleRegion().boundingRect()
        if button.isVisible() and seen != button.rect():
            sizes = f"{seen.width()}×{seen.height()} of {button.width()}×{button.height()}"
            found.append(f"{button.words()}: {sizes}")
    return found


def scrolls_twice(widget: QWidget) -> list[str]:
    """What scrolls up and down in a column that does the same; a text one types in may, for its caret."""
    found = []
    for area in widget.findChildren(QAbstractScrollArea):
        above = area.parentWidget()
        while above is not None and not (isinstance(above, QScrollArea) and above.verticalScrollBar().maximum()):
            above = above.parentWidget()
        typed = isinstance(area, QPlainTextEdit | QTextEdit)
        if above is not None and not typed and area.isVisibleTo(widget) and area.verticalScrollBar().maximum():
            found.append(f"{_named(area)} scrolls in a column that scrolls")
    return found


def unnamed_controls(widget: QWidget) -> list[str]:
    """Things one can act on that a screen reader cannot name."""
    found = []
    for child in [widget, *widget.findChildren(QWidget)]:
        painted = isinstance(child, Painted) and bool(child.focusPolicy() & Qt.FocusPolicy.TabFocus)
        acts = isinstance(child, _ACTING) or painted
        if not acts or child.objectName().startswith("qt_") or not child.isVisibleTo(widget):
            continue
        spoken = QAccessible.queryAccessibleInterface(child)
        if spoken is None or not spoken.text(QAccessible.Text.Name).strip():
            found.append(f"{type(child).__name__} {child.objectName()}".strip())
    return found


def shared_mnemonics(widget: QWidget) -> list[str]:
    """Letters that more than one thing to be seen answers to: 'Alt+V: Meets every, Usual venue'."""
    answering: dict[str, list[str]] = {}
    for child in widget.findChildren(QWidget):
        label = isinstance(child, QLabel) and child.buddy() is not None
        if not child.isVisibleTo(widget) or not (label or isinstance(child, QAbstractButton)):
            continue
        words = str(child.property("text"))
        if letter := QKeySequence.mnemonic(words).toString():
            answering.setdefault(letter, []).append(words.replace("&", ""))
    return [f"{letter}: {', '.join(words)}" for letter, words in answering.items() if len(words) > 1]


PROSE = "The neighbour heard the same threats again on 23 November. Risk is not coming down; Housing serves a notice."


def too_little_to_write_in(widget: QWidget) -> list[str]:
    """At 1366×768 the minute takes eight lines of fifty letters, with two actions agreed now and last month's minute in
    sight; what the chair reads has capitals of 25 px."""
    view, side = widget.findChild(CaseView), widget.findChild(ActionsColumn)
    assert isinstance(view, CaseView) and isinstance(side, ActionsColumn)
    room, metrics = view.note.viewport(), QFontMetricsF(view.note.font())
    lines = int(room.height() // metrics.lineSpacing())
    letters = int(
        (room.width() - 2 * view.note.document().documentMargin()) // (metrics.horizontalAdvance(PROSE) / len(PROSE))
    )
    found = [f"{lines} lines of {letters} letters"] if lines < 8 or letters < 50 else []
    agreed = [card for card in side.cards if card.isVisibleTo(widget) and whole_in(card, widget)]
    found += [] if len(agreed) >= 2 else ["two actions agreed now are not in sight"]
    found += [] if whole_in(view._last_heading, widget) else ["last month's minute is not in sight"]
    capitals = QFontMetricsF(view.title.font()).capHeight()
    return found + ([] if capitals >= 25 else [f"the title's capitals are {capitals:.1f} px"])


def whole_in(child: QWidget, window: QWidget) -> bool:
    return child.visibleRegion().boundingRect() == child.rect() and window.rect().contains(
        QRect(child.mapTo(window, QPoint(0, 0)), child.size())
    )
