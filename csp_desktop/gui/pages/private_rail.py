"""The left column of the private window outside a session, and the commands of its Ctrl+K. No person is named here:
the column can be seen by whoever sits beside the screen.
"""

from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.palette import Command

PLACES = (
    ("private_home", "Home", "house"),
    ("private_people", "People", "users"),
    ("private_agenda", "Sub-agenda", "list-checks"),
    ("private_minutes", "Minutes", "file-text"),
    ("", "Records", ""),
    ("private_register", "Who may be in the room", "user-check"),
    ("import_rough_sleepers", "Import people", "upload"),
    ("users", "Users", "key-round"),
    ("journal", "Journal", "history"),
    ("retention", "Retention", "calendar-clock"),
    ("safekeeping", "Safekeeping", "save"),
    ("private_settings", "Settings", "settings"),
    ("private_help", "Help", "circle-help"),
)
PRIVATE_COMMANDS = (
    *(Command(stem, words, icon=icon) for stem, words, icon in PLACES if stem),
    Command("lock", "Lock", "Ctrl L", icon="lock"),
)


def private_rail_entries() -> list[Entry]:
    """The pages there are."""
    return [Entry(stem, words, icon=icon, heading=not stem) for stem, words, icon in PLACES]
