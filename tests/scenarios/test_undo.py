"""Whatever is done in a meeting, in any order: all of it undone, the real encrypted file is as it was."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csp_desktop.bootstrap.partnership import Partnership
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.actions import Action, ActionKind, Answer
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.people.agencies import Member
from csp_desktop.sample.clock import ScriptedClock
from csp_desktop.services.meeting import actions, case_walk, closing, running_meeting, walk_order
from csp_desktop.services.meeting import sign_in as desk
from csp_desktop.store.tables import CPG
from tests.scenarios.in_session import LATE, opened, start_november

T = TypeVar("T")
Deed = Callable[["Evening", int], object]
ERRED = "The wrong action was written down"
# salts belong to the journal; search is read by its content; what was heard cannot be unheard
APART = {"disclosures", "journal", "revisions", "salts", "search_rows"}


@dataclass
class Evening:
    """The meeting in session, and hands that do one thing after another to it."""

    partnership: Partnership
    clock: ScriptedClock
    meeting_id: str
    begun_after: str  # the last step that stood when the example began

    @property
    def session(self) -> Any:
        return self.partnership.session

    def all_of(self, kind: type[T], **equals: Any) -> Sequence[T]:
        with self.session.work.reading() as records:
            found: Sequence[T] = records.find(kind, **equals)
        return found

    def one(self, kind: type[T], number: int, **equals: Any) -> T:
        found = self.all_of(kind, **equals)
        if not found:
            raise Refused("There is no backup yet.")
        return found[number % len(found)]

    def turn(self, number: int) -> CaseTurn:
        """Mostly the case in hand or its neighbours, so that steps meet on the same records."""
        return self.one(CaseTurn, number % 4, meeting_id=self.meeting_id)

    def item(self, number: int) -> AgendaItem:
        return self.one(AgendaItem, number, meeting_id=self.meeting_id)

    def row(self, number: int) -> Attendance:
        return self.one(Attendance, number, meeting_id=self.meeting_id)

    def action(self, number: int) -> Action:
        known = self.all_of(Action)
        mine = [a for a in known if a.meeting_id == self.meeting_id] or known
        return (mine if number % 2 else known)[number % len(mine)]

    def tables(self) -> dict[str, list[Any]]:
        """Everything in the file but what only grows."""
        with self.partnership.engine.connect() as connection:
            kept: dict[str, list[Any]] = {
                table.name: sorted(map(repr, connection.execute(table.select())))
                for table in CPG.metadata.sorted_tables
                if table.name not in APART
            }
            kept["search"] = sorted(
                map(
                    repr,
                    connection.exec_driver_sql(
                        "SELECT kind, record_id, title, body FROM search_rows JOIN search_words"
                        " ON search_words.rowid = search_rows.number"
                    ),
                )
            )
            return kept


def agree(evening: Evening, n: int) -> object:
    officer = evening.one(Member, n, active=True)
    kind = list(ActionKind)[n % 3]
    said = actions.read_line(evening.session, evening.meeting_id, f"zz call number {n} fri", [officer.id], kind)
    where: dict[str, Any] = {"case_id": evening.turn(n).case_id} if n % 3 else {"item_id": evening.item(n).id}
    return actions.agree_action(evening.session, evening.meeting_id, said, **where)


def change(evening: Evening, n: int) -> object:
    changes: Sequence[dict[str, Any]] = (
        {"what": f"Call again, {n}"},
        {"due": date(2026, 12, 1) + timedelta(days=n % 20)},
        {"officer_id": evening.one(Member, n, active=True).id},
        {"kind": ActionKind.INTERVENTION, "power": "Community Protection Notice"},
    )
    return actions.change_action(evening.session, evening.action(n).id, **changes[n % 4])


def reply(evening: Evening, n: int) -> object:
    answer = list(Answer)[n % 4]
    return actions.answer_action(
        evening.session,
        evening.action(n // 4).id,
        answer,
        reason=f"Because of {n}",
        due=date(2026, 12, 17) if answer is Answer.CARRY_ON else None,
        meeting_id=evening.meeting_id,
    )


def say(evening: Evening, n: int) -> object:
    given_words: Sequence[dict[str, Any]] = (
        {"reason": f"Reason {n}"},
        {"refer_to": f"Team {n}"},
        {"intervention_planned": bool(n % 2)},
        {"cmht_told": bool(n % 2)},
        {"repeat_victim_asked": bool(n % 2)},
        {"dissent": f"Police, {n}"},
    )
    return case_walk.say(evening.session, evening.turn(n // 6).id, **given_words[n % 6])


def minute(evening: Evening, n: int) -> None:
    """Typing is at most 300 ms behind; leaving the field makes it a step."""
    turn = evening.turn(n)
    case_walk.keep_typing(evening.session, turn.id, f"{turn.note} Neighbour heard it {n} times.")
    case_walk.end_note(evening.session, turn.id)


def minute_of_item(evening: Evening, n: int) -> None:
    item = evening.item(n)
    running_meeting.keep_item_note(evening.session, item.id, f"Said {n} times.")
    running_meeting.end_item_note(evening.session, item.id)


def decide_and_read_back(evening: Evening, n: int) -> None:
    """All a case needs to leave the table."""
    turn = evening.turn(n // 6)
    outcome = list(Outcome)[n % 6]
    case_walk.choose_outcome(evening.session, turn.id, outcome)
    why, team = "Nobody can speak to it", "Adult safeguarding"
    case_walk.say(evening.session, turn.id, reason=why, refer_to=team, intervention_planned=True)
    case_walk.accept(evening.session, turn.id)


def sign(evening: Evening, n: int) -> object:
    row = evening.row(n)
    return desk.sign(evening.session, evening.meeting_id, row.member_id, typed_name=row.name)


def close(evening: Evening, n: int) -> object:
    return closing.close_meeting(
        evening.session, evening.meeting_id, next_on=date(2026, 12, 17), not_reached_confirmed=bool(n % 2), reason=ERRED
    )


def take_back(evening: Evening, n: int) -> None:
    """Ctrl+Z in the middle, but never beyond where the example began."""
    last = evening.session.work.last_step()
    if last is not None and last.id != evening.begun_after:
        evening.session.work.undo()


DEEDS: dict[str, Deed] = {
    "agree": agree,
    "change": change,
    "remove": lambda e, n: actions.remove_action(e.session, e.action(n).id),
    "reply": reply,
    "say": say,
    "minute": minute,
    "minute of item": minute_of_item,
    "outcome": lambda e, n: case_walk.choose_outcome(e.session, e.turn(n // 6).id, list(Outcome)[n % 6]),
    "read back": decide_and_read_back,
    "take up again": lambda e, n: case_walk.take_up_again(e.session, e.turn(n).id),
    "open case": lambda e, n: case_walk.open_turn(e.session, e.turn(n).id),
    "move case": lambda e, n: walk_order.move_turn(e.session, e.turn(n).id, n % 50 + 1),
    "to item": lambda e, n: running_meeting.go_to_item(e.session, e.item(n).id),
    "item done": lambda e, n: running_meeting.finish_item(e.session, e.item(n).id),
    "reopen item": lambda e, n: running_meeting.reopen_item(e.session, e.item(n).id),
    "move item": lambda e, n: walk_order.move_item(e.session, e.item(n).id, n % 9 + 1),
    "next date": lambda e, n: running_meeting.fix_next_date(e.session, e.meeting_id, date(2026, 12, n % 20 + 1)),
    "defer": lambda e, n: walk_order.propose_to_defer(e.session, e.turn(n).id, bool(n % 2)),
    "arrive": lambda e, n: desk.arrive(e.session, e.meeting_id, e.one(Attendance, n, name=LATE).member_id),
    "sign": sign,
    "take back signature": lambda e, n: desk.take_back_signature(e.session, e.row(n).id),
    "capacity": lambda e, n: desk.choose_capacity(e.session, e.meeting_id, e.row(n).member_id, list(Capacity)[n % 3]),
    "leave": lambda e, n: desk.leave(e.session, e.row(n).id),
    "newcomer": lambda e, n: desk.add_person(
        e.session, e.meeting_id, desk.NewPerson(f"Nia Bowen {n}", "Watford Mencap" if n % 2 else "New Hope")
    ),
    "override": lambda e, n: desk.override(e.session, e.meeting_id, f"On the phone, {n}"),
    "close": close,
    "undo": take_back,
}


@pytest.fixture(scope="module")
def prepared(
    sample_made: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Evening]]:
    """A fresh copy of the file with the meeting in session, as often as asked."""
    base = tmp_path_factory.mktemp("undo")
    shutil.copytree(sample_made[0], base / "prepared")
    meeting_id = start_november(base / "prepared")
    made: list[Path] = []

    def fresh() -> Evening:
        copy = base / f"copy-{len(made)}"
        made.append(copy)
        shutil.copytree(base / "prepared", copy)
        partnership, clock = opened(copy)
        clock.pass_seconds(3600)
        last = partnership.session.work.last_step()
        assert last is not None
        return Evening(partnership, clock, meeting_id, last.id)

    yield fresh


def play(evening: Evening, deeds: Sequence[tuple[str, int]]) -> int:
    """Do them one after another; what the rules refuse is passed over. Returns how many were possible."""
    possible = 0
    for name, number in deeds:
        evening.clock.pass_seconds(7)
        try:
            DEEDS[name](evening, number)
            possible += 1
        except Refused:
            continue
    return possible


def undo_all(evening: Evening) -> None:
    """Ctrl+Z until the step is the last that stood when the example began."""
    while (last := evening.session.work.last_step()) is not None and last.id != evening.begun_after:
        evening.clock.pass_seconds(1)
        assert evening.session.work.undo() == last


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 119)), min_size=3, max_size=25))
def test_any_sequence_of_steps_all_undone_leaves_every_table_as_it_was(
    prepared: Callable[[], Evening], deeds: list[tuple[str, int]]
) -> None:
    evening = prepared()
    with evening.partnership:
        before = evening.tables()
        play(evening, deeds)
        undo_all(evening)
        assert evening.tables() == before
        assert evening.partnership.verify()["findings"] == []


FIRST = {"override": ("arrive", 0), "take up again": ("read back", 0), "reopen item": ("item done", 1)}


@pytest.mark.parametrize("names", [sorted(DEEDS)[::2], sorted(DEEDS)[1::2]], ids=["one half", "the other"])
def test_every_kind_of_step_is_possible_and_undone(prepared: Callable[[], Evening], names: list[str]) -> None:
    """So that the property above does not pass by refusals alone."""
    evening = prepared()
    with evening.partnership:
        before = evening.tables()
        for name in names:
            groundwork = [("agree", 1), *([FIRST[name]] if name in FIRST else [])]
            assert play(evening, groundwork) == len(groundwork)
            assert any(play(evening, [(name, n)]) for n in range(60)), name
            undo_all(evening)
            assert evening.tables() == before, name
