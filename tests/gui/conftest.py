"""For the windows' tests: what a test showed is gone before the next one, or each would restyle all before it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent


@pytest.fixture(autouse=True)
def windows_go() -> Iterator[None]:
    """pytest-qt closes and asks for deletion; only this carries it out."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
