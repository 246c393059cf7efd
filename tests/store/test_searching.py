"""Found by any word as it is typed, and forgotten when it is gone."""

import dataclasses
from datetime import date, time

import pytest
from sqlalchemy import Engine, text

from csp_desktop.domain.cases.cases import Case, CaseStatus, SubjectType
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting, MeetingKind
from csp_desktop.exchange.likeness import near_words
from csp_desktop.services.cases.cases import CaseQuery
from csp_desktop.services.cases.search import find
from csp_desktop.services.session import Session
from csp_desktop.store.queries import SqlQueries
from csp_desktop.store.search_question import as_question
from csp_desktop.store.searching import MOST_CASES
from csp_desktop.store.unit_of_work import SqlWork
from tests.support.fakes import fake_session

DAY = date(2026, 11, 26)
CASE = Case(
    "c1",
    "SN-2026-0412",
    DAY,
    "Repeat victims of ASB",
    SubjectType.VICTIM,
    "AB",
    "Market Street car park",
    "Central",
    "New Hope",
    "Ravi Nair",
    30,
    None,
    DAY,
    False,
    True,
    CaseStatus.OPEN,
    "Noise at night",
)
MEETING = Meeting("m1", MeetingKind.CPG, DAY, time(14), time(16), "Room 1", "p1", "p1")
TURN = CaseTurn("t1", "m1", "c1", 1, 5, "new", note="Café owner says the “late” music goes on.")
ITEM = AgendaItem("i1", "m1", 1, ItemKind.EMERGING, "Emerging issues", 10, note="Catalytic converters at the station.")
ACTION = Action("x1", "m1", 1, "Visit the detox place with CGL", "p1", None, DAY, case_id="c1")


@pytest.fixture
def session(work: SqlWork) -> Session:
    with work.step("everything") as records:
        for record in (CASE, MEETING, TURN, ITEM, ACTION):
            records.save(record)
    return fake_session(work, queries=SqlQueries(work, near_words))


@pytest.mark.parametrize(
    ("typed", "kind", "where"),
    [
        ("SN-2026-04", "case", "SN-2026-0412"),
        ("0412", "case", "SN-2026-0412"),
        ("mark cent", "case", "SN-2026-0412"),
        ("cafe MUSIC", "note", "CPG of Thu 26 Nov 2026"),
        ("conv", "item", "CPG of Thu 26 Nov 2026"),
        ("detox visit", "action", "CPG of Thu 26 Nov 2026"),
    ],
)
def test_cases_notes_items_and_actions_are_found_as_one_types(
    session: Session, typed: str, kind: str, where: str
) -> None:
    assert [(hit.kind, hit.where) for hit in find(session, typed)] == [(kind, where)]


def test_a_hit_says_what_it_is_and_where_to_go(session: Session) -> None:
    (note,) = find(session, "late music")
    assert (note.title, note.case_id, note.meeting_id) == ("SN-2026-0412 · Noise at night", "c1", "m1")
    assert "music" in note.snippet


SIGNS = ["", "   ", '"', "*", "(", "AND", "NEAR(", "a\0b", "-", "^x", "col:x", "'; DROP", '""']


@pytest.mark.parametrize("typed", SIGNS)
def test_nothing_typed_is_an_operator(session: Session, typed: str) -> None:
    assert isinstance(find(session, typed), list)


def test_quotes_are_doubled_and_signs_alone_dropped() -> None:
    assert as_question('say "no" – now') == '"say"* """no"""* "now"*'


def test_what_is_changed_removed_or_undone_is_forgotten(session: Session, engine: Engine) -> None:
    with session.work.step("note") as records:
        records.save(dataclasses.replace(TURN, note="Quiet since Sunday."))
        records.remove(ACTION)
    assert find(session, "music") == find(session, "detox") == []
    assert len(find(session, "quiet")) == 1
    session.work.undo()
    assert len(find(session, "music")) == len(find(session, "detox")) == 1
    session.work.undo()
    assert find(session, "music") == []
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM search_rows")).scalar() == 0
        blocks = b"".join(connection.execute(text("SELECT block FROM search_words_data")).scalars())
        assert b"detox" not in blocks
        connection.execute(text("INSERT INTO search_words (search_words) VALUES ('integrity-check')"))


MEANT = {
    "cuckooing": ["cuckooed by two men", "the cuckooing goes on", "cuckoo nest"],
    "vicarage": ["behind the Vicarage wall"],
    "anti-social": ["anti-social behaviour in the lobby"],
    "antisocial": ["antisocial since May"],
    "café": ["the Café owner"],
    "neighbour": ["neighbours complain"],
}


