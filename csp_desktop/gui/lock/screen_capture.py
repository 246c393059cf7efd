"""Keeping a window out of pictures of the screen. Windows can; no other system has a way that holds."""

import sys

from PySide6.QtWidgets import QWidget

IS_POSSIBLE = sys.platform == "win32"
SENTENCE = (
    ("Windows only: screenshots, recordings and shared screens show a black window. A projector shows it normally.")
    if IS_POSSIBLE
    else "Windows only: on this system screenshots and shared screens cannot be blocked."
)
_NOTHING, _BLACK, _LEFT_OUT = 0x00, 0x01, 0x11


def keep_out(window: QWidget, on: bool) -> bool:
    """Switch it; whether the system did."""
    if sys.platform != "win32":
        return False
    import ctypes

    handle = int(window.winId())
    wanted = (_LEFT_OUT, _BLACK) if on else (_NOTHING,)  # before Windows 10 of 2020 a window can only be blackened
    return any(ctypes.windll.user32.SetWindowDisplayAffinity(handle, how) for how in wanted)
