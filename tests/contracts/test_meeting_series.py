"""Meetings called for one case are held beside the series: nothing but the series is read as the last or next CPG."""

import ast
from collections.abc import Iterator
from pathlib import Path

from csp_desktop.domain.meeting.meeting import Meeting

ROOT = Path(__file__).resolve().parents[2] / "csp_desktop"
SERIES = "services/meeting/regular.py"
CHOSEN = {"id", "kind"}  # a question with one of these says itself which meetings it means
ANY_RUNS = "Only one meeting runs at a time, of whichever kind."
ANY_KEPT = "What was recorded is kept, and deleted in time, at a meeting of either kind."
BY_ITS_ID = "Each is looked up by the id that a record names."
ANY_OWNED = "Who leaves hands on every meeting that is theirs, of whichever kind."
OWN_FILE = "The private file has its own series alone; nothing is called for a case there."
DELIBERATE = {
    "services/cases/assessing.py _at_table": ANY_RUNS,
    "services/cases/cases.py _review_days": BY_ITS_ID,
    "services/cases/record_periods.py due_records": BY_ITS_ID,
    "services/cases/record_periods.py _past": ANY_KEPT,
    "services/cases/retention.py refuse_looking": ANY_RUNS,
    "services/file/backups.py safekeeping_needs": "A meeting of either kind is lost without a backup.",
    "services/file/record_labels.py require_journal": OWN_FILE,
    "services/meeting/actions.py _numbered_with": "Meetings called for cases on one day share a row of numbers.",
    "services/meeting/interests.py declared_cases": "An interest counts wherever it was declared.",
    "services/meeting/papers.py Drawing.__init__": BY_ITS_ID,
    "services/meeting/running_meeting.py start": ANY_RUNS,
    "services/meeting/running_meeting.py running": ANY_RUNS,
    "services/meeting/running_meeting.py begun": ANY_RUNS,
    "services/meeting/update_requests.py _updates": BY_ITS_ID,
    "services/minutes/minutes.py meeting_on": "Of two on one day it takes the one of the series.",
    "services/minutes/minutes.py _Drafting.__init__": BY_ITS_ID,
    "services/minutes/minutes.py held_meetings": "There are minutes of a meeting of either kind.",
    "services/minutes/record.py not_frozen": ANY_KEPT,
    "services/people/handing_on.py _planned": ANY_OWNED,
    "services/people/handing_on.py _before": ANY_OWNED,
    "services/private/agenda.py next_meeting_in": OWN_FILE,
    "services/private/agenda.py last_meeting": OWN_FILE,
    "services/private/gate.py note_of_last_time": OWN_FILE,
    "services/private/gate.py decided_since_last_time": OWN_FILE,
    "services/private/minutes.py held_sessions": OWN_FILE,
    "services/private/minutes.py _Drafting.__init__": OWN_FILE,
    "services/private/preparing.py runs": OWN_FILE,
    "services/session.py Session.acts_for_chair": "A deputy may chair a meeting of either kind.",
}


def is_of_meetings(call: ast.Call) -> bool:
    """Whether it is about meetings themselves."""
    return bool(call.args) and ast.unparse(call.args[0]) == Meeting.__name__


def asked(node: ast.AST, within: str = "") -> Iterator[tuple[str, ast.Call]]:
    """Every question for meetings below a node, with the function or method that asks it."""
    for child in ast.iter_child_nodes(node):
        inside = within
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            inside = f"{within}.{child.name}".lstrip(".")
        if isinstance(child, ast.Call) and ast.unparse(child.func).endswith(".find") and is_of_meetings(child):
            yield inside, child
        yield from asked(child, inside)


def unchosen(source: str) -> Iterator[str]:
    """The functions of a module that ask for meetings without saying which."""
    for within, call in asked(ast.parse(source)):
        if not CHOSEN & {word.arg for word in call.keywords}:
            yield within


def test_who_asks_for_meetings_of_every_kind_means_it_and_says_why() -> None:
    modules = (path for path in sorted(ROOT.rglob("*.py")) if path.relative_to(ROOT).as_posix() != SERIES)
    found = {
        f"{path.relative_to(ROOT).as_posix()} {one}" for path in modules for one in unchosen(path.read_text("utf-8"))
    }
    assert found - set(DELIBERATE) == set(), "read them from the series, or say here why those called for a case count"
    assert set(DELIBERATE) - found == set(), "no longer asked: take it out of the list"


def test_a_question_that_says_which_meetings_it_means_needs_no_reason() -> None:
    text = "def f(records):\n    records.find(Meeting, id=x)\n    records.find(Meeting, kind=REGULAR)\n"
    assert list(unchosen(text)) == []
    assert list(unchosen(f"class A:\n    {text.splitlines()[0]}\n        return records.find(Meeting, on=day)")) == [
        "A.f"
    ]
