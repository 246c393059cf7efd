"""What every Work must do: the one in memory that services are tested on, and the encrypted one."""

import dataclasses
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from csp_desktop.domain.common.errors import NotFound, Refused
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingKind, MeetingState
from csp_desktop.domain.minutes.versions import FrozenFacts
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.domain.people.settings import Settings
from csp_desktop.services.ports.work import StepKind
from csp_desktop.store.checks import verify
from csp_desktop.store.tables import CPG, REGISTER
from tests.support.fakes import FakeWork, FixedClock
from tests.support.vaults import JOURNAL_KEY, copy_engine, new_engine, work_on

AGENCY = Agency("a1", "Change Grow Live", "CGL", AgencyKind.HEALTH)
PERSON = Member("m1", "Ewa Łukasik", "a1", "Team leader", Standing.STANDING, isp_signed_on=date(2026, 2, 28))
AT = datetime(2026, 11, 26, 16, tzinfo=UTC)
MEETING = Meeting("me1", MeetingKind.CPG, date(2026, 11, 26), time(14), time(16), "Room 1", "m1", "m1")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = new_engine(tmp_path_factory.mktemp("vault") / "records.db")
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "records.db"
    new_engine(path).dispose()
    return path


@pytest.fixture(params=["in memory", "encrypted"])
def work(request: pytest.FixtureRequest, tmp_path: Path, empty: Path) -> Iterator[Any]:
    if request.param == "in memory":
        yield FakeWork(FixedClock())
        return
    fresh = copy_engine(empty, tmp_path / "records.db")
    yield work_on(fresh)
    fresh.dispose()


def save(work: Any, *records: Any, words: str = "a change") -> None:
    with work.step(words) as inside:
        for record in records:
            inside.save(record)


def held(work: Any, kind: type[Any]) -> list[Any]:
    with work.reading() as records:
        found: list[Any] = records.find(kind)
        return found


def test_a_step_is_kept_when_it_ends(work: Any) -> None:
    save(work, AGENCY, PERSON, MEETING, Settings(agenda_minutes=(("CPG", 5),)))
    with work.reading() as records:
        assert records.get(Member, "m1") == PERSON
        assert records.get(Meeting, "me1") == MEETING
        assert records.get(Settings, "settings") == Settings(agenda_minutes=(("CPG", 5),))


def test_nothing_of_a_step_that_fails_is_kept(work: Any) -> None:
    save(work, AGENCY)
    work.keep_draft(AgendaItem, "i1", "note", "half a sen")
    with pytest.raises(ZeroDivisionError), work.step("goes wrong") as records:
        records.save(dataclasses.replace(AGENCY, name="Other"))
        records.save(PERSON)
        work.drop_draft(AgendaItem, "i1", "note")
        raise ZeroDivisionError
    assert held(work, Agency) == [AGENCY]
    assert held(work, Member) == []
    assert work.draft(AgendaItem, "i1", "note").text == "half a sen"
    assert work.last_step().words == "a change"


def test_a_step_reads_its_own_changes_and_so_does_a_reading_inside_it(work: Any) -> None:
    with work.step("sign-in") as records:
        records.save(AGENCY)
        assert records.get(Agency, "a1") == AGENCY
        with work.reading() as inner:
            assert inner.find(Agency) == [AGENCY]
        records.remove(AGENCY)
        assert records.find(Agency) == []
    assert held(work, Agency) == []
    assert work.last_step() is None


def test_saving_in_a_reading_is_refused(work: Any) -> None:
    with work.reading() as records, pytest.raises(RuntimeError):
        records.save(AGENCY)
    assert held(work, Agency) == []


def test_a_missing_record_is_said_in_a_sentence(work: Any) -> None:
    with work.reading() as records, pytest.raises(NotFound) as refusal:
        records.get(Member, "nobody")
    assert refusal.value.sentence.endswith(".")
    with work.step("removal") as records, pytest.raises(NotFound):
        records.remove(AGENCY)


def test_finding_by_fields_by_nothing_and_by_any_of_several(work: Any) -> None:
    other = Agency("a2", "New Hope", "NH", AgencyKind.SUPPORT, active=False)
    unsigned = dataclasses.replace(PERSON, id="m2", agency_id="a2", isp_signed_on=None)
    save(work, AGENCY, other, PERSON, unsigned)
    with work.reading() as records:
        assert records.find(Agency, kind=AgencyKind.SUPPORT) == [other]
        assert records.find(Agency, active=True) == [AGENCY]
        assert records.find(Member, isp_signed_on=None) == [unsigned]
        assert records.find(Member, isp_signed_on=(date(2026, 2, 28), None)) == [PERSON, unsigned]
        assert records.find(Member, agency_id=["a1", "a9"]) == [PERSON]
        assert records.find(Member, agency_id=()) == []
        assert records.find(Agency, kind=(AgencyKind.HEALTH, AgencyKind.SUPPORT), active=False) == [other]
        with pytest.raises(TypeError):
            records.find(Agency, colour="blue")


