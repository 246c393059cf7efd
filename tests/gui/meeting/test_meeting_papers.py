"""The page of the papers: one line an agency, its paper as it will be printed, and writing them all."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.papers import PapersWritten
from csp_desktop.domain.people.agencies import Member
from csp_desktop.gui.meeting.meeting_papers import MeetingPapersPage
from csp_desktop.services.home.home import look_ahead
from csp_desktop.services.home.home_needs import NeedKind
from csp_desktop.services.meeting import agenda, agenda_items
from tests.documents.judges import text_of as words_of
from tests.services.meeting.test_papers import PAPERS
from tests.support.pages import ScriptedAsk, Shown, desk_of
from tests.support.prepared_meeting import prepared_session


class FolderAsk(ScriptedAsk):
    """Answers with a folder, and with a file in it."""

    def open_folder(self, parent, title, start=None):
        return self.path

    def save_file(self, parent, title, kinds, suggested):
        self.suggested.append(suggested.name)
        return self.path / suggested.name if self.path else None


@pytest.fixture
def session():
    made = replace(prepared_session(), papers=PAPERS)
    with made.work.step("addresses", undoable=False) as records:
        for member in records.find(Member):
            records.save(replace(member, mail="" if member.id == "ewa" else f"{member.id}@example.org"))
    return made


class Papers:
    def __init__(self, qtbot, session, folder):
        self.qtbot, self.session = qtbot, session
        desk = desk_of(session)
        self.ask = FolderAsk(folder)
        self.page = MeetingPapersPage(desk, self.ask)
        self.shown = Shown(qtbot, self.page, desk, None, QSize(1366, 768))
        self.ui = self.page._ui
        self.rest()

    def rest(self):
        self.qtbot.waitUntil(lambda: not self.shown.desk.tasks.busy())
        QApplication.processEvents()

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.page.focusWidget() or self.page, key, modifiers)
        self.rest()


@pytest.fixture
def papers(qtbot, session, tmp_path):
    return Papers(qtbot, session, tmp_path)


def test_there_is_one_line_an_agency_with_its_cases_its_actions_and_its_updates(papers):
    rows = {e.title: (e.subtitle, e.caption) for e in papers.ui.papers_view.entries() if e.key}
    assert rows["Hertfordshire Constabulary"] == ("6 cases, 2 open actions, 2 overdue", "0 of 2")
    assert rows["New Hope"] == ("5 cases, 0 open actions", "none asked")
    assert list(rows)[0] == "Agenda" and len(rows) == 6


def test_the_chosen_agencys_paper_is_shown_as_it_will_be_printed_and_in_words(papers):
    papers.press(Qt.Key.Key_Down)
    papers.press(Qt.Key.Key_Down)
    assert papers.ui.whose_label.text() == "Hertfordshire Constabulary"
    assert "Papers for Hertfordshire Constabulary" in papers.ui.text_edit.toPlainText()
    assert "Serve the tenancy warning" in papers.ui.text_edit.toPlainText()
    assert papers.ui.whose_caption.text() == "to 2 people"


def test_the_papers_are_written_by_one_key_into_the_folder_chosen_and_kept(papers, session, tmp_path):
    assert papers.ui.next_button.text().replace("&", "") == "Save papers for 8 people"
    papers.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(list(tmp_path.glob("*.eml"))) == 7 and (tmp_path / "agenda-2026-11-26.pdf").exists()
    with session.work.reading() as records:
        (kept,) = records.find(PapersWritten)
    assert (kept.people, kept.folder) == (8, str(tmp_path))
    assert papers.page.bar_state().headline == "Papers sent out Tue 24 Nov 2026"
    assert "14 files saved, 7 of them email drafts" in papers.ui.done_bar.text()


def test_home_says_that_they_went_out_and_asks_for_them_before(papers, session):
    ahead = look_ahead(session)
    (need,) = [n for n in ahead.needs if n.kind is NeedKind.PAPERS]
    assert need.title == "Save the papers for Thu 26 Nov, due out by Thu 19 Nov" and need.when == "5 days overdue"
    papers.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    ahead = look_ahead(session)
    assert ahead.meeting.note.endswith("Papers sent out Tue 24 Nov 2026.")
    assert not [n for n in ahead.needs if n.kind is NeedKind.PAPERS]


def test_thinking_better_of_it_writes_and_keeps_nothing(papers, session, tmp_path):
    papers.ask.path = None
    papers.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with session.work.reading() as records:
        assert records.find(PapersWritten) == []
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_nothing_is_said_in_place_and_nothing_is_kept(papers, session, tmp_path):
    papers.ask.path = tmp_path / "gone"
    papers.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "the folder is not there any more" in papers.ui.write_error.text()
    with session.work.reading() as records:
        assert records.find(PapersWritten) == []


def test_whoever_has_no_mail_address_is_named(papers):
    assert papers.ui.mail_sign.text() == "No email address, so no draft: Ewa Łukasik."


def test_the_paper_set_is_printed_by_one_key(papers, tmp_path):
    papers.press(Qt.Key.Key_P)
    assert papers.ask.suggested == ["paper-set-2026-11-26.pdf"]
    assert (tmp_path / "paper-set-2026-11-26.pdf").read_bytes().startswith(b"%PDF-")
    assert "The paper set is saved" in papers.ui.done_bar.text()


def test_u_leads_to_the_updates(papers):
    papers.press(Qt.Key.Key_U)
    assert papers.shown.went == [("officer_updates", None)]


def test_with_nobody_expected_nothing_can_be_written(papers, session):
    with session.work.step("nobody", undoable=False) as records:
        for row in records.find(Attendance):
            records.remove(row)
    papers.shown.desk.changes.tell("attendance")
    papers.rest()
    assert not papers.ui.next_button.isEnabled()


def test_once_the_meeting_has_begun_there_are_no_papers_to_write(papers, session):
    meeting = agenda.next_meeting(session)
    assert meeting is not None
    with session.work.step("begun", undoable=False) as records:
        records.save(replace(records.get(Meeting, meeting.id), state=MeetingState.IN_SESSION))
    papers.shown.desk.changes.tell("meeting")
    papers.rest()
    assert papers.page.bar_state().headline == "No papers are due" and not papers.ui.next_button.isEnabled()


def test_the_paper_shown_is_saved_alone(papers, tmp_path):
    papers.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    papers.press(Qt.Key.Key_Down)
    papers.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert papers.ask.suggested == ["agenda-2026-11-26.pdf", "agency-2026-11-26-01.pdf"]
    assert "For Change Grow Live only" in words_of((tmp_path / "agency-2026-11-26-01.pdf").read_bytes())


def test_what_cannot_be_printed_is_named_before_and_written_only_once_it_was_read(papers, session, tmp_path):
    assert not papers.ui.letters_sign.isVisibleTo(papers.page)
    meeting = agenda.next_meeting(session)
    assert meeting is not None
    item = agenda.preparation(session, meeting.id).items[-1].item
    agenda_items.rename_item(session, item.id, "Next กา date")
    papers.page.refresh()
    assert "Agenda, section 1, Item: ก" in papers.ui.letters_sign.text()
    control = Qt.KeyboardModifier.ControlModifier
    papers.press(Qt.Key.Key_Return, control)
    assert "Nothing was saved. Press again here" in papers.ui.write_error.text()
    assert not list(tmp_path.iterdir())
    papers.press(Qt.Key.Key_Return, control)
    assert (tmp_path / "agenda-2026-11-26.pdf").exists()


def test_a_row_says_that_part_of_its_paper_is_left_out_and_the_side_why(papers):
    with papers.session.work.step("marks", of_held=True) as records:
        for action in records.find(Action):
            records.save(replace(action, what=f"[protect source] {action.what}"))
    papers.page.refresh()
    papers.rest()
    row = next(row for row in papers.page._ahead.agencies if row.agency_id == "police")
    entry = next(one for one in papers.ui.papers_view.entries() if one.key == "police")
    assert entry.subtitle == f"Part left out, {row.listed.counts}"
    papers.page._turn_to("police")
    papers.rest()
    assert papers.ui.inside_label.text().endswith("told in person: marked in the minutes.")
