"""Inter, registered with Qt from the program's own resources, so that every machine draws the same page."""

from pathlib import Path

from PySide6.QtCore import QFile
from PySide6.QtGui import QFontDatabase

WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")


def register() -> list[str]:
    """Make the fonts known; the family names found. Called once, before the first widget is drawn."""
    families: list[str] = []
    for weight in WEIGHTS:
        number = QFontDatabase.addApplicationFont(font_path(weight))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families


def font_path(weight: str) -> str:
    """Where one weight lies: in the compiled resources, or beside the sources in a clone not yet built."""
    compiled = f":/fonts/Inter-{weight}.ttf"
    if QFile.exists(compiled):
        return compiled
    return str(Path(__file__).parents[2] / "resources" / "fonts" / f"Inter-{weight}.ttf")
