"""The group's program in a real window, before a small meeting: five people, three cases; it ends with its input."""

import json
import sys
from datetime import UTC, date, datetime, time
from io import TextIOWrapper
from pathlib import Path

from PySide6.QtCore import QSize

from csp_desktop.bootstrap.partnership import Founder, create_partnership
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.exchange.safety_net import read_cases
from csp_desktop.gui.window.tasks import LineReader
from csp_desktop.resources import shipped
from csp_desktop.services.cases.case_import import import_cases
from csp_desktop.services.meeting import walk_order
from csp_desktop.services.meeting.agenda import MeetingPlan, plan_meeting
from csp_desktop.vault.derivation import Cost
from tests.scenarios.windows import sitting

NOON = datetime(2026, 11, 26, 13, 50, tzinfo=UTC)
PASSPHRASE = "orchard lantern pebble"
HANNAH = "Hannah Price"
PEOPLE = ("Dan Holt", "Joy Okafor", "Liam Reed", "Sara Lyle")
CASES = 3
LAPTOP = QSize(1366, 740)


def make(folder: Path) -> None:
    """The partnership with its meeting planned for today and every room title confirmed."""
    founder = Founder(
        HANNAH,
        "Watford Borough Council",
        AgencyKind.COUNCIL,
        "Manager",
        PASSPHRASE,
        (Role.CHAIR, Role.MINUTE_TAKER),
    )
    made, _ = create_partnership(folder, [founder], Cost.quick(), lambda: NOON, with_recovery=False)
    with made:
        session = made.session
        with session.work.step("people", undoable=False) as records:
            records.save(Agency("police", "Hertfordshire Constabulary", "Police", AgencyKind.POLICE))
            for name in PEOPLE:
                signed = {"isp_version": "1", "isp_signed_on": date(2026, 3, 3)}
                records.save(Member(name.split()[0].lower(), name, "police", "Officer", Standing.STANDING, **signed))  # type: ignore[arg-type]
        export = shipped("sample", "cases-2026-11.csv").read_text("utf-8-sig").splitlines()
        import_cases(
            session, read_cases("\n".join(export[: CASES + 1]).encode(), "cases-2026-11.csv"), date(2026, 11, 25)
        )
        planned = plan_meeting(
            session, MeetingPlan(NOON.date(), time(14), time(16), "Town Hall", session.member_id, session.member_id)
        )
        walk_order.confirm_all_room_titles(session, planned.id)


def main(folder: Path, base: Path) -> None:
    make(folder)
    with sitting(folder, base, NOON, LAPTOP) as begun:
        begun.hands.window.activateWindow()
        assert isinstance(sys.stdin, TextIOWrapper)
        ended: list[bool] = []
        reader = LineReader(sys.stdin.detach())
        reader.ended.connect(lambda: ended.append(True))
        reader.start()
        print(json.dumps({"up": True}), flush=True)
        begun.hands.wait(lambda: bool(ended), "the end of the input")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
