"""A meeting held by keyboard alone, with a screen reader's ears for eyes: real keys, a real window, AT-SPI."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.beside_reader import CASES, HANNAH, PASSPHRASE, PEOPLE
from tests.support.desktop import Desktop, desktop, shown
from tests.support.screen_reader import ScreenReader, Thing, screen_reader


def headings(seen: list[Thing]) -> list[tuple[str, str]]:
    return [(thing.level, thing.name) for thing in seen if thing.role == "heading"]


@pytest.fixture(scope="module")
def table() -> Iterator[tuple[Desktop, ScreenReader]]:
    with desktop() as made, screen_reader(made) as reader:
        yield made, reader


def look(reader: ScreenReader) -> list[Thing]:
    seen = reader.everything()
    print(headings(seen), [(t.role, t.name) for t in seen if t.focused])
    return seen


def test_a_meeting_by_keyboard_alone(table: tuple[Desktop, ScreenReader], tmp_path: Path) -> None:
    keys, reader = table
    with shown(keys, "tests.scenarios.beside_reader", tmp_path / "partnership", tmp_path) as window:
        window.until(lambda now: now["up"], "the window")
        reader.until_at("Name")
        look(reader)
        keys.write(HANNAH)
        keys.press("Tab")
        reader.until_at("Passphrase")
        keys.write("wrong words")
        keys.press("Return")
        reader.until_said("")
        look(reader)
