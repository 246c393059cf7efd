"""Within 24 hours of the closing each officer and each agency have their own actions; the signed sheet stays."""

import email
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest

from csp_desktop.documents.action_list import print_action_list
from csp_desktop.documents.minutes import print_minutes
from csp_desktop.documents.sign_in_sheet import print_sign_in_sheet
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.confidentiality import Attendance, Clause, ClauseKind
from csp_desktop.domain.minutes.protection import IN_PERSON
from csp_desktop.domain.minutes.rights import Rights, RightsRow
from csp_desktop.domain.people.agencies import Member
from csp_desktop.exchange.action_list import action_list_workbook
from csp_desktop.exchange.mail_draft import mail_draft
from csp_desktop.services.home.home import look_ahead
from csp_desktop.services.home.home_needs import NeedKind
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes import after_meeting, versions
from csp_desktop.services.minutes.readers import UNCLEAR
from csp_desktop.services.minutes.rights import approve_rights, propose_rights
from tests.documents.judges import pages_of
from tests.support.fakes import NO_PAPERS, FixedClock
from tests.support.held_meeting import NOVEMBER, partnership

PAPERS = replace(
    NO_PAPERS,
    print_minutes=print_minutes,
    print_action_list=print_action_list,
    action_list_workbook=action_list_workbook,
    mail_draft=mail_draft,
    print_sign_in_sheet=print_sign_in_sheet,
)
TEXT = Clause("text", ClauseKind.MEMBER, 3, "What is said here stays here.", date(2026, 1, 5))


def closed(*, sign: bool = False) -> Any:
    session = partnership(4, papers=PAPERS)
    with session.work.step("who has a mail address") as records:
        records.save(replace(records.get(Member, "dan"), mail="dan@police.example.org"))
    if sign:
        _sign(session)
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    return session


def _sign(session: Any) -> None:
    strokes = (((0.1, 0.2), (0.5, 0.6), (0.9, 0.3)),)
    with session.work.step("a text") as records:
        records.save(TEXT)
        for number, row in enumerate(records.find(Attendance, meeting_id=NOVEMBER)):
            if row.signed_at is not None:
                by_pen = number % 2
                records.save(
                    replace(
                        row,
                        clause_id=TEXT.id,
                        clause_version=TEXT.version,
                        strokes=strokes if by_pen else (),
                        typed_name="" if by_pen else row.name,
                    )
                )


def at(session: Any, **later: float) -> Any:
    return replace(session, now=FixedClock(session.now() + timedelta(**later)))


def needs(session: Any) -> list[tuple[str, str, str]]:
    return [(n.title, n.tone, n.when) for n in look_ahead(session).needs if n.kind is NeedKind.ACTION_LISTS]


def test_each_officer_and_each_agency_has_a_list_of_their_own_actions_only() -> None:
    session = closed()
    lists = after_meeting.lists_of(session, NOVEMBER)
    every = session.subject.record.actions(versions.copy_of_version(session, NOVEMBER, 0)).actions
    assert {row.officer for row, _ in lists if row.officer} == {a.officer for a in every if a.officer}
    assert {row.agency for row, _ in lists if not row.officer} == {a.agency for a in every if a.agency}
    for row, one in lists:
        assert one.actions and {a.agency for a in one.actions} == {row.agency}
        assert not row.officer or {a.officer for a in one.actions} == {row.officer}
        words = " ".join(" ".join(page.split()) for page in pages_of(print_action_list(one)))
        for other in every:
            assert (other.what in words) == any(other.what == own.what for own in one.actions)


def test_lists_are_saved_as_pdf_workbook_and_mail_draft_under_names_that_tell_nothing() -> None:
    files = dict(after_meeting.list_files(closed(), NOVEMBER))
    people = ("Dan", "Holt", "Ewa", "police", "SN-")
    assert all(name.startswith("actions-2026-11-26-copy-") for name in files)
    assert not [name for name in files if any(word in name for word in people)]
    assert len([n for n in files if n.endswith(".pdf")]) == len([n for n in files if n.endswith(".xlsx")])
    (draft,) = [content for name, content in files.items() if name.endswith(".eml")]
    mail = email.message_from_bytes(draft)
    assert mail["X-Unsent"] == "1" and mail["To"] == "PS Dan Holt <dan@police.example.org>"
    carried = [name for part in mail.walk() if (name := part.get_filename())]
    assert [name.rpartition(".")[2] for name in carried] == ["pdf", "xlsx"] and set(carried) <= set(files)


