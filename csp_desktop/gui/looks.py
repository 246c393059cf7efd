"""The look a partnership has chosen, put in force."""

from PySide6.QtWidgets import QApplication

from csp_desktop.domain.settings import Settings
from csp_desktop.gui import style
from csp_desktop.gui.theme import DARK, LIGHT, Theme, current, is_private, private


def theme_for(settings: Settings) -> Theme:
    """Light or dark, at the text size of the settings; in plum where plum is in force."""
    tokens = DARK if settings.theme == "dark" else LIGHT
    return Theme(private(tokens) if is_private(current().tokens) else tokens, settings.text_size / 100)


def apply_look(settings: Settings) -> bool:
    """Put the chosen look in force; whether it was another before."""
    app, theme = QApplication.instance(), theme_for(settings)
    if not isinstance(app, QApplication) or theme == current():
        return False
    style.apply(app, theme)
    return True
