"""From the approval to all given, by key: who gets what and why stands there before anything is written."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.documents.minutes import print_minutes
from csp_desktop.domain.common.users import Role, User
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.minutes.circulation import CopyState, ToldHow
from csp_desktop.domain.minutes.rights import Rights
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.people.agencies import Agency, Member, PaperForm
from csp_desktop.exchange.mail_draft import mail_draft
from csp_desktop.gui.minutes.circulate_minutes import CirculateMinutesPage
from csp_desktop.gui.minutes.minutes import MinutesPage
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes import circulation, copy_passphrases, rights, versions
from csp_desktop.services.ports.users import WayIn
from tests.services.file.test_users import GOOD, FakeSlots
from tests.support.copies import maker
from tests.support.fakes import NO_PAPERS, FixedClock
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.pages import ScriptedAsk, Shown, desk_of
from tests.support.screens import clipped_texts, settle, unnamed_controls

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
OWN = "Own agency's cases and actions"


class _Words:
    """A passphrase for each."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> str:
        self.made += 1
        return f"kettle marble harbour fern {self.made}"


def _warn(folder: Path) -> str:
    return "This folder is on the network." if folder.name == "network" else ""


def approved(*, table: bool = True, ready: str = OWN) -> Any:
    """November is closed and approved; the chair sits at the laptop."""
    papers = replace(
        NO_PAPERS,
        print_minutes=print_minutes,
        mail_draft=mail_draft,
        copies=replace(maker(warn=_warn), new_words=_Words()),
    )
    session = partnership(4, papers=papers)
    with session.work.step("who has mail, and who declared an interest") as records:
        for member in records.find(Member):
            mail = "" if member.id in ("ewa", "sean") else f"{member.id}@example.org"
            records.save(replace(member, mail=mail))
        ravi = records.find(Attendance, meeting_id=NOVEMBER, member_id="ravi")[0]
        records.save(replace(ravi, interests=("SN-2026-0401",)))
        hana = records.get(Member, "hana")
        records.save(replace(hana, roles=(Role.CHAIR.value,), user_name="Hana Price"))
        records.save(User("u-hana", "hana", session.now(), session.now()))
    close_meeting(session, NOVEMBER, reason="time")
    versions.check(session, NOVEMBER)
    versions.approve(session, NOVEMBER)
    if table:
        rights.approve_rights(session, rights.propose_ready_set(session, ready).id)
    return replace(session, users=FakeSlots({"u-hana": WayIn.PASSPHRASE}, session.work))


class Circulating(Shown):
    """The page with what is done to it by key."""

    def __init__(
        self,
        qtbot: QtBot,
        session: Any,
        path: Path | None = None,
        size: QSize = QSize(1366, 768),  # noqa: B008
    ) -> None:
        desk = desk_of(session)
        super().__init__(qtbot, CirculateMinutesPage(desk, ScriptedAsk(path)), desk, NOVEMBER, size)
        self.qtbot, self.session = qtbot, session
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

    def go_on(self) -> None:
        """Ctrl+Enter."""
        self.press(Qt.Key.Key_Return, CTRL)

    def choose(self, member_id: str) -> None:
        """Stand on somebody's row."""
        self.ui.copies_view.setFocus()
        self.ui.copies_view.set_current(member_id)
        self.page._show_copy()  # type: ignore[attr-defined]
        self.rest()

    def line(self, member_id: str) -> Any:
        """Somebody's row."""
        return next(one for one in self.ui.copies_view.lines() if one.key == member_id)

    def row(self, member_id: str) -> Any:
        """The same as the service has it."""
        now = circulation.circulation_list(self.session, NOVEMBER)
        return next(row for row in now.rows if row.member_id == member_id)

    def looks(self) -> list[str]:
        """What is to be looked at."""
        body = self.ui.look_view.body
        found = [body.itemAt(at).widget() for at in range(body.count())]
        return [widget.accessibleName() for widget in found if widget is not None]


def test_after_the_approval_the_minutes_page_leads_on_by_key(qtbot: QtBot) -> None:
    desk = desk_of(approved())
    shown = Shown(qtbot, MinutesPage(desk, ScriptedAsk(None)), desk, NOVEMBER, QSize(1366, 768))
    qtbot.waitUntil(lambda: not desk.tasks.busy())
    QTest.keyClick(shown.page, Qt.Key.Key_Return, CTRL)
    assert shown.went == [("circulate_minutes", NOVEMBER)]


