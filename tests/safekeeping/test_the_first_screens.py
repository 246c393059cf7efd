"""The whole program: handed over in the window, refused at the unlock screen in clear words, and had back there."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from csp_desktop.gui.pages.bring_in import BringInPage
from csp_desktop.opening.partnership import Partnership
from csp_desktop.services import handing_over
from tests.scenarios.windows import sitting
from tests.support.partnerships import CHAIR, quiet


def test_the_unlock_screen_says_where_the_file_is_and_leads_to_taking_it_back(
    partnership: Partnership, folder: Path, stick: Path, tmp_path: Path
) -> None:
    handing_over.hand_over(partnership.session, stick, "Jo's laptop", quiet)
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
        hands.click("Bring a file in")
        page = seated.program.window.findChild(BringInPage)
        assert page is not None and page.isVisible()
        hands.click("Take the file back")
        hands.fill("Your passphrase", CHAIR.passphrase)
        hands.fill("Why it does not come back", "Left on a train")
        hands.key("Return")
        hands.wait(lambda: not page.isVisible(), "the unlock screen again")
        seated.unlock(CHAIR.name, CHAIR.passphrase)
        assert not seated.program.is_locked()
        QApplication.processEvents()
