"""The rehearsed evening of every released version: both files open, migrate step by step and lose nothing."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from csp_desktop.bootstrap.bundle_contents import engine_of
from csp_desktop.bootstrap.file_kinds import file_kind
from csp_desktop.bootstrap.partnership import Partnership, open_partnership
from csp_desktop.domain.common.days import clock, table_day
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.minutes.layout import decision
from csp_desktop.domain.minutes.record import Minutes
from csp_desktop.domain.minutes.versions import FrozenFacts
from csp_desktop.services.meeting.running_meeting import to_be_taken_back
from csp_desktop.services.minutes.minutes import draft_minutes, held_meetings
from csp_desktop.services.ports.work import StepKind
from csp_desktop.store.chain import verify_chain
from csp_desktop.store.engine import open_engine, reading
from csp_desktop.store.journal import record_of
from csp_desktop.store.migrations import HEADS, configuration, migrate, version
from csp_desktop.store.tables import CPG
from csp_desktop.vault import unlock
from csp_desktop.vault.header import VaultKind
from tests.support import landed_migrations
from tests.support.stored_evening import EVENING, PLACES, later, papers_of, printed, users_of
from tests.support.stored_vaults import STORED

BRANCHES = {kind: file_kind(kind).branch for kind in PLACES}


@dataclass(frozen=True)
class Stored:
    """One file of one version's evening."""

    version: str
    kind: VaultKind

    def __str__(self) -> str:
        return f"{self.version} {PLACES[self.kind]}"

    @property
    def place(self) -> Path:
        return STORED / self.version / EVENING


KEPT = [place.name for place in sorted(STORED.iterdir()) if (place / EVENING).is_dir()]
EVENINGS = [Stored(name, kind) for name in KEPT for kind in PLACES]
PASSPHRASES = [
    (stored, user["name"], user["passphrase"]) for stored in EVENINGS for user in users_of(stored.place, stored.kind)
]


def steps(branch: str) -> list[str]:
    """The versions of a branch, the first first."""
    script = ScriptDirectory.from_config(configuration())
    return [step.revision for step in script.iterate_revisions(f"{branch}@head", "base")][::-1]


STEPS = [(stored, step) for stored in EVENINGS for step in steps(BRANCHES[stored.kind])]


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Stored], Path]:
    """A copy to write to."""
    return lambda stored: Path(shutil.copytree(stored.place, tmp_path / "copy"))


@contextmanager
def tables_of(folder: Path, stored: Stored) -> Iterator[Engine]:
    """The file as it lies there, not migrated."""
    user = users_of(stored.place, stored.kind)[0]
    vault = unlock.open_vault(folder / PLACES[stored.kind], user["name"], user["passphrase"])
    engine = engine_of(vault)
    try:
        yield engine
    finally:
        engine.dispose()
        vault.close()


def rows(engine: Engine) -> dict[str, int]:
    """How many rows each table holds."""
    with reading(engine).connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if not name.startswith("search_words")]
        return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names}


def schema(engine: Engine) -> set[str]:
    """Every table, index and trigger, as it was made."""
    with engine.connect() as connection:
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")).scalars().all()
    return {" ".join(sql.split()) for sql in made}


@pytest.mark.parametrize(("stored", "name", "passphrase"), PASSPHRASES, ids=str)
def test_the_evening_of_an_earlier_version_opens_with_every_passphrase_and_is_sound(
    stored: Stored, name: str, passphrase: str, copy_of: Callable[[Stored], Path]
) -> None:
    folder = copy_of(stored)
    with open_partnership(folder, name, passphrase, later, kind=stored.kind) as partnership:
        assert version(partnership.engine) == HEADS[BRANCHES[stored.kind]]
        assert partnership.verify()["findings"] == []


GROUPS = [stored for stored in EVENINGS if stored.kind is VaultKind.CPG]
LEFT = "kind = 'Attendance'"  # departures after the meeting
GUARDS = ("journal_is_never_changed", "journal_is_never_deleted")