def test_items_come_in_order_of_position_and_actions_of_number(work: Any) -> None:
    items = [AgendaItem(f"i{n}", "me1", 9 - n, ItemKind.OTHER, "Item", 5) for n in range(3)]
    actions = [Action(f"x{n}", "me1", 9 - n, "Visit", "m1", None, date(2026, 11, 26)) for n in range(3)]
    save(work, MEETING, *items, *actions)
    assert held(work, AgendaItem) == items[::-1]
    assert held(work, Action) == actions[::-1]


def test_undo_takes_back_one_step_after_the_other(work: Any) -> None:
    save(work, AGENCY, words="first")
    save(work, dataclasses.replace(AGENCY, name="Second"), PERSON, words="second")
    with work.step("third") as records:
        records.remove(PERSON)
    assert [work.undo().words for _ in range(2)] == ["third", "second"]
    assert held(work, Agency) == [AGENCY]
    save(work, PERSON, words="fourth")
    assert [work.undo().words for _ in range(2)] == ["fourth", "first"]
    assert held(work, Agency) == held(work, Member) == []
    assert work.undo() is None
    assert work.last_step() is None


def test_saving_an_equal_record_is_no_step(work: Any) -> None:
    save(work, AGENCY, words="first")
    save(work, AGENCY, words="nothing new")
    with work.step("there and back") as records:
        records.save(dataclasses.replace(AGENCY, name="Else"))
        records.save(AGENCY)
    assert work.last_step().words == "first"


def test_what_cannot_be_undone_bars_what_was_before(work: Any) -> None:
    save(work, AGENCY)
    with work.step("circulated", undoable=False, of_held=True) as records:
        records.save(PERSON)
    assert work.last_step() is None
    assert work.undo() is None
    save(work, MEETING, words="after")
    assert work.undo().words == "after"
    assert work.undo() is None
    assert held(work, Member) == [PERSON]


def test_a_step_inside_a_step_is_part_of_it(work: Any) -> None:
    with work.step("outer") as records:
        records.save(AGENCY)
        with work.step("inner") as inner:
            inner.save(PERSON)
    assert work.undo().words == "outer"
    assert held(work, Member) == held(work, Agency) == []


def test_a_draft_is_kept_replaced_listed_and_dropped(work: Any) -> None:
    work.keep_draft(AgendaItem, "i1", "note", "He w")
    at = work.keep_draft(AgendaItem, "i1", "note", "He was seen")
    work.keep_draft(AgendaItem, "i2", "note", "“Ștefan”")
    kept = work.draft(AgendaItem, "i1", "note")
    assert (kept.text, kept.at) == ("He was seen", at)
    assert at == datetime(2026, 11, 26, 14, tzinfo=UTC)
    assert {(d.kind, d.record_id, d.field) for d in work.drafts()} == {
        ("AgendaItem", "i1", "note"),
        ("AgendaItem", "i2", "note"),
    }
    assert work.last_step() is None
    with work.step("note") as records:
        records.save(AGENCY)
        work.drop_draft(AgendaItem, "i1", "note")
    assert work.draft(AgendaItem, "i1", "note") is None
    assert [d.text for d in work.drafts()] == ["“Ștefan”"]


def test_half_a_character_never_reaches_the_file_and_never_stops_a_step(work: Any) -> None:
    save(work, replace(AGENCY, name="Hight\ud800own \U0001f600"), words="Agency\udfff added")
    assert [agency.name for agency in held(work, Agency)] == ["Hightown \U0001f600"]
    with work.reading() as records:
        assert len(records.find(Agency, name="Hight\udc00own \U0001f600")) == 1
    work.keep_draft(AgendaItem, "i1", "note", "He w\ud83das seen")
    assert work.draft(AgendaItem, "i1", "note").text == "He was seen"
    assert work.last_step().words == "Agency added"


def test_the_step_says_who_and_when(work: Any) -> None:
    save(work, AGENCY)
    step = work.last_step()
    assert (step.words, step.by, step.at) == ("a change", "Ruth Coyle", datetime(2026, 11, 26, 14, tzinfo=UTC))


@pytest.mark.parametrize("kind", StepKind)
def test_a_step_keeps_its_kind_whatever_its_words_are(work: Any, kind: StepKind) -> None:
    with work.step("note of an item", kind=kind) as records:
        records.save(AGENCY)
        with work.step("inner", kind=StepKind.GOING) as inner:
            inner.save(PERSON)
    assert (work.last_step().words, work.last_step().kind) == ("note of an item", kind)
    assert work.undo().kind is kind


names = st.sampled_from(["New Hope", "CGL", "Ștefan’s", ""])
saves = st.builds(Agency, st.sampled_from("abc"), names, names, st.sampled_from(AgencyKind), st.booleans())
items = st.builds(
    AgendaItem,
    id=st.sampled_from("xy"),
    meeting_id=st.just("me1"),
    position=st.integers(0, 3),
    kind=st.sampled_from(ItemKind),
    title=names,
    planned_minutes=st.just(5),
    note=names,
    read_back_at=st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
)
removals = st.sampled_from([(Agency, "a"), (Agency, "b"), (AgendaItem, "x"), (AgendaItem, "y")])
steps = st.lists(st.lists(saves | items | removals, max_size=4), max_size=6)


