"""Inter, registered with Qt from the files shipped, so that every machine draws the same page. As files and not among
the compiled resources: Qt reads a font in less time than Python hands it one.
"""

import os

from PySide6.QtGui import QFontDatabase

from csp_desktop import _built

FOLDER = os.path.join(os.path.dirname(_built.__file__), "data", "fonts")
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")


def register() -> list[str]:
    """Make the fonts known; the family names found. Called once, before the first widget is drawn."""
    families: list[str] = []
    for weight in WEIGHTS:
        number = QFontDatabase.addApplicationFont(os.path.join(FOLDER, f"Inter-{weight}.ttf"))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families
