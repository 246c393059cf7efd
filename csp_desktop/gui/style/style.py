"""The look a partnership has chosen, put in force.

The program's one style sheet, made from the theme, and `apply`, which puts a theme in force.

Everything is keyed by the dynamic property `role`, so a form says what a thing is and never how it looks:
labels   title title-small heading subheading label strong body second caption small count
         accent high medium low error clause clause-large struck put-right
frames   card sunken chosen rail side work surface canvas bar line footer foot entry entry-focused
         bar-high bar-medium bar-low bar-neutral bar-accent told
fields   search bare large note clause-text (any field with state "error" has a red border)      lists   entries plain
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from csp_desktop.gui.style import icons
from csp_desktop.gui.style.theme import (
    BOLD,
    CONTRAST,
    DARK,
    FIXED,
    LIGHT,
    MEDIUM,
    REGULAR,
    SEMIBOLD,
    Theme,
    Tokens,
    current,
    is_private,
    private,
    put_in_force,
)

if TYPE_CHECKING:
    from csp_desktop.domain.people.settings import Settings


def apply(app: QApplication, theme: Theme) -> None:
    """Put a theme in force everywhere. Costs a full restyle: at start and from Settings only, never per row."""
    put_in_force(theme)
    app.setPalette(palette(theme.tokens))
    app.setFont(theme.font(13))
    app.setStyleSheet(sheet(theme))


def set_role(widget: QWidget, role: str) -> None:
    """Say what a widget is; once shown it takes that look at once."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # dressed when it is first shown
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def palette(tokens: Tokens) -> QPalette:
    """For everything the sheet leaves to Fusion: menus, spin boxes, check boxes, calendars."""
    made, role = QPalette(), QPalette.ColorRole
    colours = {
        role.Window: tokens.bg,
        role.WindowText: tokens.ink,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken,
        role.Text: tokens.ink,
        role.Button: tokens.surface,
        role.ButtonText: tokens.ink,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.ToolTipBase: tokens.ink,
        role.ToolTipText: tokens.surface,
        role.PlaceholderText: tokens.ink3,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Accent: tokens.accent,
        role.Light: tokens.surface,
        role.Midlight: tokens.sunken,
        role.Mid: tokens.line,
        role.Dark: tokens.line2,
        role.Shadow: tokens.line2,
        role.BrightText: tokens.high,
    }
    for which, value in colours.items():
        made.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.ink3))
    return made


_LABELS = {
    "title-large": (36, BOLD, "ink"),  # read by the chair from across the table
    "title": (34, BOLD, "ink"),
    "title-small": (26, BOLD, "ink"),
    "heading": (18, SEMIBOLD, "ink"),
    "subheading": (16, SEMIBOLD, "ink"),
    "label": (13, SEMIBOLD, "ink2"),
    "strong": (13, SEMIBOLD, "ink"),
    "body": (14, REGULAR, "ink"),
    "second": (13, REGULAR, "ink2"),
    "caption": (12, REGULAR, "ink3"),
    "small": (11, REGULAR, "ink3"),
    "accent": (15, SEMIBOLD, "accent"),
    "high": (13, SEMIBOLD, "high"),
    "medium": (13, SEMIBOLD, "medium"),
    "low": (13, SEMIBOLD, "low"),
    "error": (13, MEDIUM, "high"),
    "sign": (12, MEDIUM, "medium"),
    "clause": (20, REGULAR, "ink"),
    "clause-large": (32, REGULAR, "ink"),
    "count": (16, SEMIBOLD, "ink3"),
}
_CORRECTED = {"struck": ("high", "line-through"), "put-right": ("low", "underline")}  # ink and line, on its own ground


def sheet(theme: Theme) -> str:
    """The style sheet for this theme."""
    parts = (_labels, _frames, _fields, _field_buttons, _choices, _floating, _lists, _scroll_bars)
    return "\n".join(part(theme) for part in parts)


def _labels(theme: Theme) -> str:
    rules = [f"QLabel {{ color: {theme.tokens.ink}; background: transparent; }}"]
    for role, (size, weight, ink) in _LABELS.items():
        spacing = " letter-spacing: -0.6px;" if size >= 24 else ""
        rules.append(
            f'QLabel[role="{role}"] {{ font-size: {theme.px(size)}px; font-weight: {weight};'
            f" color: {getattr(theme.tokens, ink)};{spacing} }}"
        )
    for role, (tone, line) in _CORRECTED.items():
        ink, ground = getattr(theme.tokens, tone), getattr(theme.tokens, f"{tone}_bg")
        rules.append(
            f'QLabel[role="{role}"] {{ font-size: {theme.px(13)}px; font-weight: {SEMIBOLD}; color: {ink};'
            f" background: {ground}; text-decoration: {line}; padding: {theme.px(1)}px {theme.px(3)}px; }}"
        )
    return "\n".join(rules)


