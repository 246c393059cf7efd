"""Search as you type over 100,000 notes: every letter of some words asked for, as the find box asks."""

from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from sqlalchemy import insert, text

from csp_desktop.domain.meeting.meeting import CaseTurn, TurnState
from csp_desktop.services.cases.search import find
from csp_desktop.services.session import Session
from csp_desktop.store.tables import CPG
from csp_desktop.store.transactions import transaction
from csp_desktop.store.unit_of_work import SqlWork
from tests.benchmarks.apart import measured_apart, work_of
from tests.benchmarks.floor import session_on
from tests.benchmarks.pairs import Figures, Once, taken
from tests.benchmarks.years import fill
from tests.support.fakes import FixedClock

NOTES = 100_000
_WORDS = (
    "neighbour reports shouting strangers flat nights mediator household agreement officers visit weekly landlord "
    "changes locks camera month warden evening mopeds park school threat letter tenancy support worker detox place "
    "referral safeguarding meeting warning notice closure evidence noise garden dog bins parking stairwell lobby key"
)
WORDS = _WORDS.split()
TYPED = ("neighbour", "detox place", "closure not", "warden mon", "neigbours", "unheard")
RARE = 20_000  # different words beside those, as the names and places of years are
AT_ONCE = 5000


def measure(folder: Path, pairs: int, notes: int = NOTES) -> list[Figures]:
    """A row for each floor."""
    return measured_apart(f"search as you type, {notes:,} notes", "finding", folder, notes, pairs, goal=1.3)


def side(folder: Path, which: str, notes: int) -> Once:
    """One letter more, in a file of so many notes."""
    clock = FixedClock()
    work = work_of(folder, which, clock)
    fill(work, 4)
    _add_notes(work, notes)
    return taken(_typing(session_on(work, clock)))


def _typing(session: Session) -> Callable[[], object]:
    """One letter more each time; the box asks from the second on."""
    letters = cycle([words[:end] for words in TYPED for end in range(2, len(words) + 1)])
    return lambda: find(session, next(letters))


def _add_notes(work: SqlWork, notes: int) -> None:
    """Straight into the tables, since only the question is measured; the same into both files."""
    for first in range(0, notes, AT_ONCE):
        rows = [_note(number) for number in range(first, min(first + AT_ONCE, notes))]
        turns = [{"id": f"note-{number}", "note": note, **_TURN} for number, note in rows]
        kept = [{"number": number, "kind": "CaseTurn", "record_id": f"note-{number}"} for number, _ in rows]
        with transaction(work._engine) as connection:
            connection.execute(insert(CPG.register[CaseTurn]), turns)
            connection.execute(insert(CPG.search_rows), kept)
            connection.execute(_INDEX, [{"number": number, "body": note} for number, note in rows])


def _note(number: int) -> tuple[int, str]:
    chosen = [WORDS[(number * step + step * step) % len(WORDS)] for step in range(1, 13)]
    rare = "".join(chr(ord("a") + number % RARE // 26**place % 26) for place in range(4))
    return 1_000_000 + number, " ".join([*chosen, rare])


_INDEX = text("INSERT INTO search_words (rowid, title, body) VALUES (:number, '', :body)")
_TURN = {
    "state": TurnState.DONE,
    "meeting_id": "meeting-1",
    "case_id": "case-1",
    "position": 1,
    "planned_minutes": 3,
    "why": "",
    "room_title": "",
    "room_title_confirmed": False,
    "propose_defer": False,
    "reason": "",
    "refer_to": "",
    "dissent": "",
    "seconds": 0,
    "repeat_victim_asked": False,
    "placed_by_hand": False,
}
