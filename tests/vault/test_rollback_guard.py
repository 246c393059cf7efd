"""What was last seen, in the key store: kept, read again, and never in the way."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from csp_desktop.domain.file.rollback_guard import OlderCopy, Seen, judge
from csp_desktop.vault.device_secret import KeyringSecrets
from csp_desktop.vault.rollback_guard import (
    BackgroundRollbackGuard,
    KeyringRollbackGuard,
    parse,
    wait_for_the_last,
    written,
)
from tests.support.patience import SECONDS
from tests.support.rollback_guards import KeptRollbackGuard
from tests.vault.test_device_secret import BrokenStore, FakeStore, LockedStore, SilentStore

VAULT = "0" * 32
SEEN = Seen(4, 312, "7f3a90c2d1e4b586", datetime(2026, 11, 26, 16, 20, tzinfo=UTC))


def rollback_guard(store: FakeStore, seconds: float = 5.0) -> KeyringRollbackGuard:
    return KeyringRollbackGuard(KeyringSecrets(lambda: store, seconds))


def test_what_was_seen_is_kept_and_read_again() -> None:
    kept = rollback_guard(FakeStore())
    assert kept.read(VAULT) is None
    assert kept.keep(VAULT, SEEN)
    assert kept.read(VAULT) == SEEN
    assert kept.read("1" * 32) is None


def test_it_lies_beside_this_computers_secret_and_does_not_disturb_it() -> None:
    store = FakeStore()
    secrets = KeyringSecrets(lambda: store)
    secret = secrets.read_or_make(VAULT)
    KeyringRollbackGuard(secrets).keep(VAULT, SEEN)
    assert secrets.read(VAULT) == secret and len(store.kept) == 2


@pytest.mark.parametrize("store", [LockedStore, BrokenStore])
def test_a_store_that_will_not_answer_keeps_and_tells_nothing(store: type[FakeStore]) -> None:
    assert rollback_guard(store()).read(VAULT) is None
    assert not rollback_guard(store()).keep(VAULT, SEEN)


def test_a_store_that_stays_silent_is_asked_once() -> None:
    store = SilentStore()
    kept = rollback_guard(store, 0.05)
    assert kept.read(VAULT) is None
    store.answer.set()
    assert kept.read(VAULT) is None and not kept.keep(VAULT, SEEN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '"x"',
        "{}",
        '{"generation": "4", "number": 1, "head": "a", "at": "2026-11-26T16:20:00+00:00"}',
        '{"generation": 4, "number": 1, "head": "a", "at": "yesterday"}',
        '{"generation": 4, "number": 1, "head": "a", "at": "2026-11-26T16:20:00"}',
        '{"generation": true, "number": 1, "head": "a", "at": "2026-11-26T16:20:00+00:00"}',
    ],
)
def test_what_is_not_in_its_form_is_as_if_nothing_was_kept(text: str) -> None:
    assert parse(text) is None
    assert parse(written(SEEN)) == SEEN


@pytest.mark.parametrize(
    ("generation", "number", "stands", "judged"),
    [
        (4, 312, True, None),
        (4, 400, True, None),
        (5, 400, True, None),
        (4, 300, False, OlderCopy(SEEN, 300)),
        (3, 312, True, OlderCopy(SEEN, 312)),
        (4, 312, False, OlderCopy(SEEN, 312, another_way=True)),
        (6, 500, False, OlderCopy(SEEN, 500, another_way=True)),
    ],
)
def test_a_file_is_behind_when_the_entry_seen_is_not_in_it(
    generation: int, number: int, stands: bool, judged: OlderCopy | None
) -> None:
    assert judge(SEEN, generation, number, stands) == judged
    assert judge(None, generation, number, stands) is None


class SlowRollbackGuard(KeptRollbackGuard):
    """A store that keeps nothing before it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go, self.order = threading.Event(), list[int]()

    def keep(self, vault_id: str, seen: Seen) -> bool:
        self.go.wait(SECONDS)
        self.order.append(seen.number)
        return super().keep(vault_id, seen)


def test_keeping_is_never_waited_for_and_whoever_reads_sees_the_last() -> None:
    store = SlowRollbackGuard()
    aside = BackgroundRollbackGuard(store)
    assert aside.keep(VAULT, SEEN) and aside.keep(VAULT, replace(SEEN, number=400))
    assert store.kept == {}, "both came back before the store was let go"
    threading.Timer(0.1, store.go.set).start()
    assert BackgroundRollbackGuard(store).read(VAULT) == replace(SEEN, number=400)
    assert store.order == [312, 400]


def test_the_end_of_the_process_does_not_wait_for_a_store_that_stays_silent() -> None:
    store = SlowRollbackGuard()
    aside = BackgroundRollbackGuard(store)
    aside.keep(VAULT, SEEN)
    wait_for_the_last()
    assert store.kept == {}, "it came back although the store was never let go"
    store.go.set()
    assert aside.read(VAULT) == SEEN and not [t for t in threading.enumerate() if t.name == "rollback guard"]
