"""Two callables that are handed through every layer, named once."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]  # the instant it is now, aware
Progress = Callable[[int, int, str], None]  # so many of so many, in words; raises to end the work where it stands


def unheard(done: int, total: int, words: str) -> None:
    """The progress nobody listens to."""
