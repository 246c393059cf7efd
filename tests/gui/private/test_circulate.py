"""The private minutes go out by the group's page: to New Hope's own list, each with the people they may hear of."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.domain.minutes.circulation import CopyState, ToldHow
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.gui.private.circulate import PrivateCirculatePage
from csp_desktop.gui.private.minutes import PrivateMinutesPage
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.services.minutes import circulation as core
from csp_desktop.services.minutes import copy_passphrases
from csp_desktop.services.private import circulation
from csp_desktop.services.private.settings import send_to
from tests.services.file.test_users import FakeSlots
from tests.support.copies import PRIVATE_PAPERS
from tests.support.pages import ScriptedAsk, Shown, private_desk_of
from tests.support.private_minutes import EWA, JOY, NAMES, ON_LIST, SARA, held
from tests.support.private_session import LEAD, begun, member_named, private_session
from tests.support.screens import clipped_texts, settle, shared_mnemonics, unnamed_controls

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def _session(*, approved: bool = True, on_list: tuple[str, ...] = ON_LIST) -> tuple[Any, str]:
    session = private_session()
    session = replace(session, papers=PRIVATE_PAPERS, users=FakeSlots({}, session.work))
    meeting_id = held(session, circulation=on_list)
    if approved:
        circulation.approve(session, meeting_id)
    return session, meeting_id


class Circulating(Shown):
    """The page with what is done to it by key."""

    def __init__(
        self,
        qtbot: QtBot,
        session: Any,
        meeting_id: str,
        path: Path | None = None,
        size: QSize = QSize(1366, 768),  # noqa: B008
    ) -> None:
        desk = private_desk_of(session)
        super().__init__(qtbot, PrivateCirculatePage(desk, ScriptedAsk(path)), desk, meeting_id, size)
        self.qtbot, self.session, self.meeting_id = qtbot, session, meeting_id
        self.rest()

    @property
    def ui(self) -> Any:
        """The form."""
        return self.page._ui  # type: ignore[attr-defined]

    def rest(self) -> None:
        """Until the copy is drawn up and nothing is being done."""
        rest = self.page._rest  # type: ignore[attr-defined]
        self.qtbot.waitUntil(lambda: not rest.isActive() and not self.desk.tasks.busy())
        QApplication.processEvents()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, on: QWidget | None = None) -> None:
        """A key where the focus is."""
        QTest.keyClick(on or QApplication.focusWidget() or self.page, key, held)
        self.rest()

    def choose(self, name: str) -> None:
        """Stand on somebody's row."""
        self.ui.copies_view.setFocus()
        self.ui.copies_view.set_current(member_named(self.session, name).id)
        self.page._show_copy()  # type: ignore[attr-defined]
        self.rest()

    def line(self, name: str) -> Any:
        """Somebody's row."""
        return next(one for one in self.ui.copies_view.lines() if one.name == name)

    def text(self) -> str:
        """Every word of the copy shown."""
        pages = self.page._preview.pages  # type: ignore[attr-defined]
        return " ".join(pages.text(n).replace("\n", " ") for n in range(len(pages)))


def test_each_on_the_list_stands_with_whom_they_get_and_how_many_they_do_not(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, *_session())
    assert [line.name for line in shown.ui.copies_view.lines()] == ["Record copy", *ON_LIST]
    assert [shown.line(name).gets.text for name in (SARA, JOY, EWA)] == ["Whole", "1 person", "1 person"]
    assert [words.text for words in shown.line(SARA).withheld] == ["nothing"]
    assert [words.text for words in shown.line(JOY).withheld] == ["1 person, 2 other items", "not shared with them"]
    titles = [entry.title for entry in shown.ui.filters_view.entries()]
    assert "Some of the people" in titles and not any("agency" in title.casefold() for title in titles)


def test_what_is_withheld_is_told_without_naming_anybody(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, *_session())
    shown.choose(JOY)
    assert "not in the file" in shown.ui.out_label.text()
    said = " ".join([*(line.spoken() for line in shown.ui.copies_view.lines()), shown.ui.out_label.text()])
    assert not any(name in said for name in NAMES) and "RS-00" not in said


def test_the_copy_shown_is_the_one_that_is_printed_for_that_person_alone(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, *_session())
    shown.choose(JOY)
    assert "RS-001" in shown.text() and "RS-002" not in shown.text()
    assert f"for {JOY}, Community Mental Health Team" in shown.text()


