"""An IT administrator makes backups and manages users and opens no case: every page, service, verb and search of the
sample is asked, and none says a word of a case."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

import csp_desktop.services
from csp_desktop.bootstrap.partnership import Partnership, open_partnership
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.finder import attach_finder
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.program import Program
from csp_desktop.gui.window.registry import GROUP, IT_SUPPORT
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.sample.clock import ScriptedClock, sample_clock
from csp_desktop.sample.partnership import require_sample, sample_users
from csp_desktop.services.cases.search import find
from csp_desktop.services.file import users
from csp_desktop.services.file.without_cases import NO_CASES, is_without_cases
from csp_desktop.services.ports.work import Work
from csp_desktop.services.session import Session
from tests.scenarios.test_command_line import refused, run

IT = next(user for user in sample_users() if user["role"] == "it-administrator")
LEFT_OUT = ("csp_desktop.services.ports", "csp_desktop.services.private")


def words_of(work: Work) -> frozenset[str]:
    """What is said of cases and actions: none of it may be seen."""
    with work.reading() as records:
        cases, actions = records.find(Case), records.find(Action)
        words = {words for case in cases for words in (case.reference, case.title)} | {one.what for one in actions}
    return frozenset(each for each in words if len(each) > 5)


@pytest.fixture
def it(sample: Path) -> Iterator[Partnership]:
    """The sample, opened as its IT administrator."""
    with open_partnership(sample, IT["name"], IT["passphrase"], ScriptedClock(sample_clock())) as opened:
        yield opened


@pytest.fixture
def said(it: Partnership) -> frozenset[str]:
    """The same of the file as the administrator opened it, read past their session."""
    return words_of(it.work)


def told(words: str, said: frozenset[str]) -> list[str]:
    """What of it stands in these words."""
    return sorted(each for each in said if each in words)


def use_cases() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Everything in the services whose first argument is the session."""
    for info in pkgutil.walk_packages(csp_desktop.services.__path__, "csp_desktop.services."):
        if info.ispkg or info.name.startswith(LEFT_OUT) or info.name.endswith(".without_cases"):
            continue
        for name, thing in vars(import_module(info.name)).items():
            if inspect.isfunction(thing) and thing.__module__ == info.name and not name.startswith("_"):
                wanted = list(inspect.signature(thing).parameters.values())
                if wanted and wanted[0].name == "session":
                    yield f"{info.name}.{name}", thing


def tried(act: Callable[..., Any], session: Session, given: object) -> str:
    """What it gives, in words, or what it raises."""
    wanted = list(inspect.signature(act).parameters.values())[1:]
    needed = [each for each in wanted if each.default is inspect.Parameter.empty]
    named = {each.name: given for each in needed if each.kind is inspect.Parameter.KEYWORD_ONLY}
    plain = [given for each in needed if each.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]
    try:
        found = act(session, *plain, **named)
        return repr(list(found) if inspect.isgenerator(found) else found)
    except NotAllowed as refusal:
        return refusal.sentence
    except Exception as error:  # noqa: BLE001 - asked with nothing to go on
        return repr(error)


@pytest.mark.parametrize("given", ["", None], ids=["an empty word", "nothing"])
def test_no_use_case_says_a_word_of_a_case(it: Partnership, said: frozenset[str], given: object) -> None:
    every = list(use_cases())
    assert len(every) > 250
    found = {name: told(tried(act, it.session, given), said) for name, act in every}
    assert {name: words for name, words in found.items() if words} == {}


def test_a_use_case_asked_about_a_case_that_is_there_says_nothing_either(
    it: Partnership, sample: Path, said: frozenset[str]
) -> None:
    with it.work.reading() as records:
        ids = [records.find(Case)[0].id, records.find(Action)[0].id, records.find(Meeting)[0].id]
    for one in ids:
        found = {name: told(tried(act, it.session, one), said) for name, act in use_cases()}
        assert {name: words for name, words in found.items() if words} == {}


def test_the_positive_control_of_this_test_finds_what_a_minute_taker_is_told(sample: Path) -> None:
    with require_sample(sample) as opened:
        said = words_of(opened.work)
        found = [name for name, act in use_cases() if told(tried(act, opened.session, ""), said)]
    assert len(found) > 8


def texts(page: QWidget) -> str:
    """Everything that can be read on it, hidden parts too."""
    plain = [each.text() for each in page.findChildren(QLabel)] + [e.text() for e in page.findChildren(QLineEdit)]
    plain += [each.text() for each in page.findChildren(QAbstractButton)]
    plain += [each.toPlainText() for each in page.findChildren(QPlainTextEdit)]
    plain += [each.toPlainText() for each in page.findChildren(QTextEdit)]
    for view in page.findChildren(EntryList):
        plain += [f"{entry.title} {entry.subtitle}" for entry in view.entries()]
    return "\n".join(plain)


