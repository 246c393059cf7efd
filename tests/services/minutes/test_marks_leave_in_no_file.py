"""Every file the program writes for somebody is searched for what is marked and not for them; the same words without
the mark are found in it.
"""

import email
import email.policy
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from csp_desktop.documents.absence import Search
from csp_desktop.documents.action_list import print_action_list, print_action_list_word
from csp_desktop.documents.case_plan import print_case_plan
from csp_desktop.documents.letters import missing_letters
from csp_desktop.documents.meeting_paper import print_meeting_paper
from csp_desktop.documents.minutes import print_minutes, print_minutes_word
from csp_desktop.documents.private.minutes import print_private_minutes, print_private_minutes_word
from csp_desktop.documents.sign_in_sheet import print_sign_in_sheet
from csp_desktop.domain.cases.case_plan import PlanStepKind
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.aliases import unheard
from csp_desktop.domain.common.by_mail import AgreedByMail, MailAbout
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.confidentiality import Attendance, Clause, ClauseKind
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.minutes.circulation import CopyPassphrase
from csp_desktop.domain.minutes.rights import READY
from csp_desktop.domain.minutes.searched import searched
from csp_desktop.domain.people.agencies import Member
from csp_desktop.domain.private.meeting import PersonTurn
from csp_desktop.exchange.action_list import action_list_workbook
from csp_desktop.exchange.calendar_file import calendar_file
from csp_desktop.exchange.mail_draft import mail_draft
from csp_desktop.services.cases import case_plans
from csp_desktop.services.meeting import agenda, papers, papers_out, update_requests
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes import after_meeting, circulation, copies, copy_passphrases, rights, versions
from csp_desktop.services.minutes.minutes import draw_minutes
from csp_desktop.services.ports.papers import Papers
from tests.support.copies import PAPERS as OTHERS
from tests.support.copies import PRIVATE_PAPERS
from tests.support.frozen import frozen_again
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.prepared_meeting import prepared_session
from tests.support.private_minutes import JOY, held
from tests.support.private_session import LEAD, private_session

PROBE = "The heron nests behind Quillfeather's boathouse"
MARK = "[protect source] "
WRITERS: dict[str, Any] = {
    "print_minutes": print_minutes,
    "print_minutes_word": print_minutes_word,
    "print_private_minutes": print_private_minutes,
    "print_private_minutes_word": print_private_minutes_word,
    "print_action_list": print_action_list,
    "print_action_list_word": print_action_list_word,
    "action_list_workbook": action_list_workbook,
    "print_meeting_paper": print_meeting_paper,
    "print_case_plan": print_case_plan,
    "print_sign_in_sheet": print_sign_in_sheet,
    "mail_draft": mail_draft,
    "calendar_file": calendar_file,
}
NAMES_ONLY = {"print_sign_in_sheet", "calendar_file"}  # they have no place for a line that was typed
NOT_FOR_PEOPLE = {
    "actions_template",
    "members_template",  # nobody's records are in it
    "people_template",
    "print_earlier_minutes",  # what was written elsewhere, before there were marks
    "print_hand_over_note",  # for a panel alone, with what was written for it
    "print_certificate",  # of an erasure: counts and dates, for the file itself
    "copies",  # it writes the copies of the minutes, which are here
}
MAY_ALL = ("Hana Price", "Ruth Coyle")  # the chair and the minute-taker
ENDINGS = {"pdf": "print_action_list", "xlsx": "action_list_workbook", "eml": "mail_draft"}
AHEAD = {".pdf": "print_meeting_paper", ".ics": "calendar_file", ".eml": "mail_draft"}
Made = list[tuple[str, bytes, str]]  # which writer made it, the file, and what opens it


def with_writers(others: Papers) -> Papers:
    return replace(others, missing_letters=missing_letters, **WRITERS)


def fill(session: Any, meeting_id: str, words: str) -> None:
    """The words in every line that can be typed."""
    with session.work.step("typed", undoable=False, of_held=True) as records:
        for action in records.find(Action):
            records.save(replace(action, what=f"{words} {action.what}"))
        for item in records.find(AgendaItem, meeting_id=meeting_id):
            titled = {"title": words} if item.kind is ItemKind.OWN else {}
            records.save(replace(item, note=f"Heard.\n{words}.", **titled))
        for turn in records.find(CaseTurn, meeting_id=meeting_id):
            records.save(replace(turn, note=f"Heard.\n{words}.", reason=turn.reason and words, dissent=words))
        case = records.find(Case)[0]
        noted = (words, date(2026, 11, 20), "Hana Price", session.now())
        records.save(AgreedByMail("by-mail", MailAbout.DECISION, "", case.id, "dan", "Dan", *noted))
        for member in records.find(Member):
            records.save(replace(member, mail=f"{member.id}@example.org"))