def test_by_key_from_the_approval_to_all_given(qtbot: QtBot, tmp_path: Path) -> None:
    session, meeting_id = _session()
    shown = Circulating(qtbot, session, meeting_id, tmp_path)
    assert shown.ui.go_button.words() == f"Save {len(ON_LIST)} copies"
    shown.press(Qt.Key.Key_Return, CTRL)
    pdfs = sorted(tmp_path.glob("*.pdf"))
    assert len(pdfs) == len(ON_LIST) and {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert not any(name in path.name for path in tmp_path.iterdir() for name in (*NAMES, "rough", "private"))
    shown.choose(EWA)
    shown.press(Qt.Key.Key_G)
    assert shown.line(EWA).state.text.startswith("Given ")
    shown.press(Qt.Key.Key_Return, CTRL)
    now = core.circulation_list(session, meeting_id)
    assert now.given == len(ON_LIST) and now.state is MinutesState.CIRCULATED
    assert circulation.circulation_of(session, meeting_id).state is MinutesState.CIRCULATED


def test_each_numbered_copy_opens_with_its_own_passphrase(qtbot: QtBot, tmp_path: Path) -> None:
    shown = Circulating(qtbot, *_session(), tmp_path)
    shown.press(Qt.Key.Key_Return, CTRL)
    joy = member_named(shown.session, JOY).id
    words = copy_passphrases.tell_passphrase(shown.session, joy, ToldHow.PHONE)
    rows = core.circulation_list(shown.session, shown.meeting_id).rows
    number = next(row.copy_number for row in rows if row.member_id == joy)
    (file,) = tmp_path.glob(f"*copy-{number:02}.pdf")
    with pytest.raises(pdfium.PdfiumError):
        pdfium.PdfDocument(file)
    with pdfium.PdfDocument(file, password=words) as document:
        assert f"copy {number} for {JOY}" in document[0].get_textpage().get_text_range()


def test_an_email_draft_is_saved_for_whoever_has_an_address(qtbot: QtBot, tmp_path: Path) -> None:
    session, meeting_id = _session()
    with session.work.step("an address") as records:
        records.save(replace(member_named(session, SARA), mail="sara.lyle@example.org"))
    shown = Circulating(qtbot, session, meeting_id, tmp_path)
    shown.press(Qt.Key.Key_Return, CTRL)
    (draft,) = (path.read_bytes() for path in tmp_path.glob("*.eml"))
    assert b"X-Unsent: 1" in draft and b"sara.lyle@example.org" in draft
    assert not any(word in draft.lower() for word in (b"rough", b"new hope", b"private meeting"))


def test_a_copy_is_recalled_with_its_reason_and_stands_in_the_register(qtbot: QtBot, tmp_path: Path) -> None:
    shown = Circulating(qtbot, *_session(), tmp_path)
    shown.press(Qt.Key.Key_Return, CTRL)
    shown.choose(JOY)
    shown.press(Qt.Key.Key_G)
    shown.choose(JOY)
    shown.press(Qt.Key.Key_R)
    QTest.keyClicks(QApplication.focusWidget() or shown.page, "Left on a bus")
    shown.press(Qt.Key.Key_Return)
    joy = member_named(shown.session, JOY).id
    rows = core.circulation_list(shown.session, shown.meeting_id).rows
    assert next(row.state for row in rows if row.member_id == joy) is CopyState.RECALLED
    QTest.mouseClick(shown.ui.register_button, Qt.MouseButton.LeftButton)
    register = shown.page._register  # type: ignore[attr-defined]
    assert any("Left on a bus" in entry.subtitle for entry in register.entries())


def test_nothing_goes_out_before_the_lead_approved_it(qtbot: QtBot, tmp_path: Path) -> None:
    shown = Circulating(qtbot, *_session(approved=False), tmp_path)
    shown.press(Qt.Key.Key_Return, CTRL)
    assert list(tmp_path.iterdir()) == [] and not shown.ui.go_button.isEnabled()
    looks = shown.ui.look_view.body
    said = [looks.itemAt(at).widget().accessibleName() for at in range(looks.count()) if looks.itemAt(at).widget()]
    assert any("The lead of New Hope approves them first" in words for words in said)


def test_with_nobody_on_the_list_the_page_leads_to_it_by_key(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, *_session(on_list=()))
    assert shown.ui.none_state.isVisible() and not shown.ui.table_card.isVisible()
    assert core.circulation_list(shown.session, shown.meeting_id).refusal.startswith("Nobody is on the circulation")
    shown.ui.copies_view.setFocus()
    QTest.mouseClick(shown.ui.rights_button, Qt.MouseButton.LeftButton)
    assert shown.went == [("private_settings", "minutes")]


def test_the_list_is_reached_by_key_and_no_key_of_a_table_of_rights_is_left(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, *_session())
    shown.press(Qt.Key.Key_L, NONE, shown.ui.copies_view)
    assert shown.went == [("private_settings", "minutes")]
    labels = [action.label for action in PrivateCirculatePage.ACTIONS]
    assert not any("right" in label for label in labels)


def test_no_table_of_rights_is_read_for_the_private_file_keeps_none(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, *_session())
    assert shown.page._rights.title.text() == ""  # type: ignore[attr-defined]
    assert shown.ui.copies_view.hasFocus()


def test_while_a_session_runs_nothing_is_listed(qtbot: QtBot) -> None:
    session = private_session()
    begun(session, LEAD, SARA)
    shown = Circulating(qtbot, session, "")
    assert shown.ui.copies_view.lines() == () and shown.ui.none_state.isVisible()


def test_somebody_taken_off_the_list_is_no_recipient(qtbot: QtBot) -> None:
    session, meeting_id = _session()
    send_to(session, member_named(session, EWA).id, receives=False)
    shown = Circulating(qtbot, session, meeting_id)
    assert EWA not in [line.name for line in shown.ui.copies_view.lines()]


def test_after_the_approval_the_minutes_lead_on_by_key(qtbot: QtBot) -> None:
    session, meeting_id = _session()
    desk = private_desk_of(session)
    shown = Shown(qtbot, PrivateMinutesPage(desk, ScriptedAsk(None)), desk, meeting_id, QSize(1366, 768))
    qtbot.waitUntil(lambda: not desk.tasks.busy())
    QTest.keyClick(shown.page, Qt.Key.Key_Return, CTRL)
    assert shown.went == [("private_circulate", meeting_id)]


def test_the_rail_leads_to_it(qtbot: QtBot) -> None:
    assert "private_circulate" in [page.stem for page in PRIVATE.in_rail()]


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720)])
def test_it_fits(qtbot: QtBot, size: tuple[int, int]) -> None:
    shown = Circulating(qtbot, *_session(), size=QSize(*size))
    settle(shown.window, QSize(*size))
    assert clipped_texts(shown.window) == [] and unnamed_controls(shown.page) == []
    assert shared_mnemonics(shown.page) == []
    button = shown.ui.go_button
    assert shown.window.rect().contains(button.rect().translated(button.mapTo(shown.window, button.rect().topLeft())))