def test_what_is_marked_is_in_no_list_of_whoever_may_not_read_it_but_that_there_is_something_is() -> None:
    session = partnership(4, papers=PAPERS)
    marks = {"dan": "[police only]", "ewa": "[police only]", "ruth": "[protect source]", "stefan": "[protect source]"}
    said = {}
    with session.work.step("marks") as records:
        for action in records.find(Action, meeting_id=NOVEMBER):
            said[action.officer_id] = action.what
            records.save(replace(action, what=f"{marks[action.officer_id]} {action.what}"))
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    for _, one in after_meeting.lists_of(session, NOVEMBER):
        words = said_in(one)
        if one.officer == "Ruth Coyle":
            assert said["ruth"] in words, "the minute-taker may read all of it"
            continue
        is_police = one.agency == "Hertfordshire Constabulary"
        assert not any(said[other] in words for other in marks if other != "dan" or not is_police)
        assert not is_police or one.officer not in ("", "PS Dan Holt") or said["dan"] in words
        assert one.agency != "Hertfordshire County Council" or "Told in person" in words


def declared(session: Any, member_id: str, words: str) -> None:
    with session.work.step("an interest") as records:
        for row in records.find(Attendance, meeting_id=NOVEMBER, member_id=member_id):
            records.save(replace(row, interests=(words,)))


def test_an_action_about_a_case_somebody_declared_an_interest_in_is_told_in_person_alone() -> None:
    session = partnership(4, papers=PAPERS)
    with session.work.reading() as records:
        one = next(a for a in records.find(Action, meeting_id=NOVEMBER, officer_id="dan") if a.case_id)
        reference = records.get(Case, one.case_id).reference
    declared(session, "dan", reference)
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    lists = {row.whose: (row, said_in(listed)) for row, listed in after_meeting.lists_of(session, NOVEMBER)}
    for whose in ("PS Dan Holt, Hertfordshire Constabulary", "Hertfordshire Constabulary"):
        row, words = lists[whose]
        assert one.what not in words and reference not in words and "Told in person" in words
        assert "2 actions told in person: declared interest" in row.withheld
    shown = {row.whose: row.withheld for row in after_meeting.action_lists(session, NOVEMBER).rows}
    assert shown == {row.whose: row.withheld for row, _ in lists.values()}, "it is shown before anything is written"
    others = [row for row in lists.values() if "Constabulary" not in row[0].agency]
    assert others and not any(row.withheld for row, _ in others)


def test_an_interest_in_words_that_name_no_case_is_told_beside_the_list() -> None:
    session = partnership(4, papers=PAPERS)
    declared(session, "dan", "my neighbour")
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    rows = {row.officer: row for row in after_meeting.action_lists(session, NOVEMBER).rows if row.officer}
    assert rows["PS Dan Holt"].withheld == (UNCLEAR,) and rows["PS Dan Holt"].actions


def test_whoever_has_no_rights_is_told_in_person_and_by_whom_the_row_decides() -> None:
    session = closed()
    table = propose_rights(session, [RightsRow(Rights.NOTHING, agency_id="police"), RightsRow(Rights.WHOLE)])
    approve_rights(replace(session, roles=frozenset({Role.CHAIR})), table.id)
    for row, listed in after_meeting.lists_of(session, NOVEMBER):
        is_police = row.agency == "Hertfordshire Constabulary"
        assert all((line.what == IN_PERSON) is is_police for line in listed.actions)
        assert bool(row.withheld) is is_police and all("no rights" in words for words in row.withheld)


def said_in(listed: Any) -> str:
    return " ".join(" ".join(page.split()) for page in pages_of(print_action_list(listed)))