def test_by_key_from_the_approval_to_all_given(qtbot: QtBot, tmp_path: Path) -> None:
    session = approved()
    shown = Circulating(qtbot, session, tmp_path)
    count = len(circulation.circulation_list(session, NOVEMBER).rows)
    assert shown.ui.title_label.text() == "Who gets what" and list(tmp_path.iterdir()) == []
    assert shown.ui.go_button.words() == f"Save {count} copies"
    shown.go_on()
    pdfs = sorted(path for path in tmp_path.iterdir() if path.suffix == ".pdf")
    assert len(pdfs) == count and {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert shown.ui.title_label.text() == f"Given to 0 of {count}"
    assert shown.looks()[0] == f"All withheld parts are absent, Searched in all {count} finished files"
    shown.choose("ewa")
    shown.press(Qt.Key.Key_G)
    assert shown.line("ewa").state.text == "Given Thu 26 Nov 2026"
    assert shown.ui.go_button.words() == f"Confirm the {count - 1} as given"
    shown.go_on()
    now = circulation.circulation_list(session, NOVEMBER)
    assert now.state is MinutesState.CIRCULATED and now.given == count
    assert [step.caption for step in shown.page.bar_state().steps][3] == "Thu 26 Nov"
    assert not shown.ui.go_button.isVisible()


def test_a_mail_draft_is_written_for_each_who_has_an_address(qtbot: QtBot, tmp_path: Path) -> None:
    shown = Circulating(qtbot, approved(), tmp_path)
    assert [entry.caption for entry in shown.ui.filters_view.entries() if entry.title == "Locked PDF, by hand"] == ["2"]
    shown.go_on()
    drafts = [path.read_bytes() for path in tmp_path.iterdir() if path.suffix == ".eml"]
    assert len(drafts) == len(circulation.circulation_list(shown.session, NOVEMBER).rows) - 2
    assert all(b"X-Unsent: 1" in draft for draft in drafts)


def test_each_copy_opens_with_its_own_passphrase_alone(qtbot: QtBot, tmp_path: Path) -> None:
    shown = Circulating(qtbot, approved(), tmp_path)
    shown.go_on()
    words = copy_passphrases.tell_passphrase(shown.session, "ewa", ToldHow.PHONE)
    number = shown.row("ewa").copy_number
    file = (tmp_path / f"papers-2026-11-26-copy-{number:02}.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(file), password=words):
        pass
    for path in tmp_path.glob(f"*copy-{number + 1:02}.pdf"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(path, password=words)


def test_a_person_without_rights_gets_no_copy_and_the_page_says_why(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, approved())
    assert "tom" not in [line.key for line in shown.ui.copies_view.lines()]
    assert "1 person without rights is not listed, Tom Ellis" in shown.looks()
    total = len(shown.ui.copies_view.lines())
    assert shown.ui.copies_count.text() == str(total) == shown.ui.filters_view.entries()[0].caption
    shown.press(Qt.Key.Key_W)
    bar = shown.ui.saved_bar
    assert bar.text() == "Not listed"
    assert bar.accessibleName() == "Not listed, Tom Ellis: was not present, and has no case or action"


def test_without_a_table_of_rights_nobody_gets_a_copy(qtbot: QtBot, tmp_path: Path) -> None:
    shown = Circulating(qtbot, approved(table=False), tmp_path)
    assert shown.ui.none_state.isVisible() and not shown.ui.table_card.isVisible()
    assert any("No table of rights is approved" in words for words in shown.looks())
    shown.go_on()
    assert list(tmp_path.iterdir()) == []


def test_a_ready_set_is_proposed_by_key_and_the_chair_approves_it_with_their_own_passphrase(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, approved(table=False))
    QTest.mouseClick(shown.ui.rights_button, Qt.MouseButton.LeftButton)
    panel = shown.page._rights  # type: ignore[attr-defined]
    shown.press(Qt.Key.Key_2, ALT, panel.rows)
    words = [(entry.title, entry.subtitle) for entry in panel.rows.entries()]
    assert words[0] == ("Chair", "Whole minutes") and words[-1] == ("Everyone else", OWN)
    assert panel.approve_button.words() == "Approve from Thu 26 Nov"
    panel.passphrase_edit.setText("not this one")
    shown.go_on()
    assert panel.error.text() == "This is not it." and rights.rights_table(shown.session).current is None
    panel.passphrase_edit.setText(GOOD)
    shown.go_on()
    assert rights.rights_table(shown.session).current is not None and panel.passphrase_edit.text() == ""
    assert shown.ui.table_card.isVisible() and len(shown.ui.copies_view.lines()) > 1
    shown.page.go_back()
    assert not panel.isVisible() and shown.ui.copies_view.hasFocus()


def at_rights(qtbot: QtBot, session: Any) -> tuple[Circulating, Any]:
    """The table of rights, its first row in hand."""
    shown = Circulating(qtbot, session)
    shown.press(Qt.Key.Key_L, NONE, shown.ui.copies_view)
    panel = shown.page._rights  # type: ignore[attr-defined]
    assert panel.rows.hasFocus() and panel.rows.current_key() == "1"
    return shown, panel


def gives(panel: Any) -> list[tuple[str, str]]:
    """The rows in words."""
    return [(entry.title, entry.subtitle) for entry in panel.rows.entries()]


def test_a_row_is_chosen_by_arrow_and_what_it_gives_changed_as_a_proposal(qtbot: QtBot) -> None:
    shown, panel = at_rights(qtbot, approved())
    before = len(circulation.circulation_list(shown.session, NOVEMBER).rows)
    for _ in range(3):
        shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_Right)
    assert gives(panel)[3] == ("Everyone else", "Own agency's actions only")
    assert panel.title.text() == "Proposed, waiting for the chair" and panel.rows.current_key() == "4"
    shown.press(Qt.Key.Key_4)
    assert gives(panel)[3] == ("Everyone else", "No copy") and panel.combos["rights"].currentText() == "No copy"
    shown.press(Qt.Key.Key_Left)
    assert gives(panel)[3][1] == "Own agency's actions only"
    assert len(circulation.circulation_list(shown.session, NOVEMBER).rows) == before
    table = rights.rights_table(shown.session).current
    assert table is not None and table.rights[3].rights is Rights.OWN_AGENCY
    strip = [words for _, words in shown.page.strip_keys()]
    assert "gives" in strip and "given" not in strip


def test_it_counts_only_once_the_chair_approves_it(qtbot: QtBot) -> None:
    shown, panel = at_rights(qtbot, approved())
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_3):
        shown.press(key)
    assert any(row.gets == OWN for row in circulation.circulation_list(shown.session, NOVEMBER).rows)
    panel.passphrase_edit.setText(GOOD)
    shown.go_on()
    given = {row.rights for row in circulation.circulation_list(shown.session, NOVEMBER).rows}
    assert given == {Rights.WHOLE, Rights.ACTIONS_ONLY} and panel.title.text() == "In force"


def test_rows_are_added_taken_away_and_moved_by_role_attendance_and_kind_of_agency(qtbot: QtBot) -> None:
    shown, panel = at_rights(qtbot, approved())
    for _ in range(3):
        shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_A)
    assert gives(panel)[3:] == [("Member", "No copy"), ("Everyone else", OWN)] and panel.rows.current_key() == "4"
    shown.press(Qt.Key.Key_T)
    shown.press(Qt.Key.Key_K)
    shown.press(Qt.Key.Key_P)
    assert gives(panel)[3] == ("Occasional, police, present", "No copy")
    assert panel.combos["part"].currentText() == "Occasional" and panel.combos["agency"].currentText() == "Kind: police"
    shown.press(Qt.Key.Key_Down, ALT)
    assert panel.rows.current_key() == "5" and panel.rows.entries()[4].pill == "never applies"
    shown.press(Qt.Key.Key_Up, ALT)
    assert panel.rows.current_key() == "4" and panel.rows.entries()[3].pill == ""
    panel.combos["attended"].setFocus()
    QTest.keyClick(panel.combos["attended"], Qt.Key.Key_Down)
    assert gives(panel)[3] == ("Occasional, police, sent apologies", "No copy")
    panel.rows.setFocus()
    shown.press(Qt.Key.Key_Delete)
    assert gives(panel)[3:] == [("Everyone else", OWN)]