def _frames(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    rules = [
        f"QMainWindow, QDialog, QWidget#page, QStackedWidget {{ background: {t.bg}; }}",
        f'QFrame[role="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {px(12)}px; }}',
        f'QFrame[role="sunken"] {{ background: {t.sunken}; border: 1px solid {t.line}; border-radius: {px(9)}px; }}',
        f'QFrame[role="gap"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {px(9)}px; }}',
        f'QFrame[role="chosen"] {{ background: {t.tint}; border: 2px solid {t.accent}; border-radius: {px(9)}px; }}',
        f'QFrame[role="rail"] {{ background: {t.surface}; border: none; border-right: 1px solid {t.line}; }}',
        f'QFrame[role="side"] {{ background: {t.surface}; border: none; border-left: 1px solid {t.line}; }}',
        f'QFrame[role="surface"] {{ background: {t.surface}; border: none; }}',
        f'QFrame[role="work"] {{ background: {t.bg}; border: none; }}',
        f'QFrame[role="canvas"] {{ background: {t.canvas}; border: none; }}',
        f'QFrame[role="bar"] {{ background: {t.bar}; border: none; }}',
        f'QFrame[role="line"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}',
        f'QFrame[role="footer"] {{ background: transparent; border: none; border-top: 1px solid {t.line};'
        f" margin: 0 {px(13)}px; }}",
        f'QFrame[role="entry"] {{ background: {t.surface}; border: 2px solid {t.line2}; border-radius: {px(9)}px; }}',
        f'QFrame[role="entry-focused"] {{ background: {t.surface}; border: 2px solid {t.accent};'
        f" border-radius: {px(9)}px; }}",
    ]
    rules.append(f'QFrame[role="foot"] {{ background: {t.surface}; border: none; border-top: 1px solid {t.line2}; }}')
    rules.append(
        f'QLabel[role="told"] {{ background: {t.medium_bg}; color: {t.ink}; border: 1px solid {t.medium};'
        f" border-radius: {px(9)}px; padding: {px(8)}px {px(12)}px; }}"
    )
    for name, ground, edge in (
        ("high", t.high_bg, t.high),
        ("medium", t.medium_bg, t.medium),
        ("low", t.low_bg, t.low_bg),
        ("neutral", t.sunken, t.line),
        ("accent", t.tint, t.accent),
    ):
        rules.append(
            f'QFrame[role="bar-{name}"] {{ background: {ground}; border: 1px solid {edge}; border-radius: {px(9)}px; }}'
        )
    return "\n".join(rules)


def _fields(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    boxed = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QTimeEdit"
    return f"""
{boxed} {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line2}; border-radius: {px(6)}px;
  padding: 0 {px(9)}px; font-size: {px(14)}px; selection-background-color: {t.accent};
  selection-color: {t.on_accent}; }}
QLineEdit, QComboBox, QSpinBox, QTimeEdit {{ min-height: {px(32)}px; }}
QPlainTextEdit, QTextEdit {{ padding: {px(5)}px; }}
{_each(boxed, ":focus")} {{ border: 2px solid {t.accent}; padding: 0 {px(8)}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: {px(4)}px; }}
{_each(boxed, ":disabled")} {{ background: {t.sunken}; color: {t.ink3}; }}
{_each(boxed, '[state="error"]')} {{ border: 2px solid {t.high}; }}
QLineEdit[role="search"] {{ background: {t.sunken}; border-radius: {px(8)}px; padding: 0; }}
QLineEdit[role="search"]:focus {{ background: {t.surface}; padding: 0; }}
QLineEdit[role="large"] {{ font-size: {px(20)}px; min-height: {px(52)}px; border-radius: {px(9)}px; }}
QLineEdit[role="in-line"] {{ min-height: {px(22)}px; font-size: {px(13)}px; }}
QLineEdit[role="bare"], QLineEdit[role="bare"]:focus {{ border: none; background: transparent; padding: 0;
  min-height: {px(26)}px; font-size: {px(16)}px; }}
QPlainTextEdit[role="bare"], QPlainTextEdit[role="bare"]:focus {{ border: none; background: transparent; padding: 0;
  font-size: {px(16)}px; }}
QPlainTextEdit[role="note"], QPlainTextEdit[role="note"]:focus {{ border: none; background: transparent;
  font-size: {px(18)}px; padding: 0; }}
"""


def _field_buttons(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    arrow, upward = icons.path("control-chevron-down"), icons.path("control-chevron-up")
    return f"""
QComboBox::drop-down {{ border: none; width: {px(26)}px; subcontrol-position: right center; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: {px(16)}px; height: {px(16)}px; }}
QSpinBox::up-button, QTimeEdit::up-button {{ subcontrol-origin: border; subcontrol-position: top right;
  width: {px(26)}px; height: {px(16)}px; border: none; }}
QSpinBox::down-button, QTimeEdit::down-button {{ subcontrol-origin: border; subcontrol-position: bottom right;
  width: {px(26)}px; height: {px(16)}px; border: none; }}
QSpinBox::up-arrow, QTimeEdit::up-arrow {{ image: url("{upward}"); width: {px(14)}px; height: {px(14)}px; }}
QSpinBox::down-arrow, QTimeEdit::down-arrow {{ image: url("{arrow}"); width: {px(14)}px; height: {px(14)}px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line2};
  selection-background-color: {t.tint}; selection-color: {t.ink}; outline: 0; padding: {px(4)}px; }}
"""


def _choices(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    tick = icons.path("control-check-dark" if t.dark else "control-check-light")
    return f"""
QCheckBox, QRadioButton {{ color: {t.ink}; spacing: {px(9)}px; font-size: {px(14)}px; min-height: {px(24)}px; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.ink3}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {t.accent}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(16)}px; height: {px(16)}px; background: {t.surface};
  border: 1px solid {t.line2}; }}
QCheckBox::indicator {{ border-radius: {px(4)}px; }}
QRadioButton::indicator {{ border-radius: {(px(16) + 2) // 2}px; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 2px solid {t.accent};
  width: {px(16) - 2}px; height: {px(16) - 2}px; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent}; image: url("{tick}"); }}
QRadioButton::indicator:checked {{ border: {px(5)}px solid {t.accent}; width: {px(18) - 2 * px(5)}px;
  height: {px(18) - 2 * px(5)}px; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ background: {t.sunken}; border-color: {t.line2}; }}
QCheckBox::indicator:checked:disabled {{ background: {t.ink3}; border-color: {t.ink3}; }}
"""


def _floating(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    return f"""
QProgressBar {{ background: {t.line}; border: none; border-radius: {px(3)}px;
  max-height: {px(6)}px; color: transparent; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: {px(3)}px; }}
QToolTip {{ background: {t.ink}; color: {t.surface}; border: none; padding: {px(5)}px {px(8)}px;
  font-size: {px(12)}px; }}
QMenu {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line2}; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(6)}px {px(20)}px; border-radius: {px(6)}px; }}
QMenu::item:selected {{ background: {t.tint}; }}
"""


def _each(selectors: str, state: str) -> str:
    """The same state for each of several selectors."""
    return ", ".join(f"{selector}{state}" for selector in selectors.split(", "))


def _lists(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    return f"""
QListView[role="entries"] {{ background: transparent; border: none; outline: 0; }}
QListView, QTreeView, QTableView {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line};
  border-radius: {px(9)}px; outline: 0; gridline-color: {t.line}; font-size: {px(13)}px;
  selection-background-color: {t.tint}; selection-color: {t.ink}; }}
QListView[role="plain"], QTableView[role="plain"] {{ border: none; background: transparent; border-radius: 0; }}
QTableView:focus, QTreeView:focus {{ border-color: {t.accent}; }}
QTableView::item {{ padding: {px(4)}px {px(8)}px; border-bottom: 1px solid {t.line}; }}
QTableView::item:selected {{ background: {t.tint}; color: {t.ink}; }}
QHeaderView {{ background: {t.sunken}; border: none; }}
QHeaderView::section {{ background: {t.sunken}; color: {t.ink2}; border: none; border-bottom: 1px solid {t.line};
  padding: {px(7)}px {px(8)}px; font-size: {px(12)}px; font-weight: 600; text-align: left; }}
QTableCornerButton::section {{ background: {t.sunken}; border: none; }}
QTabBar::tab {{ padding: {px(8)}px {px(14)}px; color: {t.ink2}; border: none; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {t.accent}; border-bottom-color: {t.accent}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
"""


def _scroll_bars(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    return f"""
QScrollArea, QScrollArea > QWidget > QWidget[role="scrolled"] {{ background: transparent; border: none; }}
QScrollArea[role="clause-text"] {{ border-left: 2px solid transparent; }}
QScrollArea[role="clause-text"]:focus {{ border-left-color: {t.accent}; background: {t.tint}; }}
QScrollBar:vertical {{ background: transparent; width: {px(10)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(10)}px; margin: 0; }}
QScrollBar::handle {{ background: {t.line2}; border-radius: {px(3)}px; margin: 2px; min-height: {px(28)}px;
  min-width: {px(28)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def tokens_of(look: str) -> Tokens:
    """A look by its name in the settings; "system" is what the computer asks for now, strong contrast first."""
    if look in FIXED:
        return FIXED[look]
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return CONTRAST
    return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT


def theme_for(settings: "Settings") -> Theme:
    """The look of the settings at their text size; in plum where plum is in force."""
    tokens = tokens_of(settings.theme)
    return Theme(private(tokens) if is_private(current().tokens) else tokens, settings.text_size / 100)


def apply_look(settings: "Settings") -> bool:
    """Put the chosen look in force; whether it was another before."""
    app, theme = QApplication.instance(), theme_for(settings)
    if not isinstance(app, QApplication) or theme == current():
        return False
    apply(app, theme)
    return True