def lists(session: Any, meeting_id: str, may_all: tuple[str, ...]) -> Iterator[tuple[str, bytes, str]]:
    """The lists of actions of whoever may not read all."""
    rows = {row.number: (row, listed) for row, listed in after_meeting.lists_of(session, meeting_id)}
    for name, file in after_meeting.list_files(session, meeting_id):
        number, _, ending = name.rpartition("-")[2].partition(".")
        row, listed = rows[int(number)]
        if row.officer not in may_all:
            yield ENDINGS[ending], file, ""
            yield "print_action_list_word", print_action_list_word(listed), ""


def written_copies(session: Any, folder: Path) -> Iterator[tuple[str, bytes, str]]:
    """Everybody's numbered and locked copy, but of who may read all."""
    for one in copies.write_copies(session, NOVEMBER, folder).written:
        if one.record.name not in MAY_ALL:
            with session.work.reading() as records:
                kept = records.find(CopyPassphrase, member_id=one.record.member_id)[0]
                told = copy_passphrases.words_of(records, kept)
            yield from (
                ("mail_draft" if path.suffix == ".eml" else "print_minutes", path.read_bytes(), told)
                for path in one.files
            )


def after(words: str, folder: Path) -> Made:
    """What is written after a meeting of the group: lists, the signed sheet, everybody's copy."""
    session = partnership(4, papers=with_writers(OTHERS))
    fill(session, NOVEMBER, words)
    sign(session)
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    made = list(lists(session, NOVEMBER, MAY_ALL))
    made += [("print_sign_in_sheet", file, "") for _, file in after_meeting.sheet_files(session, NOVEMBER)]
    versions.check(session, NOVEMBER)
    versions.approve(replace(session, roles=frozenset({Role.CHAIR})), NOVEMBER)
    chair = replace(session, roles=frozenset({Role.CHAIR}))
    rights.approve_rights(chair, rights.propose_ready_set(session, READY[0].name).id)
    with session.work.reading() as records:
        _, listed = circulation.listed_in(session, records, NOVEMBER)
    theirs = [one.model.minutes for one in listed if one.row.person.name not in MAY_ALL]
    made += [("print_minutes_word", print_minutes_word(one), "") for one in theirs]
    return [*made, *written_copies(session, folder)]


def sign(session: Any) -> None:
    """A text that everybody signed."""
    with session.work.step("a text", undoable=False, of_held=True) as records:
        records.save(Clause("text", ClauseKind.MEMBER, 3, "What is said here stays here.", date(2026, 1, 5)))
        for row in records.find(Attendance, meeting_id=NOVEMBER):
            if row.signed_at is not None:
                records.save(replace(row, clause_id="text", clause_version=3, typed_name=row.name, strokes=()))


def before(words: str, folder: Path) -> Made:
    """What is written before one: the agenda, each agency's paper, mail drafts, the paper set, requests for updates."""
    session = replace(prepared_session(), papers=with_writers(OTHERS))
    meeting = agenda.next_meeting(session)
    assert meeting is not None
    papers.papers_ahead(session, meeting.id)  # lays out the agenda
    fill(session, meeting.id, words)
    job = papers_out.papers_to_write(session, meeting.id)
    files = papers_out.write_papers(session, job, folder, unheard).files
    made = [(AHEAD[path.suffix], path.read_bytes(), "") for path in files]
    made.append(("print_meeting_paper", print_meeting_paper(papers.paper_set(session, meeting.id).paper()), ""))
    made.append(("print_case_plan", planned(session, words), ""))
    for row in update_requests.updates(session).officers:
        made.append(("mail_draft", update_requests.request_mail(session, row.officer.id)[1], ""))
    return made


def planned(session: Any, words: str) -> bytes:
    """The printed plan of a case, with a legal power before any support was tried."""
    with session.work.reading() as records:
        case = records.find(Case)[0]
    case_plans.save_plan(session, case.id, aim=words, close_when=words)
    case_plans.add_step(session, case.id, what=words, kind=PlanStepKind.LEGAL, power=words, why_first=words)
    return case_plans.plan_paper(session, case.id)