def test_a_row_is_made_for_one_agency_and_for_whoever_declared_an_interest(qtbot: QtBot) -> None:
    shown, panel = at_rights(qtbot, approved())
    with shown.session.work.reading() as records:
        names = sorted(one.name for one in records.find(Agency))
    shown.press(Qt.Key.Key_A)
    shown.press(Qt.Key.Key_O)
    combo = panel.combos["agency"]
    offered = [combo.itemText(at) for at in range(combo.count())]
    assert (offered[0], offered[1]) == ("Any agency", "Kind: police") and offered[-len(names) :] == names
    assert combo.currentText() == names[0] and gives(panel)[0] == (f"Member, {names[0]}", "No copy")
    shown.press(Qt.Key.Key_K)
    assert gives(panel)[0] == ("Member, police", "No copy") and combo.currentText() == "Kind: police"
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_End)
    assert gives(panel)[0] == (f"Member, {names[-1]}", "No copy")
    panel.rows.setFocus()
    shown.press(Qt.Key.Key_I)
    assert gives(panel)[0] == (f"Member, {names[-1]}, declared an interest", "No copy")
    assert panel.combos["declared"].currentText() == "Declared one"
    waiting = rights.rights_table(shown.session).proposed
    assert waiting is not None and waiting.rights[0].declared and waiting.rights[0].agency_id


