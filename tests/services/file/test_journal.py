"""The journal in words: who did what to which case, what each field was before, and who may read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import Case, CaseStatus, RiskPoint, SubjectType
from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingKind, MeetingState
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.domain.private.people import RoughSleeper
from csp_desktop.services.file import journal
from csp_desktop.services.file.journal import ChangeRow, FieldRow, JournalRow
from csp_desktop.services.file.record_labels import (
    MOST_LISTED,
    field_word,
    record_word,
    subject_id,
    subject_reference,
    value_words,
)
from csp_desktop.services.ports.journal import JournalChange, JournalQuery, JournalStep
from csp_desktop.services.private import people as private_people
from csp_desktop.services.session import Session
from csp_desktop.store.private.tables import PRIVATE
from csp_desktop.store.tables import CPG
from tests.support.fakes import NOON, fake_session
from tests.support.private_session import private_session

DAY = date(2026, 11, 26)
STEP = JournalStep("s1", 312, 312, NOON, "Ruth Coyle", "note on a case", False, False, ("oak",))
LATEST = JournalQuery()


@dataclass
class FakeJournal:
    """Steps and what each did, as the store would give them."""

    steps: list[JournalStep] = field(default_factory=list)
    changed: list[JournalChange] = field(default_factory=list)
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def page(self, query: JournalQuery, offset: int, limit: int) -> Sequence[JournalStep]:
        self.asked.append((query, offset, limit))
        return self.steps[offset : offset + limit]

    def count(self, query: JournalQuery) -> int:
        return len(self.steps)

    def changes(self, step: str, limit: int) -> tuple[Sequence[JournalChange], int]:
        self.asked.append((step, limit))
        return self.changed[:limit], len(self.changed)

    def people(self) -> Sequence[tuple[str, str]]:
        return ()


def case(key: str, reference: str, title: str) -> Case:
    return Case(
        key,
        reference,
        DAY,
        area="",
        subject_type=SubjectType.VICTIM,
        initials="MT",
        location="",
        ward="",
        lead_agency="",
        lead_officer="",
        total=20,
        band=None,
        assessed_on=None,
        mental_health=False,
        repeat_victim=False,
        status=CaseStatus.OPEN,
        summary=title,
    )


def session_with(*steps: JournalStep, changed: Sequence[JournalChange] = (), session: Session | None = None) -> Session:
    made = session or fake_session()
    if session is None:
        with made.work.step("all", undoable=False, of_held=True) as records:
            for record in (
                case("oak", "SN-2026-000421", "Oak Way: cuckooing"),
                case("elm", "", "Elm Close: mopeds"),
                Meeting("m", MeetingKind.CPG, DAY, time(14), time(16), "Town Hall", "dan", ""),
                Agency("police", "Hertfordshire Constabulary", "Police", AgencyKind.POLICE),
                Member("dan", "PS Dan Holt", "police", "Officer", Standing.STANDING),
                Action("x1", "m", 1, "Change the locks", "dan", DAY, DAY, case_id="oak"),
            ):
                records.save(record)
    return replace(made, journal=FakeJournal(list(steps), list(changed)))


def rows(session: Session, query: JournalQuery = LATEST) -> list[JournalRow]:
    return journal.page_of_journal(session, query, 0, 50)


def changed(kind: type[Any], before: Any, after: Any, *names: str, verb: str = "changed", erased: bool = False) -> Any:
    return JournalChange(kind, "id", verb, names, before, after, erased)


def told(*changes: JournalChange, more: str = "") -> list[ChangeRow]:
    session = session_with(STEP, changed=changes)
    return journal.details(session, replace(rows(session)[0], more=more), 40)[0]


def test_a_line_says_what_was_done_to_which_case_by_whom() -> None:
    assert rows(session_with(STEP)) == [
        JournalRow("s1", "312", NOON, "Ruth Coyle", "Note on a case", "SN-2026-000421", False)
    ]


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({"last": 318}, {"entries": "312–318"}),
        ({"words": ""}, {"what": "Details deleted"}),
        ({"by": ""}, {"who": "no longer recorded"}),
        ({"undoes": True}, {"what": "Undone: note on a case"}),
        ({"undone": True}, {"undone": True}),
        ({"about": ("oak", "elm")}, {"case": ""}),
        ({"about": ()}, {"case": ""}),
        ({"about": ("elm",)}, {"case": "Elm Close: mopeds"}),
        ({"about": ("gone",)}, {"case": ""}),
    ],
)
def test_each_fact_of_a_step_has_its_words(changes: dict[str, Any], seen: dict[str, Any]) -> None:
    (row,) = rows(session_with(replace(STEP, **changes)))
    assert {name: getattr(row, name) for name in seen} == seen


def test_a_page_is_the_part_that_was_asked_for() -> None:
    session = session_with(STEP, replace(STEP, step="s2"), replace(STEP, step="s3"))
    query = JournalQuery(by="ruth")
    assert [row.step for row in journal.page_of_journal(session, query, 1, 1)] == ["s2"]
    assert isinstance(session.journal, FakeJournal) and session.journal.asked == [(query, 1, 1)]
    with pytest.raises(RuntimeError):
        journal.page_of_journal(fake_session(), query, 0, 1)


def test_a_question_asks_for_every_step_until_it_is_narrowed() -> None:
    assert JournalQuery(by="", case_id="", kind=None, since=None, before=None) == LATEST


def disclosed(session: Session, key: str, at: datetime, *agencies: str, about: str = "oak") -> None:
    with session.work.step("opened") as records:
        records.save(Disclosure(key, about, "m", at, "to help", "a basis", agencies))


def test_among_the_disclosures_a_line_says_who_heard_as_of_then() -> None:
    session = session_with(STEP, replace(STEP, step="s2", about=("elm",)))
    disclosed(session, "d1", NOON.replace(hour=9), "Police")
    disclosed(session, "d2", NOON, "Police", "New Hope")
    disclosed(session, "d3", NOON.replace(hour=15), "Police", "New Hope", "CGL")
    heard, other = rows(session, journal.DISCLOSURES)
    assert (heard.what, heard.more) == ("Disclosed to 2 agencies", "Police, New Hope")
    assert (other.what, other.more) == ("Note on a case", "")
    assert rows(session)[0].what == "Note on a case"


def test_one_agency_is_told_as_one() -> None:
    session = session_with(STEP)
    disclosed(session, "d1", NOON, "Police")
    assert rows(session, journal.DISCLOSURES)[0].what == "Disclosed to 1 agency"


def test_a_day_runs_from_midnight_to_midnight_at_the_table() -> None:
    assert journal.on_day(date(2026, 7, 1)) == (
        datetime(2026, 6, 30, 23, tzinfo=UTC),
        datetime(2026, 7, 1, 23, tzinfo=UTC),
    )


def test_a_change_names_the_record_and_only_the_fields_that_differ() -> None:
    before = case("oak", "SN-2026-000421", "Oak Way: cuckooing")
    after = replace(before, summary="Oak Way: noise", total=21)
    (row,) = told(changed(Case, before, after, "id", "summary", "total", "initials"))
    assert row == ChangeRow(
        "Case: SN-2026-000421",
        "changed",
        (FieldRow("summary", "Oak Way: cuckooing", "Oak Way: noise"), FieldRow("total", "20", "21")),
        False,
    )


def test_what_was_added_had_nothing_before_and_empty_fields_of_it_are_not_told() -> None:
    added = CaseTurn("t", "m", "oak", 1, 5, "")
    (row,) = told(changed(CaseTurn, None, added, "minutes", "note", "case_id", verb="added"))
    assert row.title == "Case at a meeting: SN-2026-000421" and row.verb == "added"
    assert ("case", "", "SN-2026-000421") in [(f.name, f.before, f.after) for f in row.fields]
    assert "note" not in [f.name for f in row.fields]


def test_an_erased_record_shows_no_field() -> None:
    (row,) = told(changed(Case, None, None, "title", verb="removed", erased=True))
    assert row == ChangeRow("Case", "removed", (), True)


def test_a_record_is_named_by_the_case_the_person_or_the_meeting_it_belongs_to() -> None:
    point = RiskPoint("p", "elm", DAY, 20, None, DAY, DAY)
    agenda = Meeting("m", MeetingKind.CPG, DAY, time(14), time(16), "Town Hall", "dan", "")
    person = Member("ewa", "Ewa Łukasik", "police", "Officer", Standing.STANDING)
    action = Action("x9", "m", 1, "Book the hall", "dan", DAY, DAY)
    titles = [row.title for row in told(*(changed(type(one), None, one) for one in (point, agenda, person, action)))]
    assert titles == [
        "Risk score: Elm Close: mopeds",
        "Meeting: meeting of Thu 26 Nov 2026",
        "Person: Ewa Łukasik",
        "Action: Book the hall",
    ]


def test_ids_are_told_as_what_they_name_and_what_is_gone_as_gone() -> None:
    before = Action("x1", "m", 1, "Change the locks", "dan", DAY, DAY, case_id="oak")
    after = replace(before, officer_id="who left", case_id="")
    (row,) = told(changed(Action, before, after, "officer_id", "case_id"))
    assert row.fields == (
        FieldRow("officer", "PS Dan Holt", "no longer in the file"),
        FieldRow("case", "SN-2026-000421", "nothing"),
    )


def test_of_a_disclosure_its_line_comes_first() -> None:
    line = Disclosure("d1", "oak", "m", NOON, "to help", "a basis", ("Police",))
    both = (changed(CaseTurn, None, CaseTurn("t", "m", "oak", 1, 5, "")), changed(Disclosure, None, line))
    assert [row.title.split(":")[0] for row in told(*both)] == ["Case at a meeting", "Disclosure"]
    assert [row.title.split(":")[0] for row in told(*both, more="Police")] == ["Disclosure", "Case at a meeting"]


def test_so_many_records_are_shown_and_all_are_counted() -> None:
    session = session_with(STEP, changed=[changed(Case, None, None, erased=True)] * 3)
    shown, total = journal.details(session, rows(session)[0], 2)
    assert (len(shown), total) == (2, 3)


def nobody(field_name: str, record_id: str) -> str:
    return {"case_id": "SN-1"}.get(field_name, "")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("note", None, "nothing"),
        ("note", "", "nothing"),
        ("agencies", (), "nothing"),
        ("total", 0, "0"),
        ("note", "said", "said"),
        ("strokes", (((0.1, 0.2),),), "a drawn signature"),
        ("text_sha256", "0123456789abcdef", "fingerprint 01234567…"),
        ("case_id", "c", "SN-1"),
        ("action_id", "c", "another record"),
        ("active", True, "yes"),
        ("active", False, "no"),
        ("status", CaseStatus.OPEN, CaseStatus.OPEN.value),
        ("at", datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "Thu 2 Jul 2026, 00:30"),
        ("on", DAY, "Thu 26 Nov 2026"),
        ("starts", time(9, 5), "09:05"),
        ("agencies", ("Police", "CGL"), "Police, CGL"),
        ("case_ids", ("c", "d"), "SN-1, SN-1"),
    ],
)
def test_a_value_is_told_in_words(name: str, value: Any, words: str) -> None:
    assert value_words(name, value, nobody) == words


def test_of_a_long_list_the_first_are_told_and_the_rest_counted() -> None:
    names = tuple(f"A{n}" for n in range(MOST_LISTED))
    assert value_words("agencies", names, nobody).endswith("A10, A11")
    assert value_words("agencies", (*names, "B", "C"), nobody).endswith("A11 and 2 more")


def test_records_and_fields_have_the_words_people_use() -> None:
    assert (record_word(CaseTurn), record_word(Case), record_word(JournalChange)) == (
        "Case at a meeting",
        "Case",
        "Journal change",
    )
    assert (field_word("officer_id"), field_word("lead_agency"), field_word("clause_id")) == (
        "officer",
        "lead agency",
        "clause",
    )


@pytest.mark.parametrize("kind", sorted({*CPG.register, *PRIVATE.register}, key=str))
def test_whatever_either_file_keeps_is_called_by_words_that_begin_a_line(kind: type[Any]) -> None:
    word = record_word(kind)
    assert word[0].isupper() and word[1:] == word[1:].lower() and "_" not in word


def test_a_field_that_names_a_meeting_tells_its_day() -> None:
    line = Disclosure("d1", "oak", "m", NOON, "to help", "a basis", ("Police",))
    (row,) = told(changed(Disclosure, None, line, "meeting_id", verb="added"))
    assert row.fields == (FieldRow("meeting", "", "meeting of Thu 26 Nov 2026"),)


def test_a_case_is_found_by_its_reference_however_it_is_typed() -> None:
    session = session_with()
    for typed in ("SN-2026-000421", " sn-2026-000421 ", "sn-2026-000421, Oak Way: cuckooing"):
        assert subject_id(session, typed) == "oak"
    assert subject_id(session, "SN-2026-000422") == ""
    assert (subject_reference(session, "oak"), subject_reference(session, "gone")) == ("SN-2026-000421", "")


def test_the_private_journal_is_for_lead_and_deputy_and_not_while_a_session_runs() -> None:
    for role in (Role.NEW_HOPE_LEAD, Role.NEW_HOPE_DEPUTY):
        assert rows(session_with(session=private_session(roles=frozenset({role})))) == []
    taker = session_with(STEP, session=replace(private_session(), roles=frozenset({Role.MINUTE_TAKER})))
    row = JournalRow("s1", "1", NOON, "", "", "", False)
    running = session_with(STEP, session=private_session())
    meeting = Meeting("m", MeetingKind.ROUGH_SLEEPING, DAY, time(14), time(16), "Town Hall", "", "")
    with running.work.step("begun") as records:
        records.save(replace(meeting, state=MeetingState.IN_SESSION))
    for session, refused in ((taker, NotAllowed), (running, Refused)):
        for read in (
            lambda session: rows(session),
            lambda session: journal.details(session, row, 1),
            lambda session: subject_id(session, "RS-001"),
            lambda session: subject_reference(session, "x"),
        ):
            with pytest.raises(refused):
                read(session)


def test_in_the_private_file_a_person_is_called_by_reference_and_initials() -> None:
    session = private_session()
    person = private_people.people(session)[0].person
    session = session_with(replace(STEP, about=(person.id,)), session=session)
    called = rows(session)[0].case
    assert called.startswith(person.reference) and person.name not in called
    assert subject_id(session, person.reference.lower()) == person.id
    assert isinstance(person, RoughSleeper)