def private(words: str, folder: Path) -> Made:
    """What New Hope writes for somebody who may not read what is marked."""
    session = replace(private_session(), papers=with_writers(PRIVATE_PAPERS))
    meeting_id = held(session)
    with session.work.step("typed", of_held=True) as records:
        for turn in records.find(PersonTurn, meeting_id=meeting_id):
            records.save(replace(turn, note=f"Heard.\n{words}.", reason=turn.reason and words))
        for action in records.find(Action):
            records.save(replace(action, what=f"{words} {action.what}"))
    frozen_again(session, meeting_id)
    with session.work.reading() as records:
        _, listed = circulation.listed_in(session, records, meeting_id)
    (joy,) = [one.model.minutes for one in listed if one.row.person.name == JOY]
    made = [("print_private_minutes", print_private_minutes(joy), "")]
    made.append(("print_private_minutes_word", print_private_minutes_word(joy), ""))
    return [*made, *lists(session, meeting_id, (LEAD,))]


def found_in(file: bytes, passphrase: str, probe: str = PROBE) -> bool:
    """Whether the words stand anywhere in a finished file, or in one that it carries."""
    search = Search((probe,))
    if file.startswith((b"%PDF", b"PK\x03\x04")):
        return bool(search.found_in(file, passphrase=passphrase))
    message = email.message_from_bytes(file, policy=email.policy.default)
    texts = [*map(str, message.values())]
    for part in message.walk():
        content = b"" if part.is_multipart() else part.get_payload(decode=True)
        if isinstance(content, bytes) and content.startswith((b"%PDF", b"PK\x03\x04")):
            if search.found_in(content, name=part.get_filename() or "", passphrase=passphrase):
                return True
        elif isinstance(content, bytes):
            texts.append(content.decode())
    return searched(probe) in searched(" ".join(texts).replace("\r\n ", ""))


WAYS = (after, before, private)
MAKES = {
    "after": set(WRITERS)
    - {
        *("print_private_minutes", "print_private_minutes_word"),
        *("print_meeting_paper", "print_case_plan", "calendar_file"),
    },
    "before": {"print_meeting_paper", "print_case_plan", "calendar_file", "mail_draft"},
    "private": {"print_private_minutes", "print_private_minutes_word"},
}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_is_marked_is_in_no_file_of_whoever_may_not_read_it(
    way: Callable[[str, Path], Made], tmp_path: Path
) -> None:
    plain = way(PROBE, tmp_path)
    there = {writer for writer, file, words in plain if found_in(file, words)}
    assert there == {writer for writer, _, _ in plain} - NAMES_ONLY, "what is not marked is found in what each writes"
    marked = way(f"{MARK}{PROBE}", tmp_path)
    assert sorted({writer for writer, _, _ in marked}) == sorted({writer for writer, _, _ in plain})
    assert [writer for writer, file, words in marked if found_in(file, words)] == []
    assert {writer for writer, _, _ in marked} >= MAKES[way.__name__]


@pytest.mark.parametrize("body", ["Police Prevent team (Channel)", "Operation Halo"])
def test_minutes_and_lists_say_that_a_referral_was_made_and_not_to_whom(body: str, tmp_path: Path) -> None:
    session = partnership(4, papers=with_writers(OTHERS))
    with session.work.step("referred", undoable=False, of_held=True) as records:
        for action in records.find(Action):
            records.save(replace(action, what=f"Refer to {body}"))
        for turn in records.find(CaseTurn, meeting_id=NOVEMBER):
            decided = {"outcome": Outcome.REFER, "refer_to": body, "reason": "Comes home with presents"}
            records.save(replace(turn, note=f"Heard. Refer to {body}.", **(decided if turn.outcome else {})))
        for member in records.find(Member):
            records.save(replace(member, mail=f"{member.id}@example.org"))
    sign(session)
    rows = update_requests.updates(session).officers
    asked = [update_requests.request_mail(session, row.officer.id)[1] for row in rows]
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    with session.work.reading() as records:
        minutes = draw_minutes(session, records, records.get(Meeting, NOVEMBER))
    papers_made = [("", print_minutes(minutes), ""), ("", print_minutes_word(minutes), "")]
    papers_made += [*lists(session, NOVEMBER, ()), *(("", mail, "") for mail in asked)]
    assert len(papers_made) > 5 and asked
    for probe in (body, "Comes home with presents"):
        assert [name for name, file, words in papers_made if found_in(file, words, probe)] == []
    assert found_in(print_minutes(minutes), "", "A referral was made")
    assert found_in(print_minutes_word(minutes), "", "A referral was made")


def test_no_writer_of_papers_is_left_out() -> None:
    every = {name for name, hint in get_type_hints(Papers).items() if "bytes" in str(hint)} | {"copies"}
    assert every == set(WRITERS) | NOT_FOR_PEOPLE
    assert set().union(*MAKES.values()) == set(WRITERS)
