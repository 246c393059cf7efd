"""The whole program: handed over in the window, refused at the unlock screen in clear words, and had back there."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from csp_desktop.bootstrap.partnership import Partnership
from csp_desktop.bootstrap.partnerships import Partnerships
from csp_desktop.domain.common.aliases import Clock
from csp_desktop.gui.file.bring_in import BringInPage
from csp_desktop.services.file import handover
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import NotPutInPlace
from tests.scenarios.windows import QuickEnvironment, sitting
from tests.support.partnerships import CHAIR, quiet


def test_the_unlock_screen_says_where_the_file_is_and_leads_to_taking_it_back(
    partnership: Partnership, folder: Path, stick: Path, tmp_path: Path
) -> None:
    handover.hand_over(partnership.session, stick, "Jo's laptop", quiet)
    partnership.close()
    with sitting(folder, tmp_path, datetime(2026, 11, 27, 9, 0, tzinfo=UTC)) as seated:
        hands = seated.hands
        hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen")
        hands.fill("Name", CHAIR.name)
        hands.fill("Passphrase", CHAIR.passphrase)
        hands.key("Return")

        def told() -> bool:
            return any("handed over to “Jo's laptop” on" in text for text in hands.texts())

        hands.wait(told, "the sentence")
        hands.click("Restore or receive a file")
        page = seated.program.window.findChild(BringInPage)
        assert page is not None and page.isVisible()
        hands.click("Take the file back")
        hands.fill("Your passphrase", CHAIR.passphrase)
        hands.fill("Reason the file will not be returned", "Left on a train")
        hands.key("Return")
        hands.wait(lambda: not page.isVisible(), "the unlock screen again")
        seated.unlock(CHAIR.name, CHAIR.passphrase)
        assert not seated.program.is_locked()
        QApplication.processEvents()


class NeverPut(Partnerships):
    """Whatever waits for the file to be closed cannot be done."""

    def close(self) -> None:
        """Closed, and then refused."""
        super().close()
        raise NotPutInPlace("another program has it open")


@dataclass
class NeverEnvironment(QuickEnvironment):
    """The same behind the window."""

    def vaults(self, now: Clock) -> Partnerships:
        """Real files."""
        return NeverPut(now, Cost.quick())


def test_a_restore_that_could_not_take_its_place_at_locking_is_said_at_the_unlock_screen(
    partnership: Partnership, folder: Path, tmp_path: Path
) -> None:
    partnership.close()
    with sitting(
        folder, tmp_path, datetime(2026, 11, 27, 9, 0, tzinfo=UTC), make_environment=NeverEnvironment
    ) as seated:
        seated.unlock(CHAIR.name, CHAIR.passphrase)
        seated.program.lock()
        said = "could not be put in place: another program has it open. The old file is unchanged."
        seated.hands.wait(lambda: any(said in text for text in seated.hands.texts()), "the sentence")
        seated.unlock(CHAIR.name, CHAIR.passphrase)
