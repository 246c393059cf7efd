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
    sqlite3.SQLITE_CORRUPT: "The partnership file is damaged. Stop using it and restore the latest backup.",
    sqlite3.SQLITE_NOTADB: (
        "The partnership file is damaged or its key is wrong. Lock and unlock again. If this "
        "continues, restore the latest backup."
    ),
    sqlite3.SQLITE_READONLY: "The partnership file is read-only here. Ask IT for write access to its folder.",
    sqlite3.SQLITE_IOERR: (
        "The disk did not accept the change. Check that it is connected and has space, then try "
        "again: what you typed is still here."
    ),
    sqlite3.SQLITE_CANTOPEN: "The partnership file cannot be opened. Check that its folder is still there.",
    sqlite3.SQLITE_PERM: "This user account may not open the partnership file. Ask IT for access to its folder.",
    sqlite3.SQLITE_NOMEM: "The computer is out of memory. Close other programs and try again.",
    sqlite3.SQLITE_TOOBIG: "This text is too long to save. Shorten it and try again.",
}
