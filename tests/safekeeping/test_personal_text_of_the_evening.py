"""The checks on the rehearsed evening's papers, both files: hardly a place is marked that names nobody."""

import shutil
from pathlib import Path

import pytest

from csp_desktop.bootstrap.partnership import open_partnership
from csp_desktop.domain.minutes.checks import MinutesCheck
from csp_desktop.services.minutes import checks as minutes_checks
from csp_desktop.services.minutes.minutes import draft_minutes, held_meetings
from csp_desktop.services.private import minutes_checks as private_checking
from csp_desktop.services.private.minutes import draft_private_minutes, held_sessions
from csp_desktop.vault.header import VaultKind
from tests.support.stored_evening import EVENING, later, users_of
from tests.support.stored_vaults import STORED

EVENING_OF = sorted(place / EVENING for place in STORED.iterdir() if (place / EVENING).is_dir())[-1]
MOST_FALSE = 5


@pytest.mark.parametrize("kind", [VaultKind.CPG, VaultKind.ROUGH_SLEEPING])
def test_the_evening_s_papers_bear_at_most_five_false_marks(kind: VaultKind, tmp_path: Path) -> None:
    folder, user = Path(shutil.copytree(EVENING_OF, tmp_path / "copy")), users_of(EVENING_OF, kind)[-1]
    marked: list[MinutesCheck] = []
    with open_partnership(folder, user["name"], user["passphrase"], later, kind=kind) as partnership:
        session = partnership.session
        if kind is VaultKind.CPG:
            papers = [draft_minutes(session, meeting.id) for meeting in held_meetings(session)]
            checks = [minutes_checks.checks_of(session, paper) for paper in papers]
        else:
            records = [draft_private_minutes(session, meeting.id) for meeting in held_sessions(session)]
            checks = [private_checking.checks_of(session, record) for record in records]
        marked = [check for paper in checks for check in paper if check.kept_as]
        assert len(checks) == 2 and len(marked) <= MOST_FALSE, [check.words for check in marked]
