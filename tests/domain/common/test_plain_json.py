"""JSON that anybody may have written is read, or refused in one way."""

import pytest

from csp_desktop.domain.cases.risk_matrix import read_matrix
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.plain_json import read_json

DEEP = "[" * 100_000


@pytest.mark.parametrize(
    "text", ["", "{", DEEP, '{"a":' * 50_000, "1e999", "-1e999", "NaN", "[Infinity]", b"\xff\xfe\xff"]
)
def test_whatever_stands_there_it_is_a_value_error(text: str | bytes) -> None:
    with pytest.raises(ValueError):
        read_json(text)


def test_what_is_json_is_read() -> None:
    assert read_json('{"a": [1, 2.5, null, "x"]}') == {"a": [1, 2.5, None, "x"]}


def test_a_matrix_nested_too_deeply_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refused, match="it is not JSON"):
        read_matrix(DEEP)
