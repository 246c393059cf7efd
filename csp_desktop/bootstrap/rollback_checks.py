"""The open file looked through, and what was last seen of it kept and asked."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csp_desktop.bootstrap.file_kinds import file_kind
from csp_desktop.bootstrap.users import OpenFile
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.backup_settings import SafeCopy, SafeCopyKind
from csp_desktop.domain.file.rollback_guard import OlderCopy, OlderCopyAccepted, Seen, judge
from csp_desktop.services.ports.file import CheckReport
from csp_desktop.store import chain, checks
from csp_desktop.store.engine import reading
from csp_desktop.store.schema_check import verify_schema
from csp_desktop.store.transactions import transaction
from csp_desktop.vault import derivation
from csp_desktop.vault.container import OpenVault
from csp_desktop.vault.rollback_guard import RollbackGuard

BROUGHT_BACK = (SafeCopyKind.RESTORED, SafeCopyKind.TAKEN_OVER, SafeCopyKind.RECLAIMED)
KEY_NOT_SHOWN = "64 digits, printed by verify --show-key"
OTHER_HEADER = (
    "The header on the disk is not the one this file was opened with. Lock and unlock to see which is correct."
)
LESS_SEEN = "The file has {0} fewer changes than this computer last saw: it is an older copy in place of a newer one."


@dataclass(frozen=True)
class OpenFileChecks:
    """services.file.file_checks.FileChecks. `rollback_guard` is None where no key store is ever used: the sample."""

    file: OpenFile
    rollback_guard: RollbackGuard | None

    def check(self, progress: Progress) -> CheckReport:
        """Header, pages, structure, journal, records, tables and guards, what was last seen."""
        vault, seen = self.file.vault, self._seen()
        found = [] if self._header_stands() else [OTHER_HEADER]
        key = vault.journal_key
        try:
            mark = None if seen is None or self.older() is None else (seen.number, seen.head)
            found += checks.verify(self.file.engine, key, mark, self.file.schema, progress)
        finally:
            derivation.wipe(key)
        progress(99, 100, "Comparing tables, indexes and safeguards")
        with transaction(reading(self.file.engine)) as connection:
            found += verify_schema(connection, file_kind(vault.kind).branch)
        if seen is not None and vault.generation < seen.generation:
            found.append(LESS_SEEN.format(seen.generation - vault.generation))
        number, head = self.file.work.head()
        return CheckReport(tuple(found), number, head, vault.generation, vault.epoch, seen)

    def keep_seen(self) -> bool:
        """Remember what is seen now."""
        if self.rollback_guard is None:
            return False
        number, head = self.file.work.head()
        seen = Seen(self.file.vault.generation, number, head, self.file.now())
        return self.rollback_guard.keep(self.file.vault.vault_id, seen)

    def older(self) -> OlderCopy | None:
        """Whether the file is behind what this computer saw, and nobody has recorded why."""
        seen = self._seen()
        if seen is None:
            return None
        with transaction(reading(self.file.engine)) as connection:
            stands = seen.number == 0 or chain.stands_at(connection, self.file.schema, seen.number, seen.head)
        number, _ = self.file.work.head()
        older = judge(seen, self.file.vault.generation, number, stands)
        return None if older is None or self._accounted_for(seen) else older

    def _accounted_for(self, seen: Seen) -> bool:
        """A restore that was wanted, or someone who went on with the copy, is recorded in the file itself."""
        with self.file.work.reading() as records:
            known = SafeCopy in self.file.schema.register
            brought = [copy.at for copy in records.find(SafeCopy, kind=BROUGHT_BACK)] if known else []
            accepted = [one.at for one in records.find(OlderCopyAccepted)]
        return any(at >= seen.at for at in (*brought, *accepted))

    def _seen(self) -> Seen | None:
        return None if self.rollback_guard is None else self.rollback_guard.read(self.file.vault.vault_id)

    def _header_stands(self) -> bool:
        try:
            return self.file.vault.header_stands()
        except Refused:
            return False


def told(report: CheckReport, database: Path) -> dict[str, Any]:
    """A report for the command line, with the way into the file without this program, but not its key:
    `{"ok", "entries", "head", "generation", "epoch", "witness", "findings", "opens_with", "sentences"}`.
    """
    seen = report.seen
    return {
        "ok": report.ok,
        "entries": report.entries,
        "head": report.head,
        "generation": report.generation,
        "epoch": report.epoch,
        "witness": None if seen is None else {"entry": seen.number, "head": seen.head, "at": seen.at.isoformat()},
        "findings": list(report.findings),
        "opens_with": list(without_this_program(database, KEY_NOT_SHOWN)),
        "sentences": [
            *report.sentences,
            ("Without this program, SQLCipher's own tool (version 4) can open a copy of the file, given its key:"),
            *(f"    {line}" for line in without_this_program(database, KEY_NOT_SHOWN)),
        ],
    }


def without_this_program(database: Path, key: str) -> tuple[str, ...]:
    """What to type: the file is plain SQLCipher 4 with a raw key of 64 hexadecimal digits."""
    return (f'sqlcipher "{database}"', f"PRAGMA key = \"x'{key}'\";", "SELECT count(*) FROM journal;")


def shown_key(vault: OpenVault) -> str:
    """The database's key in hexadecimal, for the eyes of whoever opened the vault and asked twice."""
    key = vault.database_key()
    try:
        return key.hex()
    finally:
        derivation.wipe(key)
