"""The driver's errors as sentences a person can act on. Neither SQL nor values stand in them."""

import sqlite3

from csp_desktop.domain.common.errors import Refused


class StoreRefused(Refused):
    """The file cannot be opened, read or written as things stand; nothing half-done is kept."""


class NewerProgram(StoreRefused):
    """The tables were made by a later version of this program."""

    def __init__(self) -> None:
        super().__init__(
            "This partnership was last opened with a newer version of the program. "
            "Install that version on this computer to open it."
        )


class Damaged(StoreRefused):
    """The records cannot be read: their pages are broken, or they are not there."""


class InUse(StoreRefused):
    """Another window or program holds the file, and did not let go in time."""

    def __init__(self) -> None:
        super().__init__(
            "Another window or program is using the file. Close it and try again: what you typed is still here."
        )


IN_USE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
SENTENCES = {
    sqlite3.SQLITE_FULL: (
        "The disk is full, so this could not be saved. Free some space and try again: what you typed is still here."
    ),
    sqlite3.SQLITE_CORRUPT: "The partnership file is damaged. Stop working in it and restore the latest backup.",
    sqlite3.SQLITE_NOTADB: (
        "The partnership file is damaged or its key is wrong. "
        "Lock, unlock again, and if this stays, restore the latest backup."
    ),
    sqlite3.SQLITE_READONLY: "The partnership file can only be read here. Ask IT for the right to write in its folder.",
    sqlite3.SQLITE_IOERR: (
        "The disk did not take the change. Check that the drive is there and has space, then try again: "
        "what you typed is still here."
    ),
    sqlite3.SQLITE_CANTOPEN: "The partnership file cannot be opened. Check that its folder is still there.",
    sqlite3.SQLITE_PERM: "The partnership file may not be opened by this user. Ask IT for the right to its folder.",
    sqlite3.SQLITE_NOMEM: "The computer is out of memory. Close other programs and try again.",
    sqlite3.SQLITE_TOOBIG: "This text is too long to be saved. Shorten it and try again.",
}
