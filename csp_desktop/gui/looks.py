"""The look a partnership has chosen, put in force."""

from PySide6.QtWidgets import QApplication

from csp_desktop.domain.settings import Settings
from csp_desktop.gui import style
from csp_desktop.gui.theme import DARK, LIGHT, Theme, current


def theme_for(settings: Settings) -> Theme:
    """Light or dark, at the text size of the settings."""
    return Theme(DARK if settings.theme == "dark" else LIGHT, settings.text_size / 100)


def apply_look(settings: Settings) -> bool:
    """Put the chosen look in force; whether it was another before."""
    app, theme = QApplication.instance(), theme_for(settings)
    if not isinstance(app, QApplication) or theme == current():
        return False
    style.apply(app, theme)
    return True