def test_a_workbook_holds_the_officer_s_own_rows() -> None:
    files = dict(after_meeting.list_files(closed(), NOVEMBER))
    row, one = after_meeting.lists_of(closed(), NOVEMBER)[0]
    book = openpyxl.load_workbook(io.BytesIO(files[f"actions-2026-11-26-copy-{row.number:02}.xlsx"]))
    cells = {str(cell.value) for line in book.active.iter_rows() for cell in line}
    assert {action.officer for action in one.actions} <= cells


def test_an_officer_without_a_mail_address_is_named_and_gets_no_draft() -> None:
    found = after_meeting.action_lists(closed(), NOVEMBER)
    assert "PS Dan Holt" not in {row.officer for row in found.rows if row.needs_mail}
    assert {row.officer for row in found.rows if row.needs_mail} >= {"Ewa Łukasik"}
    assert after_meeting.left_over(found) == ""
    left = after_meeting.left_over(replace(found, without_officer=2))
    assert left == "2 actions have no officer and are on no officer's list."


def test_home_asks_for_the_lists_within_24_hours_of_the_closing_and_in_red_after() -> None:
    session = closed()
    assert needs(session) == [("Action lists not sent yet, due by Fri 27 Nov, 15:40", "medium", "in 1 day")]
    late = at(session, hours=26)
    assert needs(late) == [("Action lists not sent yet, were due by Fri 27 Nov, 15:40", "high", "today")]
    assert needs(at(session, days=3))[0][2] == "2 days overdue"


def test_once_noted_as_sent_they_are_asked_for_no_more_and_undo_asks_again() -> None:
    session = closed()
    sent = after_meeting.note_lists_sent(session, NOVEMBER)
    assert (sent.by, sent.at) == (session.user_name, session.now())
    assert "PS Dan Holt, Hertfordshire Constabulary" in sent.to and "New Hope" in sent.to
    assert needs(at(session, days=3)) == []
    assert not after_meeting.action_lists(session, NOVEMBER).is_late(at(session, days=3).now())
    session.work.undo()
    assert len(needs(session)) == 1


def test_of_a_meeting_closed_before_this_was_kept_nothing_is_asked() -> None:
    assert needs(partnership(4)) == []


def test_only_who_records_saves_or_notes_them() -> None:
    session = replace(closed(), roles=frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(NotAllowed):
        after_meeting.note_lists_sent(session, NOVEMBER)
    with pytest.raises(NotAllowed):
        next(after_meeting.list_files(session, NOVEMBER))


class _Stop(Exception):
    """The person cancelled."""


def test_stopped_in_the_middle_no_further_list_is_made() -> None:
    def progress(done: int, _total: int, _words: str) -> None:
        if done == 2:
            raise _Stop

    files: Iterator[Any] = after_meeting.list_files(closed(), NOVEMBER, progress)
    made = []
    with pytest.raises(_Stop):
        for name, _ in files:
            made.append(name)
    assert {name.split("-copy-")[1][:2] for name in made} == {"01", "02"}


def test_the_sign_in_sheet_holds_signatures_text_version_and_sha256() -> None:
    session = closed(sign=True)
    ((name, content),) = after_meeting.sheet_files(session, NOVEMBER)
    assert name == "sign-in-2026-11-26.pdf"
    words = " ".join(" ".join(pages_of(content)).split())
    assert TEXT.text in words and "version 3" in words
    assert TEXT.sha256 in words.replace(" ", "") or TEXT.sha256[:16] in words
    (sheet,) = after_meeting.sign_in_sheets(session, NOVEMBER)
    assert any(line.strokes for line in sheet.lines) and any(line.typed for line in sheet.lines)
    assert [line.name for line in sheet.lines if not (line.strokes or line.typed)], "who did not sign has a line"


def test_where_nobody_signed_there_is_no_sheet() -> None:
    with pytest.raises(Refused, match="Nobody signed"):
        after_meeting.sign_in_sheets(closed(), NOVEMBER)
