"""The first start and the unlock screen, before anything is open."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.file.user_fields import NewPassphraseField
from csp_desktop.services.file.passphrases import Strength, strength_of
from csp_desktop.services.file.unlock import (
    FirstField,
    FirstPerson,
    NewPartnership,
    first_person,
    found_partnership,
    unlock,
    unlock_with_recovery,
    wait_after,
)
from csp_desktop.services.ports.passphrases import Estimate, Weakness
from csp_desktop.services.session import Session

RUTH = FirstPerson("Ruth Coyle", "Community Protection", "Manager", "Testford", "Community Safety Partnership")
GOOD = "five good words in a row"


@dataclass
class FakeVaults:
    """Remembers what it was asked; every letter of a passphrase is worth ten guesses."""

    holds: bool = False
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    known: tuple[str, ...] = ()

    def holds_partnership(self, folder: Path) -> bool:
        return self.holds

    def refuse_unsuitable(self, folder: Path) -> None:
        if folder == Path("network"):
            raise Refused("The folder is on a network drive.")

    def estimate(self, passphrase: str, known: Sequence[str]) -> Estimate:
        self.known = tuple(known)
        return Estimate(10.0 ** len(passphrase), Weakness.SHORT)

    def made_of_words(self) -> str:
        return GOOD

    def create(self, folder: Path, person: FirstPerson, passphrase: str) -> NewPartnership:
        self.asked.append(("create", folder, person, passphrase))
        return cast(NewPartnership, self)

    def open(self, folder: Path, name: str, passphrase: str) -> Session:
        self.asked.append(("open", folder, name, passphrase))
        return cast(Session, self)

    def open_with_recovery(self, folder: Path, typed_key: str, name: str, passphrase: str) -> Session:
        self.asked.append(("recover", folder, typed_key, name, passphrase))
        return cast(Session, self)


def test_wrong_tries_make_the_next_one_wait_longer_up_to_a_minute() -> None:
    waits = [wait_after(tries).total_seconds() for tries in range(12)]
    assert waits[:8] == [0, 0, 0, 2, 4, 8, 16, 32]
    assert set(waits[8:]) == {60}
    assert wait_after(10**9) == timedelta(minutes=1)


@pytest.mark.parametrize(
    ("letters", "strength"), [(11, Strength.TOO_WEAK), (12, Strength.FAIR), (15, Strength.FAIR), (16, Strength.STRONG)]
)
def test_the_strength_of_a_passphrase_has_a_word(letters: int, strength: Strength) -> None:
    assert strength_of(FakeVaults(), "x" * letters) is strength


@pytest.mark.parametrize("weakness", Weakness)
def test_a_weak_passphrase_is_refused_with_what_makes_it_weak_and_what_to_do(weakness: Weakness) -> None:
    class Weak(FakeVaults):
        def estimate(self, passphrase: str, known: Sequence[str]) -> Estimate:
            return Estimate(1.0, weakness)

    with pytest.raises(FieldRefused) as refused:
        found_partnership(Weak(), Path("here"), RUTH, GOOD, GOOD)
    words = r"This passphrase is too easy to guess\. (It|They) [^.]+\. Use five words unrelated to you"
    assert re.match(words, refused.value.sentence) and refused.value.field == NewPassphraseField.NEW


def test_a_partnership_is_founded_by_its_first_person() -> None:
    vaults = FakeVaults()
    found_partnership(vaults, Path("here"), RUTH, GOOD, GOOD)
    assert vaults.asked == [("create", Path("here"), RUTH, GOOD)]


def test_the_first_passphrase_is_measured_against_what_its_person_just_typed() -> None:
    vaults = FakeVaults()
    found_partnership(vaults, Path("here"), RUTH, GOOD, GOOD)
    known = {
        "ruth coyle",
        "coyle",
        "community protection",
        "manager",
        "testford",
        "testford community safety partnership",
    }
    assert known <= set(vaults.known)
    unlock_with_recovery(vaults, Path("here"), "KEY", "Ruth Coyle", GOOD, GOOD)
    assert {"ruthcoyle", "rough sleeping"} <= set(vaults.known)


@pytest.mark.parametrize(
    "tried",
    [
        "safety net",
        "safetynet",
        "new hope",
        "asb",
        "cpg",
        "isp",
        "rough sleepers",
        "town hall",
        "antisocialbehaviour",
        "one watford",
        "cuckooing",
        "passphrase",
        "minute taker",
        "constabulary",
        "vicarage road",
        "violence",
    ],
)
def test_words_of_this_work_are_tried_first_whoever_founds_the_partnership(tried: str) -> None:
    vaults = FakeVaults()
    found_partnership(vaults, Path("here"), RUTH, GOOD, GOOD)
    assert tried in vaults.known


@pytest.mark.parametrize(
    ("folder", "person", "passphrase", "repeated", "words"),
    [
        ("network", RUTH, GOOD, GOOD, "network drive"),
        ("here", replace(RUTH, name=" "), GOOD, GOOD, "your name"),
        ("here", replace(RUTH, agency=" "), GOOD, GOOD, "agency"),
        ("here", replace(RUTH, town=" "), GOOD, GOOD, "it appears on papers"),
        ("here", replace(RUTH, partnership=" "), GOOD, GOOD, "it should appear on papers"),
        ("here", RUTH, "short", "short", "too easy to guess"),
        ("here", RUTH, GOOD, GOOD + "x", "differ"),
    ],
)
def test_what_is_missing_at_the_first_start_is_said_and_nothing_is_made(
    folder: str, person: FirstPerson, passphrase: str, repeated: str, words: str
) -> None:
    vaults = FakeVaults()
    with pytest.raises(Refused, match=words):
        found_partnership(vaults, Path(folder), person, passphrase, repeated)
    assert vaults.asked == []


@pytest.mark.parametrize(
    ("field", "subject"),
    [
        (FirstField.NAME, "Your name"),
        (FirstField.AGENCY, "The agency’s name"),
        (FirstField.POST, "Your job title"),
        (FirstField.TOWN, "The town’s name"),
        (FirstField.PARTNERSHIP, "The partnership’s name"),
    ],
)
def test_a_character_nobody_can_see_is_refused_at_its_field_of_the_first_start(field: FirstField, subject: str) -> None:
    typed: dict[str, Any] = {field: "Tes\u200bt"}
    with pytest.raises(FieldRefused, match=f"^{subject} contains a zero-width space") as refused:
        first_person(FakeVaults(), Path("here"), replace(RUTH, **typed))
    assert refused.value.field == field


def test_a_folder_in_use_is_not_founded_again() -> None:
    vaults = FakeVaults(holds=True)
    with pytest.raises(Refused, match=r"^This folder already holds a partnership\. Open it, or choose an empty folder"):
        found_partnership(vaults, Path("here"), RUTH, GOOD, GOOD)
    assert vaults.asked == []


def test_unlocking_asks_for_name_and_passphrase() -> None:
    vaults = FakeVaults()
    for name, passphrase, words in ((" ", "x", "your name"), ("Ruth", "", "your passphrase")):
        with pytest.raises(Refused, match=words):
            unlock(vaults, Path("here"), name, passphrase)
    unlock(vaults, Path("here"), "Ruth", "anything")
    assert vaults.asked == [("open", Path("here"), "Ruth", "anything")]


def test_the_recovery_key_asks_for_a_new_passphrase_twice() -> None:
    vaults = FakeVaults()
    for name, passphrase, repeated, words in (
        ("", GOOD, GOOD, "the name"),
        ("Ruth", "short", "short", "too easy"),
        ("Ruth", GOOD, "other", "differ"),
    ):
        with pytest.raises(Refused, match=words):
            unlock_with_recovery(vaults, Path("here"), "KEY", name, passphrase, repeated)
    unlock_with_recovery(vaults, Path("here"), "KEY", "Ruth", GOOD, GOOD)
    assert vaults.asked == [("recover", Path("here"), "KEY", "Ruth", GOOD)]
