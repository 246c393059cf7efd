"""What opening a vault can refuse, each with its own sentence: what is wrong, and what to do next."""

from pathlib import Path

from csp_desktop.domain.common.errors import Refused


class WrongPassphrase(Refused):
    """No slot of that name opens with that passphrase."""

    def __init__(self) -> None:
        super().__init__("The name and passphrase do not match. Check both, and that Caps Lock is off, then try again.")


class TooSoon(Refused):
    """Several wrong passphrases in a row: the next is looked at only after a while."""

    def __init__(self, seconds: int) -> None:
        wait = "1 second" if seconds == 1 else f"{seconds} seconds"
        super().__init__(f"Several wrong passphrases were typed. Try again in {wait}.")
        self.seconds = seconds


class WrongRecoveryKey(Refused):
    """The recovery key is well formed but belongs to no slot of this vault."""

    def __init__(self) -> None:
        super().__init__(
            "This recovery key is typed correctly, but it does not open this folder: it belongs to "
            "another folder or has been replaced. Use the sheet printed last for this folder, or ask "
            "another user."
        )


class RecoveryKeyMistyped(Refused):
    """What was typed cannot be a recovery key; `group` counts from 1, None when only the length is wrong."""

    def __init__(self, sentence: str, group: int | None) -> None:
        super().__init__(sentence)
        self.group = group


class NoRecoveryKey(Refused):
    """The vault was made without a recovery key."""

    def __init__(self) -> None:
        super().__init__(
            "No recovery key was made for this partnership folder. Ask another user to reset your passphrase."
        )


class NotAVault(Refused):
    """The folder holds no vault."""

    def __init__(self) -> None:
        super().__init__("There is no partnership file in this folder. Choose the partnership's folder.")


class NotReadable(Refused):
    """The account that is signed in may not read there."""

    def __init__(self, place: Path) -> None:
        super().__init__(
            f"This account cannot read the folder {place}. Nothing was opened. Sign in with the account "
            "the partnership was set up with, or ask IT for read access."
        )


class WrongPlace(Refused):
    """The file of one meeting lies where the other's belongs."""

    def __init__(self, place: str, *, private: bool) -> None:
        lies, belongs = (
            ("the private meeting's", "the group's") if private else ("the group's", "the private meeting's")
        )
        super().__init__(
            f"The folder “{place}” contains {lies} file, but {belongs} belongs there: it was copied or "
            f"renamed. Nothing was opened. Move it away, and restore {belongs} own folder or its newest "
            "backup."
        )


class AlreadyAVault(Refused):
    """A vault is to be created where one already is."""

    def __init__(self) -> None:
        super().__init__(
            "This folder already holds a partnership file. Open it, or choose an empty folder for a new one."
        )


class DamagedHeader(Refused):
    """The header is not as the program wrote it. The reason is for IT, and holds no content."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The file vault.json in this folder is damaged or was changed ({reason}). Nothing was "
            "opened. Restore the newest backup of the folder, or ask IT."
        )


class DatabaseMissing(Refused):
    """The header is sound, the database it names is not there."""

    def __init__(self) -> None:
        super().__init__(
            "The partnership's records are missing from this folder, although vault.json is there. "
            "Restore the newest backup of the whole folder, or ask IT."
        )


class NewerProgram(Refused):
    """The vault was written by a later format."""

    def __init__(self) -> None:
        super().__init__(
            "This partnership file was made by a newer version of the program. Install the newest version"
            " on this computer, then open it again."
        )


class OpenElsewhere(Refused):
    """Another running program holds the folder; `holder` says since when and who, if that is known."""

    def __init__(self, holder: str = "") -> None:
        known = f", {holder}" if holder else ""
        super().__init__(
            f"This partnership file is already open in another window{known}. Use that window, or lock "
            "or close it first."
        )


class NotPutInPlace(Refused):
    """A restored or received file could not take its place; `reason` fits after a colon."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The file could not be put in place: {reason}. The old file is unchanged. Close other "
            "programs that use this folder, then try again."
        )


class HandedOver(Refused):
    """The vault's writable home is another computer; to whom, when and by whom is known once a passphrase fits."""

    def __init__(self, to: str = "", when: str = "", by: str = "") -> None:
        self.to = to
        who = f"handed over to “{to}” on {when} by {by}" if to else "handed over to another laptop"
        super().__init__(
            f"This file was {who}. Work continues there. To work here, hand it over there and receive "
            "it here. If that computer is lost, a chair or administrator can take the file back on the "
            "unlock screen."
        )


class KeyringMissing(Refused):
    """The slot needs this computer's half of the key, and it is not here."""

    def __init__(self) -> None:
        super().__init__(
            "Your passphrase is tied to the computer it was set up on, and this computer does not have "
            "its half of the key. Open the file with the recovery key, or ask another user to reset "
            "your passphrase."
        )


class KeyringLocked(Refused):
    """The key store exists but is locked."""

    def __init__(self) -> None:
        super().__init__(
            "This computer's key store is locked. Unlock it (usually by signing in to the computer "
            "again), then try again."
        )


class KeyringSilent(Refused):
    """The key store did not answer in time."""

    def __init__(self) -> None:
        super().__init__(
            "This computer's key store does not answer. Look for a window asking for its password; if "
            "there is none, restart the computer."
        )


class KeyringUnfit(Refused):
    """There is no key store that protects what it keeps."""

    def __init__(self) -> None:
        super().__init__(
            "This computer has no secure key store, so your passphrase cannot be tied to it. The "
            "passphrase alone still opens the file."
        )


class RecoveryNotProved(Refused):
    """Tying a passphrase to a computer before there is another way in."""

    def __init__(self) -> None:
        super().__init__(
            "Before tying a passphrase to this computer, make sure there is another way to open the "
            "file: check the recovery key, or add a second user."
        )


class NameTaken(Refused):
    """Two people of one vault may not have the same name."""

    def __init__(self) -> None:
        super().__init__(
            "A user with this name already exists. Give the full name, or add something to tell the two apart."
        )


class TooManyUsers(Refused):
    """A header holds no more slots."""

    def __init__(self) -> None:
        super().__init__("64 people can open this file, the most possible. Remove access for one of them first.")


class NameMissing(Refused):
    """A user without a name."""

    def __init__(self) -> None:
        super().__init__("Give the name of the person to add.")


class NameUnknown(Refused):
    """A new passphrase for somebody who has no slot."""

    def __init__(self) -> None:
        super().__init__("No user has this name. Type the name as it was when the person was added.")


class UnsuitableFolder(Refused):
    """The folder lies where a vault would break or leak."""


class NotABundle(Refused):
    """Another kind of file, or none."""

    def __init__(self) -> None:
        super().__init__(
            "This is not a backup or handover file of this program, or it cannot be read. Choose a "
            "file ending in .cspbackup or .csphandover."
        )


class WrongBundle(Refused):
    """Sound, but not the file that is wanted here; the sentence says why."""


class BundleDamaged(Refused):
    """A byte of it is not as it was written."""

    def __init__(self) -> None:
        super().__init__(
            "This file is damaged or was changed after it was saved, so it was not used. Use another "
            "backup, or have the file saved again."
        )


class BundleNotWritten(Refused):
    """Disk full, stick pulled out, no right to write."""

    def __init__(self, reason: str = "the disk does not answer") -> None:
        super().__init__(
            f"The file could not be written: {reason}. No partial file was left and nothing else "
            "changed. Check the USB stick or choose another folder, then try again."
        )