@contextmanager
def ended_at_its_closing(stored: Stored, folder: Path) -> Iterator[Partnership]:
    """The group's file as if the program had been left when the meeting was closed: what came later is cut off."""
    user = users_of(stored.place, stored.kind)[0]
    with open_partnership(folder, user["name"], user["passphrase"], later, kind=stored.kind) as partnership:
        closing = "SELECT max(number) FROM revisions WHERE words = 'closing of the meeting'"
        left = (
            f"SELECT revisions.before FROM revisions JOIN journal USING (number) WHERE number > ({closing}) AND {LEFT}"
        )
        with partnership.engine.connect() as connection:
            before = connection.execute(text(left)).scalars().all()
        with partnership.session.work.step("put back", of_held=True) as records:
            for kept in before:
                records.save(record_of(Attendance, kept))
        with partnership.engine.begin() as connection:
            last = connection.execute(text(closing)).scalar_one()
            for guard in GUARDS:
                connection.execute(text(f"DROP TRIGGER {guard}"))
            for table in ("journal", "revisions"):
                connection.execute(text(f"DELETE FROM {table} WHERE number > {last}"))
            connection.execute(text("DELETE FROM frozen_facts"))
        yield partnership


@pytest.mark.parametrize("stored", GROUPS, ids=str)
def test_the_last_steps_of_an_earlier_version_are_known_and_can_be_taken_back(
    stored: Stored, copy_of: Callable[[Stored], Path]
) -> None:
    with ended_at_its_closing(stored, copy_of(stored)) as partnership:
        session = partnership.session
        closed = session.work.undo()
        assert closed is not None and closed.kind is StepKind.CLOSING
        kinds = set()
        while (step := to_be_taken_back(session)) is not None:
            kinds.add(step.kind)
            assert session.work.undo() == step
        assert kinds == {StepKind.NOTE, StepKind.OTHER}
        started = session.work.last_step()
        assert started is not None and started.kind is StepKind.START
        with partnership.engine.connect() as connection:
            assert verify_chain(connection, partnership.vault.journal_key, CPG) == []


@pytest.mark.parametrize("stored", GROUPS, ids=str)
def test_an_entry_of_an_earlier_version_is_given_no_kind_unnoticed(
    stored: Stored, copy_of: Callable[[Stored], Path]
) -> None:
    with ended_at_its_closing(stored, copy_of(stored)) as partnership:
        with partnership.engine.begin() as connection:
            connection.execute(text("UPDATE journal SET step_kind = 'note' WHERE number = 900"))
        with partnership.engine.connect() as connection:
            found = verify_chain(connection, partnership.vault.journal_key, CPG)
        assert found == ["Entry 900 of the journal was changed or moved."]


@pytest.mark.parametrize("stored", EVENINGS, ids=str)
def test_the_papers_of_an_earlier_version_still_read_as_they_were_kept(
    stored: Stored, copy_of: Callable[[Stored], Path]
) -> None:
    kept, user = papers_of(stored.place, stored.kind), users_of(stored.place, stored.kind)[-1]
    with open_partnership(copy_of(stored), user["name"], user["passphrase"], later, kind=stored.kind) as partnership:
        now = printed(partnership, stored.kind)
    assert kept and now.keys() == kept.keys()
    missing = {
        name: [fact for fact in paper.facts if not now[name].says(fact) and not is_after(fact, now[name].text)]
        for name, paper in kept.items()
    }
    assert missing == {name: [] for name in kept}


def is_after(fact: str, paper: str) -> bool:
    """Whether it is a time after the meeting ended: who stayed on is minuted as present until then."""
    held = re.search(r"Held: .*?\d\d:\d\d to (\d\d:\d\d)", paper)
    return bool(held and re.fullmatch(r"\d\d:\d\d", fact) and fact > held[1])


@pytest.mark.parametrize("stored", EVENINGS, ids=str)
def test_what_an_earlier_version_closed_is_frozen_at_the_first_opening_and_marked_so(
    stored: Stored, copy_of: Callable[[Stored], Path]
) -> None:
    folder, user = copy_of(stored), users_of(stored.place, stored.kind)[-1]
    found = []
    for _ in ("first", "second"):
        with open_partnership(folder, user["name"], user["passphrase"], later, kind=stored.kind) as partnership:
            with partnership.work.reading() as records:
                closed = records.find(Meeting, state=MeetingState.CLOSED)
                frozen = records.find(FrozenFacts)
            assert sorted(one.meeting_id for one in frozen) == sorted(meeting.id for meeting in closed)
            assert len(closed) == 2 and all(one.later for one in frozen)
            found.append(frozen)
    assert found[0] == found[1]


