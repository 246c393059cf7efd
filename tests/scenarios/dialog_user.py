"""Somebody who saves a file through the file dialog, in a process of its own with a home of its own."""

import sys
from pathlib import Path

from csp_desktop.sample.clock import sample_clock
from tests.scenarios.in_session import TAKER
from tests.scenarios.windows import sitting


def main(folder: Path, base: Path, target: Path) -> None:
    with sitting(folder, base, sample_clock()) as begun:
        hands = begun.hands
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        begun.program.window.show_page("people")
        hands.answer_file_dialog(target)
        hands.click("Save an empty template")
        hands.wait(target.exists, "the saved file")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
