"""No test depends on how fast the computer is, or on its fonts: it waits for events, and as long as they take."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
MEASURING = TESTS / "benchmarks"  # what measures time is no test of it
FONTS = {"screens.py", "test_help.py"}  # look whether words fit, in whatever font there is
CLOCKS = {"monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time", "sleep", "uniform"}
WIDTHS = {"horizontalAdvance", "QFontMetrics", "QFontMetricsF", "averageCharWidth"}
SHORTEST = 30  # seconds


def modules() -> list[Path]:
    return [path for path in sorted(TESTS.rglob("*.py")) if MEASURING not in path.parents and path != Path(__file__)]


def hasty(source: str, *, may_measure: bool = False) -> Iterator[str]:
    """What in a module hurries, with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.alias) and node.name.split(".")[-1] in CLOCKS:
            yield f"{node.lineno}: {node.name} is imported"
        elif isinstance(node, ast.Name | ast.Attribute) and not may_measure and name_of(node) in WIDTHS:
            yield f"{node.lineno}: {name_of(node)} depends on the font"
        elif isinstance(node, ast.Call):
            yield from (f"{node.lineno}: {words}" for words in hasty_call(node))


def hasty_call(call: ast.Call) -> Iterator[str]:
    name, first = name_of(call.func), call.args[0] if call.args else None
    if name in CLOCKS:
        yield f"{name}()"
    if name == "singleShot" and number(first) not in (0, None):
        yield "a timer: use once_shown, or wait for what it waits for"
    if name in ("wait", "join", "acquire", "Timer") and 0.5 < (number(first) or 0) < SHORTEST:
        yield f"{name}({number(first)})"
    if name in ("select", "settimeout", "alarm", "qWait") and any(number(given) is not None for given in call.args):
        yield f"{name} for a number of seconds"
    for keyword in call.keywords:
        given = number(keyword.value)
        if keyword.arg == "timeout" and given is not None and given < SHORTEST * (1000 if "wait" in name else 1):
            yield f"timeout={given}"
        if keyword.arg == "deadline" and given is not None:
            yield f"deadline={given}"


def name_of(node: ast.expr) -> str:
    """The last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def number(node: ast.expr | None) -> float | None:
    """A number written out."""
    return float(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, int | float) else None


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(TESTS)))
def test_no_test_depends_on_how_fast_the_computer_is(path: Path) -> None:
    assert list(hasty(path.read_text(encoding="utf-8"), may_measure=path.name in FONTS)) == []


@pytest.mark.parametrize(
    "source",
    [
        "clock.sleep(1)",
        "from time import monotonic",
        "seen.wait(10)",
        "chance.uniform(0, 1)",
        "settings(deadline=9)",
        "qtbot.waitUntil(done, timeout=5000)",
        "subprocess.run(words, timeout=20)",
        "QTimer.singleShot(50, press)",
        "QFontMetricsF(font).horizontalAdvance(text)",
        "thread.join(5)",
        "select.select([ended], [], [], 60)",
        "QTest.qWait(20)",
    ],
)
def test_haste_is_seen(source: str) -> None:
    assert list(hasty(source))


@pytest.mark.parametrize(
    "source",
    ["seen.wait()", "stop.wait(0.002)", "subprocess.run(words, timeout=SECONDS)", "QTimer.singleShot(0, press)"],
)
def test_patience_is_left_alone(source: str) -> None:
    assert list(hasty(source)) == []
