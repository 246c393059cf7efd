"""The group's program in a process of its own: every page is shown, then it locks. Says what was loaded of the private
meeting's packages."""

import sys
from pathlib import Path

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.gui.window.registry import GATE, GROUP
from csp_desktop.sample.clock import sample_clock
from tests.scenarios.in_session import TAKER, start_november
from tests.scenarios.windows import sitting


def main(folder: Path, base: Path) -> None:
    start_november(folder)
    with sitting(folder, base, sample_clock()) as begun:
        hands, program = begun.hands, begun.program
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        session = program._session
        assert session is not None
        with session.work.reading() as records:
            case, meeting = records.find(Case)[0].id, max(records.find(Meeting), key=lambda one: one.on).id
        arguments = {
            "case": case,
            "management_plan": case,
            "sign_in": meeting,
            "live": meeting,
            "closing": meeting,
            "minutes": meeting,
            GATE: ("home", None),
        }
        for page in GROUP.pages:
            program.window.show_page(page.stem, arguments.get(page.stem))
            hands.wait(lambda: not program.tasks.busy(), f"{page.stem} to be filled")
            print(f"shown: {program.window.page_name()}")
        program.lock()
        hands.wait(program.is_locked, "the lock")
    print(f"loaded: {sorted(name for name in sys.modules if 'private' in name.split('.'))}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