def test_the_last_row_stays(qtbot: QtBot) -> None:
    shown, panel = at_rights(qtbot, approved())
    for _ in range(4):
        shown.press(Qt.Key.Key_Delete)
    assert len(gives(panel)) == 1 and panel.error.text().startswith("A table of rights needs at least one row.")


def test_a_change_of_rights_is_undone_and_a_proposal_withdrawn(qtbot: QtBot) -> None:
    shown, panel = at_rights(qtbot, approved())
    shown.press(Qt.Key.Key_2)
    shown.press(Qt.Key.Key_3)
    shown.page.undo()
    assert gives(panel)[0] == ("Chair", OWN)
    shown.page.undo()
    assert gives(panel)[0] == ("Chair", "Whole minutes") and panel.title.text() == "In force"
    shown.press(Qt.Key.Key_2)
    QTest.mouseClick(panel.back_button, Qt.MouseButton.LeftButton)
    assert panel.title.text() == "In force" and not panel.back_button.isVisible()


def test_who_does_not_record_changes_no_row(qtbot: QtBot) -> None:
    session = replace(approved(), roles=frozenset({Role.ADMINISTRATOR}), user_name="Sean Byrne")
    shown, panel = at_rights(qtbot, session)
    shown.press(Qt.Key.Key_4)
    assert gives(panel)[0] == ("Chair", "Whole minutes") and panel.error.text()
    assert not panel.combos["rights"].isEnabled() and rights.rights_table(session).proposed is None


def test_only_the_chair_is_asked_to_approve_a_table(qtbot: QtBot) -> None:
    session = replace(approved(table=False), roles=frozenset({Role.MINUTE_TAKER}), user_name="Dan Holt")
    rights.propose_ready_set(session, OWN)
    shown = Circulating(qtbot, session)
    QTest.mouseClick(shown.ui.rights_button, Qt.MouseButton.LeftButton)
    panel = shown.page._rights  # type: ignore[attr-defined]
    assert panel.title.text() == "Proposed, waiting for the chair" and not panel.approve_button.isVisible()


def test_what_is_withheld_stands_with_its_reason_and_a_declared_interest_in_amber(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, approved())
    ravi = shown.line("ravi")
    assert [(one.text, one.tone.value) for one in ravi.withheld][-1] == ("5.1: declared interest", "medium")
    assert any("not with" in one.text for one in shown.line("ewa").withheld)
    assert [one.text for one in shown.line("ruth").withheld] == ["nothing"]
    shown.choose("ravi")
    assert "5.1: declared interest" in shown.ui.out_label.text() and "not just covered up" in shown.ui.out_label.text()
    shown_words = " ".join(line.spoken() for line in shown.ui.copies_view.lines())
    assert "No new reports" not in shown_words and "JK" not in shown_words  # why, never what


