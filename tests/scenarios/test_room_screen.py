"""The room screen on a real desktop: a window manager, a laptop and a projector that comes and goes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desktop import LAPTOP, PROJECTOR, TWIN, Desktop, Shown, desktop, shown

WORDS = "the neighbours were written to"
WHOLE = [1366, 0, 1920, 1080]  # where the projector's picture lies; a window manager's frame goes a moment later
GONE, BACK = "The second display was disconnected", "The second display is connected"


@pytest.fixture
def own_desktop() -> Iterator[Desktop]:
    with desktop() as made:
        yield made


@pytest.fixture
def meeting(own_desktop: Desktop, sample: Path, november: str, tmp_path: Path) -> Iterator[Shown]:
    """The caret in the note of the item in hand, the projector beside the laptop."""
    own_desktop.plug_in(PROJECTOR)
    with shown(own_desktop, "tests.scenarios.beside_projector", sample, tmp_path) as window:
        ready = window.until(lambda now: now["active"] == "MainWindow" and now["caret in note"], "the caret")
        assert ready["screens"] == [LAPTOP, PROJECTOR]
        yield window


def test_windows_nobody_operates_never_take_the_keyboard(own_desktop: Desktop, meeting: Shown) -> None:
    own_desktop.press("F5")
    there = meeting.until(lambda now: now["room"] and now["room at"] == WHOLE, "the whole of the projector")
    assert (there["room on"], there["mirror"]) == (PROJECTOR, False)
    own_desktop.write(WORDS)
    there = meeting.until(lambda now: now["note"].endswith(WORDS), "what was typed after F5")
    assert (there["active"], there["caret in note"]) == ("MainWindow", True)
    meeting.ask("bug")
    meeting.until(lambda now: now["notices"] == 1, "the notice of a bug")
    own_desktop.write(" again")
    there = meeting.until(lambda now: now["note"].endswith(f"{WORDS} again"), "what was typed beside the notice")
    assert there["active"] == "MainWindow"
    own_desktop.press("F5")
    meeting.until(lambda now: not now["room"] and not now["mirror"], "the room screen's end")


def test_a_projector_unplugged_in_the_meeting_leaves_the_mirror_and_the_room_screen_returns_with_it(
    own_desktop: Desktop, meeting: Shown
) -> None:
    own_desktop.press("F5")
    title = meeting.until(lambda now: now["room"], "the room screen")["seen"]
    for round_ in ("first", "second"):
        own_desktop.unplug(PROJECTOR)
        there = meeting.until(lambda now: now["mirror"] and now["told"].startswith(GONE), "the mirror")
        assert (there["screens"], there["room"], there["room at"], there["seen"]) == ([LAPTOP], False, [], title)
        own_desktop.write(f"{WORDS} {round_}")
        there = meeting.until(lambda now: now["note"].endswith(f"{WORDS} {round_}"), "what was typed")  # noqa: B023
        assert (there["active"], there["room"]) == ("MainWindow", False)
        own_desktop.plug_in(PROJECTOR)
        there = meeting.until(lambda now: now["room"] and now["told"].startswith(BACK), "the room screen's return")
        assert (there["room on"], there["mirror"], there["seen"]) == (PROJECTOR, False, title)
        there = meeting.until(lambda now: now["room at"] == WHOLE, "the whole of the projector")
        assert there["active"] == "MainWindow"


def test_a_projector_that_only_repeats_the_laptop_is_never_covered(own_desktop: Desktop, meeting: Shown) -> None:
    own_desktop.unplug(PROJECTOR)
    own_desktop.plug_in(TWIN)
    meeting.until(lambda now: now["screens"] == [LAPTOP, TWIN], "the two displays")
    own_desktop.press("F5")
    there = meeting.until(lambda now: now["mirror"], "the mirror")
    assert not there["room"]
    own_desktop.write(WORDS)
    meeting.until(lambda now: now["note"].endswith(WORDS), "what was typed")