@pytest.fixture
def meant(session: Session) -> Session:
    """Notes under what stands in them."""
    with session.work.step("notes") as records:
        for of, notes in MEANT.items():
            for number, note in enumerate(notes):
                records.save(dataclasses.replace(ITEM, id=f"{of} {number}", title="", note=note))
    return session


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("cuckooing", {"cuckooing 0", "cuckooing 1", "cuckooing 2"}),
        ("cuckooed", {"cuckooing 0", "cuckooing 1", "cuckooing 2"}),
        ("vicarge", {"vicarage 0"}),
        ("vicraage wall", {"vicarage 0"}),
        ("Vikarage", {"vicarage 0"}),
        ("bicarage", {"vicarage 0"}),
        ("anti social", {"anti-social 0", "antisocial 0"}),
        ("antisocial", {"anti-social 0", "antisocial 0"}),
        ("antisocial behav", {"anti-social 0"}),
        ("cafe", {"café 0", "t1"}),
        ("cäfe", {"café 0", "t1"}),
        ("neigbour", {"neighbour 0"}),
        ("neighbouring", {"neighbour 0"}),
        ("xylophone", set()),
    ],
)
def test_accents_one_typing_error_endings_and_joined_or_split_words_are_tolerated(
    meant: Session, typed: str, ids: set[str]
) -> None:
    assert {hit.record_id for hit in find(meant, typed)} == ids


@pytest.mark.parametrize("word", ["cuckooing", "cuckooed", "vicarge", "antisocial", "neighbours", "anti social"])
def test_no_letter_on_the_way_to_a_word_loses_what_was_found(meant: Session, word: str) -> None:
    for end in range(2, len(word) + 1):
        assert find(meant, word[:end]), word[:end]


def test_what_is_found_by_another_word_is_shown_where_it_stands(meant: Session) -> None:
    with meant.work.step("note") as records:
        records.save(dataclasses.replace(ITEM, id="far", title="", note="Not said here. " * 12 + "By the Vicarage."))
    shown = {hit.record_id: hit.snippet for hit in find(meant, "vicarge")}
    assert "Vicarage" in shown["far"] and shown["far"].startswith("…")


def test_a_word_that_stands_there_is_not_taken_for_another(meant: Session) -> None:
    with meant.work.step("note") as records:
        records.save(dataclasses.replace(ITEM, id="said", title="", note="as the vicarge"))
    assert [hit.record_id for hit in find(meant, "vicarge")] == ["said"]


def test_the_list_of_cases_is_searched_the_same_way(session: Session) -> None:
    cases, total = session.queries.page_of_cases(CaseQuery(text="mraket"), 0, 10)
    assert ([case.id for case in cases], total) == (["c1"], 1)


def test_a_forgotten_word_leaves_the_index_at_once(session: Session, engine: Engine) -> None:
    def blocks() -> bytes:  # a token is kept without what it shares with the one before
        with engine.connect() as connection:
            return b"".join(connection.execute(text("SELECT block FROM search_words_data")).scalars())

    assert b"onvert" in blocks()
    with session.work.step("note") as records:
        records.save(dataclasses.replace(ITEM, note=""))
    assert b"onvert" not in blocks()


def test_the_newest_come_first_and_no_more_than_asked(session: Session) -> None:
    with session.work.step("notes") as records:
        for number in range(30):
            records.save(dataclasses.replace(ITEM, id=f"n{number}", position=number, note="bollards in the evening"))
    assert [hit.record_id for hit in find(session, "bollards", limit=10)] == [f"n{29 - place}" for place in range(10)]


def test_the_words_around_the_match_are_shown(session: Session) -> None:
    before = "Residents of the upper floors were asked at length. "
    with session.work.step("note") as records:
        records.save(dataclasses.replace(TURN, note=before + "A CAFÉ was named. " + "More words follow here. " * 8))
    (hit,) = find(session, "cafe nam")
    assert "A CAFÉ was named." in hit.snippet
    assert hit.snippet.startswith("…") and hit.snippet.endswith("…")
    assert len(hit.snippet) < 100


def test_a_case_stands_before_however_many_newer_notes(session: Session) -> None:
    with session.work.step("notes") as records:
        for number in range(30):
            records.save(dataclasses.replace(ITEM, id=f"n{number}", position=number, note="Market Street again"))
    hits = find(session, "market")
    assert [hit.kind for hit in hits] == ["case"] + ["item"] * 19
    assert hits[1].record_id == "n29"


def test_many_cases_leave_room_for_notes(session: Session) -> None:
    with session.work.step("cases and notes") as records:
        for number in range(30):
            records.save(dataclasses.replace(CASE, id=f"c-{number}", reference=f"SN-2026-1{number:03}"))
            records.save(dataclasses.replace(ITEM, id=f"n{number}", position=number, note="Market Street again"))
    kinds = [hit.kind for hit in find(session, "market")]
    assert kinds == ["case"] * MOST_CASES + ["item"] * (20 - MOST_CASES)


def test_what_is_rare_is_found_however_old(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csp_desktop.store.searching.NEWEST", 4)
    with session.work.step("notes") as records:
        for number in range(10):
            records.save(dataclasses.replace(ITEM, id=f"n{number}", position=number, note="bollards in the evening"))
        records.save(dataclasses.replace(ITEM, id="n2", position=2, note="bollards by the canal"))
    assert [hit.record_id for hit in find(session, "canal")] == ["n2"]
    assert len(find(session, "bolla")) == 10
    assert [hit.kind for hit in find(session, "conv")] == ["item"]
