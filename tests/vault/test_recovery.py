"""The key on paper: read back by a person, in a hurry, years later."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.vault import recovery
from csp_desktop.vault.errors import RecoveryKeyMistyped
from csp_desktop.vault.recovery import RecoveryKey

keys = st.binary(min_size=32, max_size=32).map(lambda raw: RecoveryKey(bytearray(raw)))


@given(keys)
def test_what_is_printed_reads_back(key: RecoveryKey) -> None:
    assert recovery.parse("   ".join(key.groups)).secret == key.secret


@given(keys)
def test_case_dashes_line_breaks_and_lookalikes_do_not_matter(key: RecoveryKey) -> None:
    typed = "\n".join(key.groups).lower().replace("0", "o").replace("1", "l").replace("-", " – ")
    assert recovery.parse(typed).secret == key.secret


@given(keys, st.integers(0, 63), st.integers(1, 31))
def test_one_wrong_letter_names_its_group(key: RecoveryKey, place: int, shift: int) -> None:
    letters = list("".join(key.groups).replace("-", ""))
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    letters[place] = alphabet[(alphabet.index(letters[place]) + shift) % 32]
    with pytest.raises(RecoveryKeyMistyped) as refused:
        recovery.parse("".join(letters))
    assert refused.value.group == place // 8 + 1
    assert f"Group {place // 8 + 1} " in refused.value.sentence


@given(keys, st.integers(0, 6))
def test_two_groups_in_the_wrong_order_are_noticed(key: RecoveryKey, at: int) -> None:
    groups = list(key.groups)
    if groups[at] == groups[at + 1]:
        return
    groups[at], groups[at + 1] = groups[at + 1], groups[at]
    with pytest.raises(RecoveryKeyMistyped):
        recovery.parse(" ".join(groups))


@pytest.mark.parametrize(
    ("typed", "group", "words"),
    [("", None, "only 0"), ("!", 1, "Group 1"), ("ÄÖ", 1, "Group 1")],
)
def test_nonsense_is_refused_in_words(typed: str, group: int | None, words: str) -> None:
    with pytest.raises(RecoveryKeyMistyped, match=words) as refused:
        recovery.parse(typed)
    assert refused.value.group == group


def test_too_few_and_too_many_groups_are_told() -> None:
    groups = RecoveryKey.new().groups
    with pytest.raises(RecoveryKeyMistyped, match="only 7"):
        recovery.parse(" ".join(groups[:7]))
    with pytest.raises(RecoveryKeyMistyped, match="Group 8"):
        recovery.parse(" ".join(groups)[:-1])
    with pytest.raises(RecoveryKeyMistyped, match="typed more"):
        recovery.parse(" ".join(groups) + " A")


def test_two_groups_typed_back_prove_that_the_paper_exists() -> None:
    key = RecoveryKey.new()
    first, second = recovery.groups_to_prove()
    assert 1 <= first < second <= 8
    right = {first: key.groups[first - 1].lower(), second: key.groups[second - 1]}
    assert key.is_proved_by(right)
    assert not key.is_proved_by({first: right[first]})
    assert not key.is_proved_by(right | {second: key.groups[first - 1]})
    assert not key.is_proved_by(right | {second: ""})
    assert not key.is_proved_by({0: "", 9: ""})


def test_the_key_does_not_show_in_a_traceback_and_is_wiped() -> None:
    key = RecoveryKey.new()
    assert repr(key) == "RecoveryKey()"
    key.wipe()
    assert not any(key.secret)
