"""Inter, registered with Qt from the program's own resources, so that every machine draws the same page."""

from PySide6.QtGui import QFontDatabase

from csp_desktop._built import csp_rc  # noqa: F401 - brings the fonts with it

WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")


def register() -> list[str]:
    """Make the fonts known; the family names found. Called once, before the first widget is drawn."""
    families: list[str] = []
    for weight in WEIGHTS:
        number = QFontDatabase.addApplicationFont(f":/fonts/Inter-{weight}.ttf")
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families
