"""What is compiled while Qt is loaded is compiled once: told by what is asked of the compiler."""

import builtins
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.gui.window import qt_loading
from csp_desktop.gui.window.qt_loading import compiled_once

START = """
import builtins, runpy, sys

asked, compile_it = [], builtins.compile

def counted(source, filename, *given, **named):
    asked.append(str(filename))
    return compile_it(source, filename, *given, **named)

compiled_once = runpy.run_path(sys.argv[1])["compiled_once"]
builtins.compile = counted
with compiled_once(sys.argv[2]):
    import PySide6.QtCore
print(sum("shibokensupport" in name for name in asked))
print(*sorted(name for name in sys.modules if name.startswith("shibokensupport.")))
"""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what the compiler itself was given."""
    names: list[str] = []
    plain = builtins.compile

    def counted(source: Any, filename: Any, *given: Any, **named: Any) -> Any:
        names.append(str(filename))
        return plain(source, filename, *given, **named)

    monkeypatch.setattr(builtins, "compile", counted)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return names


def value(kept: Path, source: bytes) -> object:
    """What a module of this source says, compiled within the block."""
    said: dict[str, object] = {}
    with compiled_once(str(kept)):
        exec(compile(source, "carried.py", "exec"), said)
    return said["value"]


def test_what_was_compiled_before_is_not_compiled_again(tmp_path: Path, asked: list[str]) -> None:
    assert value(tmp_path / "kept", b"value = 1") == value(tmp_path / "kept", b"value = 1") == 1
    assert asked == ["carried.py"]


def test_another_source_of_the_same_name_and_length_is_compiled(tmp_path: Path, asked: list[str]) -> None:
    assert [value(tmp_path / "kept", source) for source in (b"value = 1", b"value = 2")] == [1, 2]
    assert asked == ["carried.py"] * 2


@pytest.mark.parametrize("found", [b"", b"no marshalled code", b"i\x01\x00\x00\x00"])
def test_a_file_that_is_none_is_made_again(tmp_path: Path, asked: list[str], found: bytes) -> None:
    (tmp_path / "kept").write_bytes(found)
    assert [value(tmp_path / "kept", b"value = 1") for _ in range(2)] == [1, 1]
    assert asked == ["carried.py"]
    assert os.listdir(tmp_path) == ["kept"]


def test_where_nothing_may_be_kept_it_is_compiled_each_time(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert value(tmp_path / "no folder" / "kept", b"value = 1") == 1
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert value(tmp_path / "kept", b"value = 1") == 1
    assert asked == ["carried.py"] * 2 and os.listdir(tmp_path) == []


def test_the_compiler_is_the_usual_one_again_after_a_failure(tmp_path: Path) -> None:
    before = builtins.compile
    with pytest.raises(SyntaxError):
        value(tmp_path / "kept", b"value =")
    assert builtins.compile is before


def test_the_second_start_compiles_nothing_that_qt_carries(tmp_path: Path) -> None:
    command = [sys.executable, "-c", START, str(qt_loading.__file__), str(tmp_path / "kept")]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    first, second = (
        subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()
        for _ in range(2)
    )
    assert int(first[0]) > 5 and "signature.loader" in first[1]
    assert second == ["0", first[1]]