def play(work: Any, sequence: list[list[Any]]) -> None:
    for number, changes in enumerate(sequence):
        with work.step(f"step {number}") as records:
            for change in changes:
                if not isinstance(change, tuple):
                    records.save(change)
                    continue
                for record in records.find(change[0], id=change[1]):
                    records.remove(record)


def tables(engine: Engine) -> dict[str, list[Any]]:
    left_out = {"journal", "revisions", "salts", "search_rows"}
    with engine.connect() as connection:
        rows = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in CPG.metadata.sorted_tables
            if table.name not in left_out
        }
        found = (
            "SELECT kind, record_id, title, body FROM search_rows JOIN search_words AS w ON w.rowid = number"
            " ORDER BY 1, 2"
        )
        rows["search"] = [tuple(row) for row in connection.exec_driver_sql(found)]
    return rows


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=steps, sequence=steps)
def test_any_sequence_of_steps_all_undone_leaves_every_table_as_it_was(
    engine: Engine, before: list[list[Any]], sequence: list[list[Any]]
) -> None:
    work, fake = work_on(engine), FakeWork(FixedClock())
    with work.step("start", undoable=False, of_held=True) as records:
        for kind in (AgendaItem, Agency, Meeting):
            for record in records.find(kind):
                records.remove(record)
        records.save(MEETING)
    with fake.step("start", undoable=False, of_held=True) as fake_records:
        fake_records.save(MEETING)
    play(work, before)
    play(fake, before)
    for each in (work, fake):
        with each.step("line drawn", undoable=False, of_held=True) as records:
            records.save(dataclasses.replace(MEETING, venue="Room 2"))
    was, fake_was = tables(engine), fake.everything()
    play(work, sequence)
    play(fake, sequence)
    for kind in REGISTER:
        assert held(work, kind) == held(fake, kind)
    undone, fake_undone = [], []
    while step := work.undo():
        undone.append(step.words)
    while step := fake.undo():
        fake_undone.append(step.words)
    assert undone == fake_undone
    assert tables(engine) == was
    assert fake.everything() == fake_was
    assert verify(engine, JOURNAL_KEY) == []


def test_undo_is_refused_when_the_record_was_changed_since(engine: Engine) -> None:
    work = work_on(engine)
    save(work, dataclasses.replace(AGENCY, id="changed"), words="agency added")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE agencies SET name = 'Other' WHERE id = 'changed'")
    with pytest.raises(Refused, match="“agency added” cannot be undone: part of it \\(agency\\)"):
        work.undo()
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE agencies SET name = 'Change Grow Live' WHERE id = 'changed'")
    assert work.undo() is not None


def test_a_document_is_kept_under_the_sha256_of_its_bytes_and_read_back(work: Any) -> None:
    with work.step("frozen") as records:
        sha256 = records.keep_document(b"the facts")
        assert records.keep_document(b"the facts") == sha256
    with work.reading() as records:
        assert records.document(sha256) == b"the facts"
        with pytest.raises(RuntimeError):
            records.keep_document(b"more")
    assert sha256 == hashlib.sha256(b"the facts").hexdigest()


def frozen(sha256: str) -> FrozenFacts:
    return FrozenFacts("f1", MEETING.id, sha256, AT, "Ruth Coyle")


def test_documents_nothing_names_are_forgotten_for_good(work: Any) -> None:
    with work.step("frozen") as records:
        kept, gone = records.keep_document(b"kept"), records.keep_document(b"gone")
        records.save(MEETING)
        records.save(frozen(kept))
    with work.step("erased") as records:
        records.drop_unnamed_documents()
    with work.reading() as records:
        assert records.document(kept) == b"kept"
        with pytest.raises(NotFound):
            records.document(gone)


def test_undoing_forgets_the_documents_of_the_step(work: Any) -> None:
    save(work, MEETING)
    with work.step("frozen") as records:
        sha256 = records.keep_document(b"the facts")
        records.save(frozen(sha256))
    work.undo()
    with work.reading() as records, pytest.raises(NotFound):
        records.document(sha256)


def test_what_belongs_to_a_closed_meeting_is_not_written_unless_the_step_says_so(work: Any) -> None:
    closed, item = replace(MEETING, state=MeetingState.CLOSED), AgendaItem("i1", "me1", 1, ItemKind.OTHER, "Other", 5)
    save(work, MEETING, item)
    save(work, closed)
    action = Action("ac1", "me1", 1, "Call", "m1", None, MEETING.on)
    for record in (replace(item, note="afterwards"), replace(closed, venue="elsewhere"), action):
        with pytest.raises(Refused, match="is closed and cannot be changed"):
            save(work, record)
    with work.step("put back", of_held=True) as records:
        records.save(replace(item, note="afterwards"))
        records.save(action)
    save(work, replace(action, what="Call again"))
    with pytest.raises(Refused), work.step("taken away") as records:
        records.remove(records.get(Action, "ac1"))
    with work.step("erased") as records:
        records.erase(records.get(Action, "ac1"))
