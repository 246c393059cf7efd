"""A second encrypted file of the same content: for a new vault key, and for a backup.

The driver copies page by page between two keyed connections, so no page is ever plain on the disk. One reading holds
the source's moment for the whole copy: people go on writing meanwhile, nothing starts over, and what they write is not
in it.
"""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine, text
from sqlcipher3 import dbapi2

from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.saving import put_on_disk
from csp_desktop.store.checks import check_pages, checkpoint
from csp_desktop.store.engine import DamagedDatabase, open_engine, reading, refusal_for
from csp_desktop.store.errors import StoreRefused
from csp_desktop.store.transactions import transaction

PAGES = 256  # a mebibyte between two looks at Cancel


class CopyNotWritten(StoreRefused):
    """The disk took only a part."""

    def __init__(self) -> None:
        super().__init__(
            "The copy could not be written and was not kept. Nothing else changed. Check that the disk "
            "is connected and has space, then try again."
        )


class CopyNotSound(StoreRefused):
    """What was written cannot be read back."""

    def __init__(self) -> None:
        super().__init__(
            "The copy failed its check and was not kept. Nothing else changed. Try again; if this "
            "continues, use another disk or ask IT."
        )


def copy_database(source: Engine, target: Path, key: bytearray, progress: Progress = unheard) -> None:
    """Write one moment of the open file to `target`, which must not exist, under the raw key given (32 bytes, the
    caller's to wipe), read it back and have it on the disk before returning.

    `progress` hears how far it is; whatever it raises ends the copying. Whatever happens, a target that is not whole is
    removed. Raises FileExistsError, CopyNotWritten, CopyNotSound, and DamagedDatabase for the source.
    """
    if target.exists():
        raise FileExistsError(target.name)
    done = False
    try:
        copy = open_engine(target, key, create=True)
        try:
            pages = _copy_pages(source, copy, lambda done, total, _: progress(done, 2 * total, ""))
            _read_back(copy)
            progress(2 * pages, 2 * pages, "")
        finally:
            copy.dispose()
        put_on_disk(target)
        done = True
    finally:
        if not done:
            remove_database(target)


def remove_database(path: Path) -> None:
    """Take a closed database away with what SQLite keeps beside it; one that is not there does no harm."""
    for ending in ("-wal", "-shm", "-journal", ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).unlink()


def _copy_pages(source: Engine, copy: Engine, progress: Progress) -> int:
    """Returns the number of pages copied."""
    total = 0

    def heard(_: int, left: int, pages: int) -> None:
        nonlocal total
        total = pages
        progress(pages - left, pages, "")

    with transaction(reading(source)) as held:
        held.execute(text("SELECT count(*) FROM sqlite_master"))  # from here on this moment stands still
        raw = copy.raw_connection()
        try:
            driver = held.connection.driver_connection
            assert driver is not None
            driver.backup(raw.driver_connection, pages=PAGES, progress=heard)
        except dbapi2.OperationalError as error:  # the driver's copying tells no number of the failure
            raise refusal_for(error) or CopyNotWritten() from None
        finally:
            raw.close()
    return total


def _read_back(copy: Engine) -> None:
    try:
        checkpoint(copy)
        with transaction(reading(copy)) as connection:
            found = check_pages(connection)
    except DamagedDatabase as broken:
        raise CopyNotSound from broken
    except dbapi2.Error as error:
        raise refusal_for(error) or error from None
    if found:
        raise CopyNotSound