@pytest.mark.parametrize("stored", GROUPS, ids=str)
def test_people_times_references_numbers_and_decisions_of_the_frozen_facts_stand_on_the_paper_of_that_day(
    stored: Stored, copy_of: Callable[[Stored], Path]
) -> None:
    kept, user = papers_of(stored.place, stored.kind), users_of(stored.place, stored.kind)[-1]
    with open_partnership(copy_of(stored), user["name"], user["passphrase"], later, kind=stored.kind) as partnership:
        drawn = [draft_minutes(partnership.session, one.id) for one in held_meetings(partnership.session)]
    for minutes in drawn:
        paper = kept[f"minutes-{minutes.on}"]
        facts = list(told_of(minutes))
        assert len(facts) > 100
        assert [fact for fact in facts if not paper.says(fact)] == []


def told_of(minutes: Minutes) -> Iterator[str]:
    """Who was there and when, each case with what was decided, each action with its number and day."""
    for line in minutes.attendees:
        yield from (
            line.name,
            *(clock(at) for at in (line.signed_at, line.arrived_at, line.left_at, line.read_at) if at),
        )
    yield from (line.name for line in minutes.apologies)
    for case in minutes.cases:
        yield from (case.name, decision(case, minutes.next_on), *case.note.splitlines())
        yield from (clock(case.read_back_at),) if case.read_back_at else ()
    for action in minutes.actions:
        yield from (
            action.label,
            action.what,
            action.officer,
            table_day(action.due).rsplit(" ", 1)[0] if action.due else "",
        )
    yield from (f"{line.reference} {line.initials}" for line in minutes.uncalled)


@pytest.mark.parametrize(("stored", "step"), STEPS, ids=str)
def test_each_step_from_the_stored_evening_keeps_every_row(
    stored: Stored, step: str, copy_of: Callable[[Stored], Path]
) -> None:
    branch = BRANCHES[stored.kind]
    way = steps(branch)
    with tables_of(copy_of(stored), stored) as engine:
        came = version(engine)
        assert came in way
        if before := way[: way.index(step)][way.index(came) + 1 :]:
            migrate(engine, before[-1])
        held = rows(engine)
        if way.index(step) > way.index(came):
            migrate(engine, step)
            assert version(engine) == step
        now = rows(engine)
        lost = {name: (count, now[name]) for name, count in held.items() if name in now and now[name] < count}
        assert lost == {}
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None


@pytest.mark.parametrize("stored", EVENINGS, ids=str)
def test_the_steps_make_the_very_tables_that_version_left(
    stored: Stored, copy_of: Callable[[Stored], Path], tmp_path: Path
) -> None:
    """What a step makes is more than its own text: this sees a change in what it is made with."""
    fresh = open_engine(tmp_path / "fresh.db", bytearray(32), create=True)
    with tables_of(copy_of(stored), stored) as engine:
        left = version(engine)
        assert left is not None
        migrate(fresh, left)
        assert schema(fresh) == schema(engine)
    fresh.dispose()


@pytest.mark.parametrize("module", landed_migrations.landed(), ids=lambda module: module.stem)
def test_a_landed_migration_is_never_edited(module: Path) -> None:
    kept = landed_migrations.kept(module)
    assert kept.exists(), "A new step: keep its hash with  python -m tests.support.landed_migrations"
    assert kept.read_text(encoding="ascii").strip() == landed_migrations.digest(module), (
        "Files somewhere have gone through this step as it was: write another one after it."
    )


def test_every_kept_step_is_still_there() -> None:
    present = {module.stem for module in landed_migrations.landed()}
    assert {file.stem for file in landed_migrations.KEPT.glob("*.sha256")} <= present


@pytest.mark.parametrize("branch", sorted(HEADS))
def test_the_steps_of_a_branch_are_one_chain(branch: str) -> None:
    script = ScriptDirectory.from_config(configuration())
    found: list[Any] = list(script.iterate_revisions(f"{branch}@head", "base"))
    assert [step.down_revision for step in found] == [step.revision for step in found[1:]] + [None]
    assert [step.revision for step in found][::-1] == [f"{branch}_{number:04}" for number in range(1, len(found) + 1)]


def test_both_files_of_the_first_version_are_stored() -> None:
    assert {stored.kind for stored in EVENINGS if stored.version == "0.1.0"} == set(PLACES)
