"""Every key of both windows is declared once, and the list in Help is those declarations and nothing else."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

import csp_desktop.gui
from csp_desktop.domain.people.settings import Settings
from csp_desktop.gui.help.help import IN_LISTS_AND_FIELDS, HelpPage, help_text, key_groups
from csp_desktop.gui.meeting import action_answers, action_column
from csp_desktop.gui.private import person_offers
from csp_desktop.gui.private.context import PrivatePageContext, give_table
from csp_desktop.gui.private.help import PrivateHelpPage
from csp_desktop.gui.private.private_table import PrivateTable
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.widgets import reason_field, rights_panel, rows_table
from csp_desktop.gui.widgets.palette import Palette
from csp_desktop.gui.window.actions import BACK, CHOOSE, FIND, HELP, HIDE, LOCK, NEXT, OPEN, PRESS, Action, help_rows
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.keys import is_chord
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.program import Program
from csp_desktop.gui.window.registry import GROUP, IT_SUPPORT, PageInfo, WindowKind
from csp_desktop.gui.window.tasks import Tasks
from tests.gui.test_refusals import Slots
from tests.support.fakes import NO_PAPERS, fake_session
from tests.support.private_session import LEAD, begun, private_session

GUI = Path(csp_desktop.gui.__file__).parent
WINDOWS = {"group": (GROUP, HelpPage), "private": (PRIVATE, PrivateHelpPage)}
PAGES = [(kind, info) for kind, _ in WINDOWS.values() for info in kind.pages]
PAGES.append((IT_SUPPORT, IT_SUPPORT.page("file_home")))
NAMES = [f"{name}-{info.stem}" for name, (kind, _) in WINDOWS.items() for info in kind.pages] + ["group-file_home"]
QT_OWN = {keys for action in (*CHOOSE, OPEN, NEXT, PRESS) for keys in action.keys} | {"PgDown"}
NEVER = {
    "private_circulate": (rights_panel,),  # the group's page has it; here it is never shown, its keys do nothing
    "factor_year": (rows_table,),  # no row of counts can be left out
}
LATER = {  # what is made once there is a person, a row or a factor to make it for
    "actions": (reason_field,),
    "private_live": (action_answers, action_column, person_offers),
}


def desk_of(kind: WindowKind) -> PageContext:
    session: Any = private_session() if kind.private else fake_session()
    papers = replace(NO_PAPERS, read_people=NO_PAPERS.read_members)
    session = replace(session, users=Slots(), papers=papers)
    if kind.private:
        return PrivatePageContext(session, Changes(), Tasks(), kind=kind, table=PrivateTable())
    return PageContext(session, Changes(), Tasks(), kind=kind)


def made(qtbot: QtBot, kind: WindowKind, info: PageInfo) -> Page:
    make_application(["test"])
    page: Page = info.load()(desk_of(kind))
    qtbot.addWidget(page)
    return page


def same(keys: str) -> str:
    """The number pad's Enter is Enter, and + without Shift is +."""
    return re.sub(r"\+=$", "++", keys).replace("Enter", "Return")


def bound(page: QWidget) -> set[str]:
    """Every chord Qt would take anywhere on it."""
    made = [keys for each in page.findChildren(QShortcut) for keys in QShortcut.keys(each)]
    made += [keys for each in page.findChildren(QAction) for keys in each.shortcuts()]
    made += [each.shortcut() for each in page.findChildren(QAbstractButton) if each.shortcut() != _underlined(each)]
    return {same(keys.toString()) for keys in made}


def _underlined(button: QAbstractButton) -> QKeySequence:
    return QKeySequence.mnemonic(button.text())


def declared(thing: object) -> Iterator[Action]:
    """The actions a module or a class names, alone or in rows."""
    for each in vars(thing).values():
        rows = (each,) if isinstance(each, Action) else each if isinstance(each, tuple) else ()
        yield from (row for row in rows if isinstance(row, Action))


