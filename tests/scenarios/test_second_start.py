"""A second start of the program on a folder that is open: it says so before anything is typed, and breaks nothing."""

import os
from pathlib import Path

from csp_desktop.domain.agencies import AgencyKind
from csp_desktop.gui.pages.unlock import UnlockPage
from csp_desktop.opening.partnership import Founder, create_partnership
from csp_desktop.services.session import Role
from csp_desktop.vault.derivation import Cost
from tests.scenarios.windows import sitting
from tests.support.fakes import NOON, FixedClock
from tests.support.partnerships import add_agency

NAME, PASSPHRASE = "Ruth Coyle", "marble otter lantern canyon"


def test_a_second_start_says_who_has_the_file_open_and_opens_it_when_it_is_free(tmp_path: Path) -> None:
    founder = Founder(NAME, "Watford Borough Council", AgencyKind.COUNCIL, "Manager", PASSPHRASE, tuple(Role))
    folder = tmp_path / "partnership"
    first, _ = create_partnership(folder, [founder], Cost.quick(), FixedClock(), with_recovery=False)
    with sitting(folder, tmp_path, NOON) as now:
        hands = now.hands
        page = now.program.window.findChild(UnlockPage)
        assert page is not None
        hands.wait(page._ui.elsewhere_label.isVisible, "the sentence")
        said = page._ui.elsewhere_label.text()
        assert f"(process {os.getpid()})" in said and "by the account" in said and "since" in said
        add_agency(first.session, "Still working")
        first.close()
        hands.wait(lambda: not page._ui.elsewhere_label.isVisible(), "the file to be free")
        now.unlock(NAME, PASSPHRASE)
