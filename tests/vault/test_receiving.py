"""The receiving code as it is shown and typed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.common.errors import Refused
from csp_desktop.vault import receiving
from csp_desktop.vault.receiving import BYTES, ReceivingCode, parse
from csp_desktop.vault.recovery import ALPHABET

CODES = st.binary(min_size=BYTES, max_size=BYTES).map(ReceivingCode)


@given(CODES)
def test_what_is_shown_is_what_is_typed(code: ReceivingCode) -> None:
    assert [len(group) for group in code.text.split("-")] == [4] * 5
    for typed in (code.text, code.text.lower().replace("-", " "), code.text.replace("0", "O").replace("1", "l")):
        assert parse(typed) == code


@given(CODES, st.integers(0, 23), st.integers(1, 31))
def test_one_wrong_letter_is_found(code: ReceivingCode, at: int, further: int) -> None:
    if code.text[at] == "-":
        return
    letter = ALPHABET[(ALPHABET.index(code.text[at]) + further) % len(ALPHABET)]
    try:
        assert parse(code.text[:at] + letter + code.text[at + 1 :]) is None
    except Refused as refusal:
        assert "five groups of four" in refusal.sentence


@pytest.mark.parametrize(
    "typed", ["", "Q0BN", "Q0BN-7XK2-9F4D-M1PT-ZR8E-AAAA", "ÄÖÜß-7XK2-9F4D-M1PT-ZR8E", "U" * 20, "\x00" * 20]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        parse(typed)


def test_a_code_is_kept_for_this_user_alone_and_not_told_by_its_mark(tmp_path: Path) -> None:
    place = tmp_path / "cpg"
    assert receiving.kept(place) is None
    code = receiving.keep(place)
    assert receiving.keep(place) == code == receiving.kept(place)
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600 and code.text not in repr(code)
    assert code.secret.hex() not in code.mark and code.mark != ReceivingCode.new().mark
    file.write_bytes(b"\xff not a code")
    assert receiving.kept(place) is None
