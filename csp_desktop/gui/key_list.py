"""All keys, by the place where they act: the one list that Help shows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyGroup:
    """A place and its keys, each with what it does."""

    title: str
    keys: tuple[tuple[str, str], ...]


KEYS = (
    KeyGroup("Everywhere", (
        ("F1", "this help"),
        ("F12", "hide everything at once"),
        ("Ctrl L", "lock"),
        ("Ctrl K", "find anything, or any command"),
        ("Ctrl Z", "undo: in a field its text, else the last step"),
        ("Tab", "next field or button"),
        ("Esc", "back to the meeting or Home"),
        ("F4", "the left column"),
        ("F3", "the right column"),
    )),
    KeyGroup("Home", (
        ("Enter", "the next step"),
        ("Ctrl O", "all cases"),
    )),
    KeyGroup("Prepare", (
        ("Alt ↑ ↓", "move a row"),
        ("Space", "expect this person, or not"),
        ("− +", "minutes for this row"),
        ("R", "confirm the room title"),
        ("F2", "write the room title"),
        ("D", "defer the case"),
    )),
    KeyGroup("Sign-in", (
        ("Enter", "choose the name found"),
        ("Ctrl Enter", "signed, next person"),
        ("Ctrl +", "larger text"),
        ("Ctrl −", "smaller text"),
    )),
    KeyGroup("In the meeting", (
        ("F2 or Ctrl M", "the minute"),
        ("F3 or Ctrl J", "new action"),
        ("F4 or Ctrl G", "list of cases"),
        ("Ctrl 1", "de-escalate"),
        ("Ctrl 2", "continue"),
        ("Ctrl 3", "intensify"),
        ("Ctrl 4", "close"),
        ("Ctrl 5", "refer"),
        ("Ctrl 6", "defer"),
        ("Ctrl Enter", "read back; again: accept, go on"),
        ("Alt ←", "previous case"),
        ("Alt →", "next case"),
        ("Alt ↑ ↓", "move this case in the walk"),
        ("Ctrl T", "last time's actions"),
        ("F5 or Ctrl R", "room screen"),
        ("Shift F5", "blank the room screen"),
        ("F6 or Ctrl P", "late arrival"),
        ("Shift F6", "someone leaves"),
    )),
    KeyGroup("Actions round the table", (
        ("↑ ↓", "choose an action"),
        ("D", "done"),
        ("N", "not done, with a reason"),
        ("C", "carry on, with a new date"),
        ("X", "no longer possible, and why"),
        ("1 to 5", "the reason"),
        ("Ctrl Enter", "next officer"),
    )),
    KeyGroup("Closing and minutes", (
        ("Enter", "mend it here"),
        ("Ctrl Enter", "close the meeting"),
        ("Ctrl PgUp", "page before"),
        ("Ctrl PgDn", "page after"),
        ("Ctrl S", "save the minutes as PDF"),
    )),
    KeyGroup("Cases", (
        ("Enter", "open the case"),
        ("/", "find"),
        ("N", "new case"),
        ("I", "import"),
    )),
    KeyGroup("People and agencies", (
        ("Enter", "change the details"),
        ("Space", "mark, to set the protocol"),
        ("Ctrl A", "mark all that are shown"),
        ("Ctrl N", "add"),
        ("Ctrl F", "find"),
        ("Ctrl I", "import a member list"),
        ("Ctrl Enter", "take the list over"),
    )),
    KeyGroup("Settings", (
        ("↑ ↓", "choose a section"),
        ("Enter", "into the section"),
    )),
)  # fmt: skip
