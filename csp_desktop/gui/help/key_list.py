"""All keys, by the place where they act: the lists that Help shows, the group's and the private window's."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyGroup:
    """A place and its keys, each with what it does."""

    title: str
    keys: tuple[tuple[str, str], ...]


KEYS = (
    KeyGroup(
        "Everywhere",
        (
            ("F1", "this help"),
            ("F12", "hide everything at once"),
            ("Ctrl L", "lock"),
            ("Ctrl K", "find anything, or any command"),
            ("Ctrl Z", "undo: in a field its text, else the last step"),
            ("Tab", "next field or button"),
            ("Esc", "back to the meeting, or to where you came from"),
            ("F4", "the left column"),
            ("F3", "the right column"),
        ),
    ),
    KeyGroup(
        "Home",
        (
            ("Enter", "the next step"),
            ("Ctrl O", "all cases"),
        ),
    ),
    KeyGroup(
        "Prepare",
        (
            ("Alt ↑ ↓", "move a row"),
            ("Space", "expect this person, or not"),
            ("− +", "minutes for this row"),
            ("R", "confirm the room title"),
            ("F2", "write the room title"),
            ("D", "defer the case"),
        ),
    ),
    KeyGroup(
        "Sign-in",
        (
            ("Enter", "choose the name found"),
            ("Ctrl Enter", "signed, next person; in the end start the meeting"),
            ("Ctrl +", "larger text"),
            ("Ctrl −", "smaller text"),
        ),
    ),
    KeyGroup(
        "In the meeting",
        (
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
        ),
    ),
    KeyGroup(
        "Actions round the table",
        (
            ("↑ ↓", "choose an action"),
            ("D", "done"),
            ("N", "not done, with a reason"),
            ("C", "carry on, with a new date"),
            ("X", "no longer possible, and why"),
            ("Alt 1 to 4", "a usual reason; or ↓ and Enter"),
            ("K", "its kind"),
            ("P", "its legal power"),
            ("Ctrl Enter", "next officer"),
        ),
    ),
    KeyGroup(
        "Closing and minutes",
        (
            ("Enter", "fix it here"),
            ("Ctrl Enter", "close the meeting"),
            ("Ctrl PgUp", "page before"),
            ("Ctrl PgDn", "page after"),
            ("Ctrl S", "save the minutes as PDF"),
        ),
    ),
    KeyGroup(
        "Cases",
        (
            ("Enter", "open the case"),
            ("/", "find"),
            ("N", "new case"),
            ("I", "import"),
        ),
    ),
    KeyGroup(
        "People and agencies",
        (
            ("Enter", "change the details"),
            ("Space", "mark, to set the protocol"),
            ("Ctrl A", "mark all that are shown"),
            ("Ctrl N", "add"),
            ("Ctrl F", "find"),
            ("Ctrl I", "import a member list"),
            ("Ctrl Enter", "take the list over"),
        ),
    ),
    KeyGroup(
        "Users",
        (
            ("Ctrl N", "let somebody in"),
            ("Enter", "change what a person may do"),
        ),
    ),
    KeyGroup(
        "Journal",
        (
            ("↑ ↓", "choose a step"),
            ("Enter", "open its case"),
            ("Ctrl F", "steps of one case"),
            ("Ctrl Enter", "check this file"),
        ),
    ),
    KeyGroup(
        "Retention",
        (
            ("↑ ↓", "choose a case"),
            ("Enter", "hold or erase it"),
        ),
    ),
    KeyGroup("Safekeeping", (("Ctrl B", "back up now"),)),
    KeyGroup(
        "Settings",
        (
            ("↑ ↓", "choose a section"),
            ("Enter", "into the section"),
        ),
    ),
)

PRIVATE_KEYS = (
    KeyGroup(
        "Everywhere",
        (
            ("F1", "this help"),
            ("F12", "hide both windows at once"),
            ("Ctrl L", "lock"),
            ("Ctrl K", "any page or command; never a person"),
            ("Ctrl Z", "undo: in a field its text, else the last step"),
            ("Tab", "next field or button"),
            ("Esc", "back to the session, or to where you came from"),
            ("F4", "the left column"),
            ("F3", "the right column"),
        ),
    ),
    KeyGroup("Home", (("Enter", "the next step"),)),
    KeyGroup(
        "People",
        (
            ("Ctrl N", "new person, once nobody alike is found"),
            ("Enter", "open the person"),
            ("0 to 5", "answer a risk factor"),
        ),
    ),
    KeyGroup(
        "Sub-agenda",
        (
            ("Space", "pick, or take off"),
            ("Alt ↑ ↓", "move a person"),
            ("− +", "minutes for this row"),
            ("Enter", "open the person"),
        ),
    ),
    KeyGroup(
        "Who may be in the room",
        (
            ("Enter", "change the details"),
            ("Ctrl N", "add"),
            ("Ctrl F", "find"),
            ("Ctrl I", "import the list of members"),
            ("Ctrl Enter", "take the list over"),
        ),
    ),
    KeyGroup(
        "Before New Hope unlocks, and the room check",
        (
            ("1 to 9", "this person has left, again: is back"),
            ("M", "may stay, or must leave"),
            ("L", "somebody who stays leaves"),
            ("S", "sign"),
            ("H", "count the heads"),
            ("Ctrl Enter", "open the private meeting"),
        ),
    ),
    KeyGroup(
        "In the session",
        (
            ("S", "has stepped out; 1 to 9 for one of several"),
            ("C", "has come in"),
            ("W", "let stay, with a reason that is minuted"),
            ("Ctrl Enter", "show the person; then read back; then accept"),
            ("F2", "the note"),
            ("F3", "new action"),
            ("F4", "list of people"),
            ("Ctrl 1", "continue"),
            ("Ctrl 2", "offer open"),
            ("Ctrl 3", "intensify"),
            ("Ctrl 4", "moved in"),
            ("Ctrl 5", "off the list"),
            ("Ctrl 6", "defer"),
            ("Alt ←", "previous person"),
            ("Alt →", "next person"),
            ("I", "somebody declares an interest"),
            ("F6", "somebody comes in"),
            ("Shift F6", "somebody steps out"),
            ("D N C X", "last actions: done, not done, carry on, not possible"),
            ("Ctrl Shift W", "close and lock"),
        ),
    ),
    KeyGroup(
        "Users",
        (
            ("Ctrl N", "let somebody in"),
            ("Enter", "change what a person may do"),
        ),
    ),
    KeyGroup(
        "Journal",
        (
            ("↑ ↓", "choose a step"),
            ("Enter", "open its case"),
            ("Ctrl F", "steps of one case"),
            ("Ctrl Enter", "check this file"),
        ),
    ),
    KeyGroup(
        "Retention",
        (
            ("↑ ↓", "choose a case"),
            ("Enter", "hold or erase it"),
        ),
    ),
    KeyGroup("Safekeeping", (("Ctrl B", "back up now"),)),
    KeyGroup(
        "Settings",
        (
            ("↑ ↓", "choose a section"),
            ("Enter", "into the section"),
            ("Space", "on the circulation list, or off it"),
        ),
    ),
)
