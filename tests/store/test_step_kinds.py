"""What the program says of a step when it does it is what it says of one of version 0.1.0, known by its words alone."""

import ast
from pathlib import Path

import pytest

import csp_desktop
from csp_desktop.services.ports.work import StepKind
from csp_desktop.store.journal import BY_WORDS, kind_of

PROGRAM = Path(csp_desktop.__file__).parent


def steps_with_a_kind() -> dict[str, StepKind]:
    """The words of each step whose kind stands beside them."""
    found = {}
    for module in PROGRAM.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".step") and node.args:
                kinds = [one.value for one in node.keywords if one.arg == "kind"]
                if kinds and isinstance(node.args[0], ast.Constant) and isinstance(kinds[0], ast.Attribute):
                    found[str(node.args[0].value)] = StepKind[kinds[0].attr]
    return found


def test_a_step_is_of_the_kind_that_one_of_an_earlier_version_is_known_as() -> None:
    steps = steps_with_a_kind()
    assert {StepKind.START, StepKind.GOING, StepKind.CLOSING} <= set(steps.values())
    missing = {words for words, kind in steps.items() if BY_WORDS.get(words) is not kind}
    assert missing == set(), "A file of 0.1.0 may hold such a step without its kind: put its words into BY_WORDS."


@pytest.mark.parametrize("words", [*BY_WORDS, "sign-in of Ruth Coyle"])
def test_a_kind_that_was_kept_counts_and_not_the_words(words: str) -> None:
    assert kind_of(None, words) is BY_WORDS.get(words, StepKind.OTHER)
    assert kind_of("", words) is StepKind.OTHER
    assert kind_of("note", words) is StepKind.NOTE