def of_widgets(page: Page, stem: str) -> set[str]:
    """What the widgets it is made of declare or read."""
    modules = {sys.modules[type(each).__module__] for each in page.findChildren(QWidget)} | set(LATER.get(stem, ()))
    modules -= set(NEVER.get(stem, ()))
    own = [module for module in modules if module.__name__.startswith("csp_desktop.gui")]
    return {same(keys) for module in own for action in declared(module) for keys in action.keys}


def listed(page: type[Page], window: type[HelpPage]) -> set[str]:
    """What Help lists for it, with what acts everywhere and in every list."""
    return {same(keys) for each in (*page.ACTIONS, *window.window_keys, *IN_LISTS_AND_FIELDS) for keys in each.keys}


def help_of(kind: WindowKind) -> type[HelpPage]:
    return next((window for each, window in WINDOWS.values() if each is kind), HelpPage)


@pytest.mark.parametrize(("kind", "info"), PAGES, ids=NAMES)
def test_no_key_that_acts_is_missing_from_help(qtbot: QtBot, kind: WindowKind, info: PageInfo) -> None:
    page = made(qtbot, kind, info)
    acting = bound(page) | of_widgets(page, info.stem)
    assert acting - listed(type(page), help_of(kind)) == set()


@pytest.mark.parametrize(("kind", "info"), PAGES, ids=NAMES)
def test_no_key_in_help_is_unbound(qtbot: QtBot, kind: WindowKind, info: PageInfo) -> None:
    page = made(qtbot, kind, info)
    chords, widgets = bound(page), of_widgets(page, info.stem) | QT_OWN
    window = {keys for action in help_of(kind).window_keys for keys in action.keys}
    for action in page.ACTIONS:
        for named in filter(None, (action.do, action.when)):
            assert callable(getattr(page, named)), action
        assert not action.on or page.findChild(QWidget, action.on), action
        for keys in action.keys:
            by_page = bool(action.do) and (same(keys) in chords if is_chord(keys) and not action.on else True)
            assert by_page or keys in widgets or keys in window, action


@pytest.mark.parametrize(("kind", "info"), PAGES, ids=NAMES)
def test_no_key_of_a_page_asks_for_two_things(kind: WindowKind, info: PageInfo) -> None:
    asked = [(keys, action.on) for action in info.load().ACTIONS if action.do for keys in action.keys]
    assert [each for each in asked if asked.count(each) > 1] == []


@pytest.mark.parametrize(("kind", "window"), WINDOWS.values(), ids=list(WINDOWS))
def test_every_action_of_every_page_stands_in_the_list(kind: WindowKind, window: type[HelpPage]) -> None:
    groups = {group.title: group.keys for group in key_groups(kind, window.window_keys)}
    everywhere = {action.keys for action in window.window_keys}
    for info in kind.pages:
        own = [each for each in info.load().ACTIONS if each.keys and each.keys not in everywhere]
        rows = {words for _, words in (*groups.get(info.title, ()), *help_rows(IN_LISTS_AND_FIELDS))}
        assert {action.label for action in own} - rows == set()


def test_rows_that_do_the_same_are_shown_together() -> None:
    digits = [Action("answer", (str(number),)) for number in range(6)]
    moves = [Action("move", ("Alt+Up",)), Action("move", ("Alt+Down",))]
    assert help_rows([*digits, *moves, Action("minute", ("F2", "Ctrl+M")), Action("larger", ("Ctrl++",))]) == [
        ("0 to 5", "answer"),
        ("Alt ↑ ↓", "move"),
        ("F2 or Ctrl M", "minute"),
        ("Ctrl +", "larger"),
    ]