def test_the_chosen_copy_is_shown_as_it_will_be_printed(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, approved())
    shown.choose("dan")
    pages = shown.page._preview.pages  # type: ignore[attr-defined]
    words = " ".join(pages.text(0).split())
    assert "Actions of PS Dan Holt" in words  # their own come first
    number = shown.row("dan").copy_number
    assert f"copy {number} for PS Dan Holt, Hertfordshire Constabulary" in words
    assert shown.ui.side_title.text() == f"Copy {number:02} for PS Dan Holt"


def test_no_pages_of_one_copy_stand_under_another_name(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, approved())
    shown.choose("dan")
    QTest.keyClick(shown.ui.copies_view, Qt.Key.Key_Up)
    assert shown.ui.side_title.text() and "Dan Holt" not in shown.ui.side_title.text()
    assert shown.page._preview.pages is None and not shown.ui.page_view.isVisible()  # type: ignore[attr-defined]
    shown.rest()
    assert shown.page._preview.pages is not None  # type: ignore[attr-defined]


def test_the_pages_of_a_copy_stay_in_sight_while_something_else_is_done(qtbot: QtBot) -> None:
    page = Circulating(qtbot, approved())
    page.choose("dan")
    page.page.refresh()
    page.page._draw()  # type: ignore[attr-defined]
    assert page.ui.page_view.isVisible() and not page.ui.empty_state.isVisible()
    page.rest()


def test_a_passphrase_is_told_once_by_key_and_is_gone_when_the_panel_closes(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, approved())
    asking = shown.page._asking  # type: ignore[attr-defined]
    shown.choose("ewa")
    assert shown.line("ewa").told.text == "Not given yet" and shown.line("ewa").state.text == "Passphrase first"
    shown.press(Qt.Key.Key_T)
    shown.press(Qt.Key.Key_2)
    assert asking.secret.text().startswith("kettle marble harbour fern")
    assert shown.line("ewa").told.text == "By phone" and shown.line("ewa").state.text == "Ready"
    shown.page.go_back()
    assert asking.secret.text() == "" and not asking.isVisible() and shown.ui.copies_view.hasFocus()


def test_slips_are_one_page_for_each_who_was_not_told(qtbot: QtBot, tmp_path: Path) -> None:
    shown = Circulating(qtbot, approved(), tmp_path / "slips.pdf")
    waiting = len(circulation.circulation_list(shown.session, NOVEMBER).rows)
    shown.press(Qt.Key.Key_S)
    with pikepdf.open(tmp_path / "slips.pdf") as pdf:
        assert len(pdf.pages) >= 1
    assert all(line.told.text == "Slip" for line in shown.ui.copies_view.lines() if line.key != "record")
    assert shown.ui.saved_bar.text() == f"{waiting} slips saved"


def test_slips_that_could_not_be_saved_tell_nobody(qtbot: QtBot, tmp_path: Path) -> None:
    shown = Circulating(qtbot, approved(), tmp_path)  # a folder is no file
    shown.press(Qt.Key.Key_S)
    assert shown.ui.saved_bar.text().startswith("It could not be saved there")
    assert all(line.told.text == "Not given yet" for line in shown.ui.copies_view.lines() if line.key != "record")
    assert list(tmp_path.iterdir()) == []


def test_with_secure_mail_no_passphrase_is_needed(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, approved())
    shown.choose("dan")
    shown.press(Qt.Key.Key_M)
    assert shown.line("dan").told.text == "none needed" and shown.line("dan").state.text == "Ready"
    assert shown.line("aisha").told.text == "none needed"  # of the same agency


