"""Passphrases: what people of this partnership would try first is refused, and the proposed one is strong."""

import subprocess
import sys
from pathlib import Path

import pytest

from csp_desktop.domain.common.errors import Refused
from csp_desktop.sample.partnership import sample_users
from csp_desktop.services.file.passphrases import LEAST_GUESSES, Strength, refuse_passphrase, strength_of, tried_first
from csp_desktop.services.ports.passphrases import Weakness
from csp_desktop.vault import passphrase
from csp_desktop.vault.passphrase import OwnPassphrases

WORDS = passphrase.plain_words((Path(__file__).parents[2] / "resources/words/eff_large.txt").read_text("ascii"))
MEMBERS = ("Hannah Price", "Marcus Bell", "Ravi Nair", "Seán Ó Briain", "Mina Halloran", "Siobhan O'Neill")
AGENCIES = ("Watford Borough Council", "Hertfordshire Constabulary", "Community Mental Health Team", "CGL", "New Hope")
KNOWN = tried_first((*MEMBERS, *AGENCIES, "Watford", "Watford Community Safety Partnership", "Chair"))
NAMES = "names or words that anyone who knows this partnership"
REFUSED = (
    ("Hannah Price", NAMES),
    ("hannah.price", NAMES),
    ("H4nn4h Pr1c3", NAMES),
    ("ecirP hannaH", NAMES),
    ("Hannah Price 2026!", NAMES),
    ("Vicarage Road", NAMES),
    ("V1c4r4ge R04d 1881", NAMES),
    ("Watford Community Safety Partnership", NAMES),
    ("watfordcommunitysafetypartnership2026", NAMES),
    ("Hertfordshire Constabulary", NAMES),
    ("Community Mental Health Team", NAMES),
    ("Watford-Borough-Council-Hannah-Price", NAMES),
    ("Sean O Briain Mina Halloran", NAMES),
    ("oneill siobhan marcus bell", NAMES),
    ("anti-social behaviour", NAMES),
    ("rough sleeping New Hope", NAMES),
    ("correct horse battery staple", "a saying"),
    ("The quick brown fox jumps over the lazy dog", "a saying"),
    ("P@ssw0rd2026!", "on well-known lists"),
    ("qwertyuiop asdfghjkl", "on well-known lists"),
    ("zxcvfdsaqwer", "neighbouring keys"),
    ("1qaz2wsx3edc4rfv", "on well-known lists"),
    ("abcdefghijklmnop", "alphabet"),
    ("zoom zoom zoom zoom zoom", "repeats itself"),
    ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "repeats itself"),
    ("26/11/2026", "a date"),
    ("seven quiet harbours", "they are common"),
    ("kx7#Qm2p", "too short"),
    ("Password Password Password Password Password Password Password Password Password Password", "repeats itself"),
    ("   ", "too short"),
    ("", "too short"),
)


@pytest.mark.parametrize(("weak", "why"), REFUSED)
def test_what_people_here_would_try_first_is_refused_with_its_reason(weak: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_passphrase(OwnPassphrases(), weak, weak, KNOWN)
    assert refused.value.sentence.startswith("This passphrase is too easy to guess. It ")
    assert why in refused.value.sentence and "Use five words" in refused.value.sentence
    assert strength_of(OwnPassphrases(), weak, KNOWN) is Strength.TOO_WEAK
    assert not weak.strip() or weak not in refused.value.sentence


def test_there_are_more_than_twenty_of_them() -> None:
    assert len(REFUSED) > 20


def test_a_thousand_of_the_programs_own_proposals_pass() -> None:
    weak = [
        offer
        for offer in (passphrase.made_of_words(WORDS) for _ in range(1000))
        if passphrase.estimate(offer, KNOWN).guesses < LEAST_GUESSES
    ]
    assert weak == []


@pytest.mark.parametrize(
    "strong", ["vJ8#qLw2!xRt9", "abacus zoom yodel wistful", "gr7 tklm pw9 xbvq 4hd", "яблоко-ключ-5-дождь"]
)
def test_what_is_drawn_or_odd_passes(strong: str) -> None:
    refuse_passphrase(OwnPassphrases(), strong, strong, KNOWN)


def test_a_long_passphrase_is_measured_however_long() -> None:
    long = "the hornets fly low over a wet allotment while nobody counts their umbrellas twice " * 40
    assert passphrase.estimate(long, KNOWN).guesses > LEAST_GUESSES
    assert passphrase.estimate("a" * 100_000).weakness is Weakness.REPEAT


def test_signs_in_place_of_letters_are_read_without_end() -> None:
    """Every reading of every sign at once would take the estimator a quarter of a minute."""
    assert passphrase.estimate("4@8({[<369!1|7$5+%2" * 3).weakness is Weakness.REPEAT


def test_more_of_the_same_kind_is_never_weaker() -> None:
    drawn = "kx7#Qm2pZw9!rT4v"
    guesses = [passphrase.estimate(drawn[:length], KNOWN).guesses for length in range(len(drawn) + 1)]
    assert guesses == sorted(guesses)


def test_the_estimator_remembers_no_name_after_it_was_asked() -> None:
    passphrase.estimate("Hannah Price", KNOWN)
    from zxcvbn import matching

    assert set(matching.RANKED_DICTIONARIES) & {"known", "user_inputs", "sayings"} == set()


def test_the_shipped_list_has_different_plain_words() -> None:
    assert len(set(WORDS)) == len(WORDS) > 7700
    assert all(word.isascii() and word.islower() and 3 <= len(word) <= 9 for word in WORDS)
    assert passphrase.shipped_words() == WORDS


def test_the_proposed_passphrase_has_five_words() -> None:
    made = OwnPassphrases().made_of_words()
    assert len(made.split()) == 5 and set(made.split()) <= set(WORDS)
    assert made != OwnPassphrases().made_of_words()


def test_the_estimators_lists_are_not_loaded_before_a_passphrase_is_looked_at() -> None:
    script = "import sys, csp_desktop.app, csp_desktop.bootstrap.partnerships; print('zxcvbn' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert said.stdout.strip() == "False"


def test_the_samples_passphrases_open_it_though_they_would_be_refused_now() -> None:
    """They are public and checked only where one is chosen."""
    assert all(user["passphrase"] for user in sample_users())