WRITTEN = re.compile(r"(?:(?:Ctrl|Alt|Shift)[+ ])+\S+|F[1-9][0-2]?|Esc|Escape|Del|Tab|Return|Pg\w+")
IN_WORDS = re.compile(r"\b(?:Ctrl|Alt|Shift)[+ ][A-Z0-9←→↑↓−]|\bF(?:[1-9]|1[0-2])\b|\bEsc\b")
NO_KEYS = (GUI / "window" / "keys.py", GUI / "style" / "access_letters.py")  # what a key is; whether Alt is held
MODULES = [path for path in sorted(GUI.rglob("*.py")) if path not in NO_KEYS]


def _docstrings(tree: ast.AST) -> set[ast.AST]:
    return {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }


def _texts(tree: ast.AST) -> list[str]:
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(GUI)))
def test_a_key_is_written_in_its_declaration_and_there_once(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    rows = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Action"]
    inside = {node for row in rows for node in ast.walk(row)}
    keys = [text for row in rows for text in _texts(ast.Tuple(row.args[1:2])) if WRITTEN.fullmatch(text)]
    assert [text for text in keys if keys.count(text) > 1] == []
    if module == GUI / "window" / "actions.py":  # how a key is shown
        return
    outside = set(ast.walk(tree)) - inside - _docstrings(tree)
    for text in [node.value for node in outside if isinstance(node, ast.Constant) and isinstance(node.value, str)]:
        assert not WRITTEN.fullmatch(text) and not IN_WORDS.search(text), text
    assert "Key_" not in module.read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "window"), WINDOWS.values(), ids=list(WINDOWS))
def test_the_text_of_help_names_no_key_that_does_not_exist(kind: WindowKind, window: type[HelpPage]) -> None:
    known = {keys for info in kind.pages for keys in listed(info.load(), window)}
    named = set(re.findall(r"(?:(?:Ctrl|Alt|Shift)\+)+\w+|\bF(?:1[0-2]|[1-9])\b", help_text(window.text_name)))
    assert named and {same(keys) for keys in named} - known == set()


def in_window(qtbot: QtBot, kind: WindowKind) -> Program:
    """Unlocked; in the private window a session runs."""
    make_application(["test"])
    desk = desk_of(kind)
    desk.session.work.settings = Settings()  # type: ignore[attr-defined]
    if kind.private:
        begun(desk.session, LEAD, "PC Sara Lyle")
    program = Program(desk.session.now, lambda: None, lambda dark, scale: None, kind)
    if isinstance(desk, PrivatePageContext):
        give_table(program, desk.table)
    qtbot.addWidget(program.window)
    program.window.show()
    program.begin(desk.session)
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    return program


def press(action: Action) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keySequence(focus, QKeySequence(action.keys[0]))


@pytest.mark.parametrize("kind", [GROUP, PRIVATE], ids=list(WINDOWS))
def test_the_keys_of_the_window_do_what_help_says(qtbot: QtBot, kind: WindowKind) -> None:
    program = in_window(qtbot, kind)
    begins = program.window.page_name()
    press(HELP)
    assert program.window.page_name() == kind.help
    press(BACK)
    assert program.window.page_name() == begins
    press(FIND)
    assert any(each.isVisible() for each in program.window.findChildren(Palette))
    with qtbot.waitSignal(program.hidden):
        press(HIDE)


def test_f1_in_a_private_session_that_runs_shows_the_private_help(qtbot: QtBot) -> None:
    program = in_window(qtbot, PRIVATE)
    assert program.window.page_name() == "private_live"
    press(HELP)
    page = program.window.page()
    assert isinstance(page, PrivateHelpPage)

    def said() -> set[str]:
        return {each.accessibleName() for each in page.findChildren(QWidget)}

    qtbot.waitUntil(lambda: "Keys: In lists and fields" in said())
    assert "Keys: The session" in said() and "Keys: The meeting" not in said()


def test_the_lock_key_locks(qtbot: QtBot) -> None:
    program = in_window(qtbot, GROUP)
    press(LOCK)
    assert program.is_locked()
