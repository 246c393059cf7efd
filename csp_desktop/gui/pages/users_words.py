"""What the users' page says: roles and what they allow, the ways in, the recovery key."""

from datetime import date

from csp_desktop.services.keeping_users import OldWays, Paper, UserRow, WayIn
from csp_desktop.services.session import Role

ROLE_NOTES = {
    Role.CHAIR: "Runs the meeting, confirms clause wordings, manages users.",
    Role.MINUTE_TAKER: "Prepares and records the meeting, writes the minutes.",
    Role.ADMINISTRATOR: "Manages users, people, settings and backups; keeps out of the meeting.",
    Role.NEW_HOPE_LEAD: "Reads along. The private meeting has a file of its own, with its own users.",
}
PRIVATE_NOTES = {
    Role.NEW_HOPE_LEAD: "Prepares and leads the private meeting, and manages its users.",
    Role.NEW_HOPE_DEPUTY: "Leads the private meeting when the lead is away.",
}
INTRO = (
    "These people open this file, each with a passphrase of their own. Roles are rules of the program: whoever can "
    "open the file could read all of it."
)
PAPERS = {
    Paper.PROVED: (
        "circle-check", "low",
        "A sheet exists and its groups were typed back. Whoever holds it and this folder can open the file: "
        "keep it locked away.",
    ),
    Paper.UNPROVED: (
        "circle-alert", "medium",
        "A sheet was made, but nobody has shown that it is at hand. Prove it, or make a new one.",
    ),
    Paper.NONE: (
        "circle-alert", "medium",
        "There is none. If everybody loses their passphrase, nobody can open this file again: make one.",
    ),
}  # fmt: skip


OLD_PAPER = (
    "The sheet still opens the file as version 0.1.0 made it. Type it once, and the file keeps nothing of it that can "
    "be read."
)


def intro_words(old: OldWays) -> str:
    """What the page begins with; while something of version 0.1.0 is left, how much, and how it goes."""
    if not old.users:
        return INTRO
    many = len(old.users)
    who = "1 person has" if many == 1 else f"{many} people have"
    return (
        f"{who} not unlocked since the update. Until each has done so once, names can be tested on a stolen copy of "
        "this file."
    )


def notes_for(role: Role, offered: tuple[Role, ...]) -> str:
    """What a role allows in a file that offers these."""
    return (PRIVATE_NOTES if Role.NEW_HOPE_DEPUTY in offered else ROLE_NOTES)[role]


def day_words(day: date, today: date) -> str:
    """'today', '12 October 2026'."""
    return "today" if day == today else f"{day.day} {day:%B %Y}"


def way_in_words(row: UserRow, today: date) -> str:
    """What a person opens the file with, since when, and whether the passphrase is their own yet."""
    way = "a passphrase" if row.way_in is WayIn.PASSPHRASE else "a passphrase on one computer only"
    since = day_words(row.user.since, today)
    renewed = row.user.renewed_on
    if row.user.must_renew:
        passphrase = "The first passphrase is still to be replaced."
    elif renewed != row.user.since:
        passphrase = f"Passphrase changed {'' if renewed == today else 'on '}{day_words(renewed, today)}."
    else:
        passphrase = ""
    return f"Opens this file with {way}, since {since}. {passphrase}".strip()


def computer_words(may_tie: bool, is_tied: bool, has_store: bool) -> str:
    """Whether this computer is a second key of the person at it."""
    if not has_store:
        return "Passphrases alone open this partnership; no computer is ever a second key."
    if is_tied:
        return "Your passphrase opens the file on this computer only. Untie it before you move to a new one."
    if may_tie:
        return "Your passphrase can be tied to this computer, so that a stolen copy is worth nothing elsewhere."
    return "It can be a second key once there is a way back: a proved recovery key, or a second person."