@pytest.mark.parametrize("stem", [page.stem for page in GROUP.pages])
def test_every_page_refuses_or_shows_nothing_of_a_case(
    qtbot: QtBot, it: Partnership, said: frozenset[str], stem: str
) -> None:
    context = PageContext(it.session, Changes(), Tasks(), kind=GROUP)
    with suppress(Refused):
        page = GROUP.page(stem).load()(context)
        qtbot.addWidget(page)
        for argument in (None, "none"):
            with suppress(Refused, LookupError, TypeError, ValueError):
                page.entered(argument)
                assert told(texts(page), said) == []


def test_the_window_has_the_pages_of_the_role_and_says_why_it_leads_nowhere_else(qtbot: QtBot, it: Partnership) -> None:
    program = Program(sample_clock, lambda: None, lambda dark, scale: None)
    qtbot.addWidget(program.window)
    program.begin(it.session)
    assert program.window.page_name() == "file_home"
    own = {page.stem for page in IT_SUPPORT.pages}
    for page in GROUP.pages:
        if page.stem not in own:
            with pytest.raises(NotAllowed, match=NO_CASES):
                program.window.show_page(page.stem)
            assert program.window.page_name() == "file_home"
    for stem in ("users", "safekeeping", "help"):
        program.window.show_page(stem)
        assert program.window.page_name() == stem
    program.close()


def test_what_is_typed_into_the_search_finds_nothing(qtbot: QtBot, it: Partnership, said: frozenset[str]) -> None:
    with pytest.raises(NotAllowed):
        find(it.session, "noise")
    window = MainWindow("test")
    qtbot.addWidget(window)
    context = PageContext(it.session, Changes(), Tasks(), kind=IT_SUPPORT)
    page = IT_SUPPORT.page("users").load()(context)
    window.add_page("users", page)
    palette = attach_finder(page, window, context)
    window.show_page("users")
    window.show()
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.focusWidget(), "noise")
    assert told("\n".join(f"{entry.title} {entry.subtitle}" for entry in palette.entries.entries()), said) == []


def test_somebody_locks_in_a_case_and_the_next_who_unlocks_is_at_home(qtbot: QtBot, sample: Path) -> None:
    program = Program(sample_clock, lambda: None, lambda dark, scale: None)
    qtbot.addWidget(program.window)
    with require_sample(sample) as opened:
        program.begin(opened.session)
        program.window.show_page("cases")
        program.lock()
    with open_partnership(sample, IT["name"], IT["passphrase"], ScriptedClock(sample_clock())) as opened:
        program.begin(opened.session)
        assert program.window.page_name() == "file_home"
        assert not program.window.go_back()
        program.lock()
    with require_sample(sample) as opened:
        program.begin(opened.session)
        assert program.window.page_name() == "home"
        program.close()


def test_the_command_line_backs_up_and_refuses_every_list(sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text(IT["passphrase"] + "\n", encoding="utf-8")
    opening = ["--folder", sample, "--user", IT["name"], "--passphrase-file", file]
    october = ["--meeting", "2026-10-29"]
    for words in (
        ["cases"],
        ["referrals"],
        ["versions", *october],
        ["minutes", *october, "--out", tmp_path / "minutes.pdf"],
        ["action-lists", *october, "--out", tmp_path / "lists"],
        ["import-cases", Path("tests/data/safety-net/cases-2026-11.csv")],
    ):
        sentence = refused(run(*words, *opening))
        assert NO_CASES in sentence or "Only the chair" in sentence
    assert "Only the chair or the administrator" in refused(run("verify", "--show-key", *opening))
    (tmp_path / "stick").mkdir()
    assert run("backup", "--to", tmp_path / "stick", *opening).returncode == 0
    assert list((tmp_path / "stick").iterdir())


def test_they_let_people_in_but_give_themselves_no_other_role(it: Partnership) -> None:
    me = next(row for row in users.users(it.session) if row.is_me)
    assert me.roles == (Role.IT_ADMINISTRATOR,) and is_without_cases(it.session)
    with pytest.raises(Refused, match="You cannot give yourself another role"):
        users.change_roles(it.session, me.user.id, [Role.CHAIR])
    with pytest.raises(Refused, match="this role cannot go with another"):
        users.change_roles(it.session, me.user.id, [Role.IT_ADMINISTRATOR, Role.CHAIR])
    with pytest.raises(NotAllowed, match="Only the chair or the administrator"):
        users.new_paper(it.session)
    someone = next(one for one in users.people_to_add(it.session) if one.name == "Ruth Coyle")
    typed = "plum-orbit-candle-reef"
    made = users.add_user(it.session, someone.id, [Role.MINUTE_TAKER], typed, typed)
    assert any(row.user.id == made.id and row.user.must_renew for row in users.users(it.session))


def test_what_others_did_last_is_neither_named_nor_taken_back(it: Partnership) -> None:
    assert it.work.last_step() is not None
    assert it.session.work.last_step() is None and it.session.work.undo() is None
    assert it.session.work.drafts() == []
    kept = replace(it.session)  # what a page hands on is the same session
    with pytest.raises(NotAllowed), kept.work.reading() as records:
        records.find(Case)
