"""What becomes of the private minutes: approved by New Hope's lead with their own passphrase, then a numbered copy of
what each may hear for everybody on the list, locked and given.
"""

from collections.abc import Mapping
from pathlib import Path

from csp_desktop.rehearsal.hands import FIRST_PAGE, Hands
from csp_desktop.rehearsal.play import go

SHARE = "Joy Okafor"  # may hear of some of the people
SLIPS = "passphrase-slips.pdf"


def approve(hands: Hands, lead: Mapping[str, str]) -> None:
    """New Hope's lead checks what they approve, with their own passphrase."""
    hands.say(f"New Hope's lead read all {hands.turn_all_pages()} pages")
    hands.fill("Your passphrase", lead["passphrase"])
    hands.key("Return")
    hands.wait(lambda: hands.look("Version 1 is approved") is not None, "the private minutes approved")
    hands.picture("minutes-approved")
    hands.say("New Hope's lead approved the private minutes")


def circulate(hands: Hands, copies: Path) -> None:
    """A slip with their passphrase for everybody, the copies in a folder, then each is given."""
    copies.mkdir(exist_ok=True)
    for earlier in (copies.with_name(SLIPS), *copies.glob("*.pdf"), *copies.glob("*.eml")):
        earlier.unlink(missing_ok=True)
    go(hands, "Circulate the private minutes", "private_circulate")
    hands.wait(lambda: _words(hands, "Save ") is not None, "who gets what")
    hands.picture("circulate")
    _look_at_copy(hands)
    slips = copies.with_name(SLIPS)
    hands.answer_file_dialog(slips)
    hands.key("S")
    hands.wait(slips.is_file, "the slips with the passphrases")
    hands.answer_file_dialog(copies)
    hands.key("Ctrl+Return")
    hands.wait(lambda: _words(hands, "Confirm the ") is not None, "the copies written")
    written = next(text for text in hands.texts() if text.endswith(" copies saved"))
    hands.picture("circulate-written")
    hands.say(f"{written} of the private minutes, each with whom its reader may hear of")
    hands.key("Ctrl+Return")
    hands.wait(lambda: hands.look("Confirmed as given") is not None, "the copies given")
    hands.picture("circulate-given")
    hands.say("each copy of the private minutes was confirmed as given")


def _look_at_copy(hands: Hands) -> None:
    """Of somebody who may not hear of everybody: what is in it, and that there is more."""
    hands.key("/")
    hands.write(SHARE)
    hands.key("Return", "Down")
    hands.wait(lambda: any(SHARE in text for text in hands.texts() if text.startswith("Copy ")), "the chosen copy")
    hands.wait(lambda: _words(hands, FIRST_PAGE) is not None, f"the pages of {SHARE}'s copy")
    hands.picture("circulate-copy")
    hands.key("/", "Ctrl+A", "Del", "Return", "Home")
    hands.wait(lambda: hands.look("Record copy") is not None, "the record copy")


def _words(hands: Hands, start: str) -> str | None:
    """What a button or label says that begins so."""
    return next((text for text in hands.texts() if text.startswith(start)), None)