def test_by_key_somebody_gets_the_form_they_can_read(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, approved())
    shown.choose("dan")
    shown.press(Qt.Key.Key_N)
    assert shown.row("dan").form is PaperForm.LARGE_PRINT and "large-print PDF" in shown.line("dan").role
    assert "PS Dan Holt needs a large-print PDF" in shown.ui.saved_bar.text()
    assert shown.ui.in_label.text().endswith("As a large-print PDF.")
    shown.press(Qt.Key.Key_N)
    assert shown.row("dan").form is PaperForm.PDF and any("cannot be locked" in words for words in shown.looks())
    shown.press(Qt.Key.Key_M)
    assert shown.row("dan").form is PaperForm.WORD and "Word file" in shown.line("dan").role
    assert not any("cannot be locked" in words for words in shown.looks())
    shown.page.undo()
    shown.page.undo()
    shown.rest()
    assert shown.row("dan").form is PaperForm.LARGE_PRINT


def test_no_copy_needs_its_reason_and_is_taken_back_by_the_same_key(qtbot: QtBot, tmp_path: Path) -> None:
    shown = Circulating(qtbot, approved(), tmp_path)
    asking = shown.page._asking  # type: ignore[attr-defined]
    shown.choose("ewa")
    shown.press(Qt.Key.Key_X)
    shown.press(Qt.Key.Key_Return, NONE, asking.reason_edit)
    assert asking.error.text() == "Say why this person gets no copy."
    QTest.keyClicks(asking.reason_edit, "away until January")
    shown.press(Qt.Key.Key_Return, NONE, asking.reason_edit)
    assert shown.line("ewa").state.text == "No copy"
    shown.go_on()
    assert not list(tmp_path.glob(f"*copy-{shown.row('ewa').copy_number:02}.*"))
    shown.choose("ewa")
    shown.press(Qt.Key.Key_X)
    assert shown.row("ewa").state is not CopyState.LEFT_OUT


def test_a_given_copy_is_recalled_with_the_reason_and_the_register_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    shown = Circulating(qtbot, approved(), tmp_path)
    shown.go_on()
    shown.choose("dan")
    shown.press(Qt.Key.Key_G)
    shown.press(Qt.Key.Key_R)
    asking = shown.page._asking  # type: ignore[attr-defined]
    QTest.keyClicks(asking.reason_edit, "sent to an old address")
    shown.press(Qt.Key.Key_Return, NONE, asking.reason_edit)
    assert shown.line("dan").state.text == "Recalled"
    shown.page._ask.path = tmp_path / "recall.eml"  # type: ignore[attr-defined]
    shown.press(Qt.Key.Key_R, NONE, shown.ui.copies_view)
    assert b"is recalled" in (tmp_path / "recall.eml").read_bytes()
    shown.press(Qt.Key.Key_H, NONE, shown.ui.copies_view)
    register = shown.page._register  # type: ignore[attr-defined]
    entry = next(one for one in register.entries() if "PS Dan Holt" in one.title)
    assert entry.pill == "recalled" and entry.subtitle == "Thu 26 Nov 2026 by Hana Price: sent to an old address"
    assert "version 1" in entry.title and len(register.entries()) == len(shown.ui.copies_view.lines()) - 1


def test_cancelled_in_the_middle_only_whole_copies_are_left(qtbot: QtBot, tmp_path: Path) -> None:
    shown = Circulating(qtbot, approved(), tmp_path)
    progress = shown.page._progress  # type: ignore[attr-defined]
    shown.page._press_next()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob("*.pdf"))) or not progress.is_running())
    progress.cancel()
    shown.rest()
    written = [row for row in circulation.circulation_list(shown.session, NOVEMBER).rows if row.record]
    assert {path.name for path in tmp_path.glob("*.pdf")} == {
        f"papers-2026-11-26-copy-{row.copy_number:02}.pdf" for row in written
    }
    for row in written:
        words = copy_passphrases.tell_passphrase(shown.session, row.member_id, ToldHow.PHONE)
        with pikepdf.open(tmp_path / f"papers-2026-11-26-copy-{row.copy_number:02}.pdf", password=words) as pdf:
            assert len(pdf.pages)
    assert not list(tmp_path.glob(".*"))
    if len(written) < len(shown.ui.copies_view.lines()) - 1:
        assert shown.ui.write_error.text() == "Stopped. The copies saved so far are complete."


