"""The program at a running meeting, in a process of its own: says when it is unlocked, and when it was locked."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting
from csp_desktop.sample.clock import sample_clock
from tests.scenarios.in_session import TAKER, opened
from tests.scenarios.windows import sitting

WORDS = "Gate is welded and holds."


def main(folder: Path, base: Path) -> None:
    with sitting(folder, base, sample_clock()) as begun:
        hands = begun.hands
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        hands.wait(lambda: hands.on_page("live"), "the meeting that runs")
        hands.key("F2")
        hands.write(WORDS)
        print("unlocked", flush=True)
        hands.wait(begun.program.is_locked, "the lock")
        covered = "covered" if begun.program.window.is_covered() else "open"
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        assert len(shown) == 1
        partnership, _ = opened(folder)
        with partnership, partnership.work.reading() as records:
            meeting = next(m for m in records.find(Meeting) if m.current_turn_id)
            saved = "saved" if records.get(CaseTurn, meeting.current_turn_id).note == WORDS else "lost"
        print(f"locked, {covered}, {saved}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
