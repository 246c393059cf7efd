"""The recovery key on one page, in large print: it is typed from paper, perhaps years later."""

from collections.abc import Sequence
from pathlib import Path

from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.domain.minutes.paper_parts import Grid, Section, Words

TITLE = "Recovery key"
MARKING = "SECRET KEY: LOCK AWAY"
WHAT_FOR = (
    "Anyone with this sheet and the folder can open the partnership's file. Lock it away, apart from the computer."
)
HOW = "On the unlock screen choose Recover and type the groups in order."


def print_recovery_sheet(name: str, folder: Path, groups: Sequence[str]) -> bytes:
    """The sheet of the key in its groups; `name`: who set the partnership up or made the key."""
    rows = tuple((str(number), group) for number, group in enumerate(groups, 1))
    grid = Grid("The recovery key, group by group", ("Group", "Letters and digits"), rows, (1, 3))
    return print_paper(
        Paper(
            title=TITLE,
            author=f"Community safety partnership, set up by {name}",
            marking=MARKING,
            head=TITLE,
            edition="Recovery sheet",
            language="en-GB",
            opening=(
                Words(name, "Set up by:"),
                Words(str(folder), "Folder:"),
                Words(WHAT_FOR),
                Words(HOW, "To use it:"),
            ),
            sections=(Section("key", "", 1, "The key", (grid,)),),
        ),
        is_large=True,
    )
