"""Ctrl+K on every page of both windows, with a meeting and without: it knows what is done most and leads."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import pytest

from csp_desktop.bootstrap.partnership import create_partnership
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.widgets.palette import Palette
from csp_desktop.gui.window.registry import GROUP, WindowKind
from csp_desktop.sample.clock import sample_clock
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.scenarios import test_private_live
from tests.scenarios.in_session import TAKER
from tests.scenarios.private_windows import private_sitting
from tests.scenarios.test_private_file import LEADER, NOW, _fill, now
from tests.scenarios.windows import Sitting, sitting
from tests.support.private_session import LEAD

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
running_private = test_private_live.folder
Leads = dict[str, str]  # what is typed, and the page it leads to
IN_MEETING: Leads = {
    "add case": "room_changes",
    "print minutes": "minutes",
    "correct": "minutes",
    "agree action": "live",
}
PRIVATELY: Leads = {
    "add new person": "private_people",
    "print minutes": "private_minutes",
    "print papers": "private_agenda",
    "correct": "private_minutes",
    "agree": "private_minutes",
}
IN_SESSION: Leads = {"add person session": "private_live", "agree action": "private_live"}


def offered(begun: Sitting) -> list[str]:
    """What the list under the find box offers; the answer has come."""
    page = begun.program.window.page()
    palette = page.findChild(Palette) if page is not None else None
    assert palette is not None
    begun.hands.wait(lambda: not palette._looking, "the answer")
    return [entry.title for entry in palette.entries.entries() if entry.key]


def fits(title: str, words: str) -> bool:
    """Whether typing these finds it."""
    return all(any(part.startswith(word) for part in title.casefold().split()) for word in words.split())


def led_from_every_page(begun: Sitting, kind: WindowKind, leads: Leads, *without: str) -> None:
    """On every page with Ctrl+K, but those `without` a meeting, all of `leads` is found and one of it gone to."""
    hands, window = begun.hands, begun.program.window
    taken = cycle(leads.items())
    for info in kind.pages:
        if not info.finds or info.stem in without:
            continue
        window.show_page(info.stem)
        assert window.page_name() == info.stem
        hands.key("Ctrl+K")
        titles = offered(begun)
        assert [words for words in leads if not any(fits(title, words) for title in titles)] == [], info.stem
        words, stem = next(taken)
        hands.write(words)
        offered(begun)
        hands.key("Return")
        assert window.page_name() == stem, f"{info.stem}: {words}"


def test_from_every_page_of_the_group_while_its_meeting_runs(
    sample: Path, november: str, tmp_path: Path, passphrase_of: Callable[[str], str]
) -> None:
    with sitting(sample, tmp_path, sample_clock()) as begun:
        begun.unlock(TAKER["name"], passphrase_of("minute-taker"))
        led_from_every_page(begun, GROUP, IN_MEETING, "private_part", "management_plan")  # a plan is a case’s


@contextmanager
def unlocked(folder: Path, base: Path) -> Iterator[Sitting]:
    """The private window, unlocked by its lead."""
    with private_sitting(folder, base, NOW) as begun:
        begun.unlock(LEAD, LEADER.passphrase)
        yield begun


def test_from_every_page_of_the_private_window(tmp_path: Path) -> None:
    folder = tmp_path / "partnership"
    made, _ = create_partnership(
        folder, [LEADER], Cost.quick(), now, with_recovery=False, kind=VaultKind.ROUGH_SLEEPING
    )
    with made:
        _fill(made)
    with unlocked(folder, tmp_path) as begun:
        led_from_every_page(begun, PRIVATE, PRIVATELY, "private_live", "private_room")


def test_from_every_page_while_the_private_session_runs(running_private: Path, tmp_path: Path) -> None:
    with unlocked(running_private, tmp_path) as begun:
        led_from_every_page(begun, PRIVATE, IN_SESSION, "private_room")