def test_a_folder_on_the_network_is_warned_of_before_anything_is_written_there(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "network"
    folder.mkdir()
    shown = Circulating(qtbot, approved(), folder)
    shown.go_on()
    assert list(folder.iterdir()) == [] and shown.ui.folder_sign.text() == "This folder is on the network."
    assert shown.ui.write_error.text().startswith("Nothing saved yet.")
    shown.go_on()
    assert list(folder.glob("*.pdf"))


def test_what_cannot_be_printed_is_named_before_any_copy_is_written(qtbot: QtBot, tmp_path: Path) -> None:
    session = approved()
    letters = replace(session.papers, missing_letters=lambda texts: ("Ș",) if any("Ș" in one for one in texts) else ())
    shown = Circulating(qtbot, replace(session, papers=letters), tmp_path)
    assert any("Characters cannot be printed, Copy for Ștefan" in one and "Ș (Latin)" in one for one in shown.looks())
    shown.go_on()
    assert not list(tmp_path.iterdir()) and "Nothing is written yet." in shown.ui.write_error.text()
    shown.go_on()
    assert list(tmp_path.glob("*.pdf"))


def test_late_circulation_is_red_in_words_and_stays_told(qtbot: QtBot, tmp_path: Path) -> None:
    session = approved()
    due = circulation.circulation_list(session, NOVEMBER).due
    session = replace(session, now=FixedClock(datetime(due.year, due.month, due.day + 2, 10, tzinfo=UTC)))
    shown = Circulating(qtbot, session, tmp_path)
    assert shown.ui.late_label.text() == f"was due {due:%a} {due.day} {due:%b}, 2 days overdue"
    assert shown.page.bar_state().figures[0].big == "2 days overdue"
    shown.go_on()
    shown.go_on()
    assert shown.ui.late_label.text() == "circulated 2 days late"


def test_a_person_is_found_by_name_and_agency(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, approved())
    shown.press(Qt.Key.Key_Slash)
    assert shown.ui.find_edit.hasFocus()
    QTest.keyClicks(shown.ui.find_edit, "constab")
    assert {line.name for line in shown.ui.copies_view.lines()} == {"PS Dan Holt", "PC Aisha Rahman"}
    shown.press(Qt.Key.Key_Return, NONE, shown.ui.find_edit)
    assert shown.ui.copies_view.hasFocus()


def test_the_counts_of_each_group_add_up(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, approved())
    entries = shown.ui.filters_view.entries()
    heading = next(at for at, entry in enumerate(entries) if entry.heading)
    every = int(entries[0].caption)
    assert sum(int(entry.caption) for entry in entries[1:heading]) == every
    assert sum(int(entry.caption) for entry in entries[heading + 1 :]) == every == len(shown.ui.copies_view.lines())


def test_who_does_not_record_looks_and_changes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    session = replace(approved(), roles=frozenset({Role.ADMINISTRATOR}), user_name="Sean Byrne")
    shown = Circulating(qtbot, session, tmp_path)
    assert not shown.ui.go_button.isEnabled()
    shown.choose("ewa")
    for key in (Qt.Key.Key_G, Qt.Key.Key_T, Qt.Key.Key_X, Qt.Key.Key_R, Qt.Key.Key_S):
        shown.press(key)
    shown.go_on()
    assert list(tmp_path.iterdir()) == [] and shown.row("ewa").state is CopyState.TELL_FIRST


def test_leaving_the_page_forgets_pages_and_passphrases(qtbot: QtBot) -> None:
    shown = Circulating(qtbot, approved())
    shown.choose("ewa")
    shown.press(Qt.Key.Key_T)
    shown.press(Qt.Key.Key_1)
    shown.page.left()
    assert shown.page._preview.pages is None  # type: ignore[attr-defined]
    assert shown.page._asking.secret.text() == ""  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [QSize(1280, 720), QSize(1366, 768), QSize(640, 360)])
@pytest.mark.parametrize("table", [True, False])
def test_nothing_is_clipped_and_everything_is_named(qtbot: QtBot, size: QSize, table: bool, tmp_path: Path) -> None:
    shown = Circulating(qtbot, approved(table=table), tmp_path, size)
    settle(shown.window, size)
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []
    if table:
        shown.go_on()
    QTest.mouseClick(shown.ui.rights_button, Qt.MouseButton.LeftButton)
    shown.press(Qt.Key.Key_1, ALT)
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []
