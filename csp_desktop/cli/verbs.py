"""What the verbs do with an open partnership: apart, for most of the command line needs none of what they load.

Each returns `{"…", "sentences"}` for JSON and people.
"""

from datetime import date
from pathlib import Path
from typing import Any

from csp_desktop.domain.common.days import clock, local, long_day
from csp_desktop.services.cases import case_import
from csp_desktop.services.common.import_rows import rows_refused
from csp_desktop.services.file import backups, handover
from csp_desktop.services.meeting import agenda
from csp_desktop.services.people import member_import
from csp_desktop.services.ports.handover import BundleImport
from csp_desktop.services.private import people_import
from csp_desktop.services.session import Session


def import_cases(session: Session, file: Path, as_of: date | None, *, dry_run: bool) -> dict[str, Any]:
    """Import an export: `{"new", "changed", "unchanged", "refused": [{"line", "column", "value", "reason"}]}`."""
    parsed = session.papers.read_cases(file)
    preview = case_import.preview_cases(session, parsed, as_of)
    if not dry_run:
        with session.work.step(f"import of {parsed.name}"):
            case_import.import_cases(session, parsed, as_of)
            agenda.bring_walk_up_to_date(session)
    done = "would be imported" if dry_run else "imported"
    refused = _refusals(preview.refused)
    return {
        "new": preview.new,
        "changed": preview.changed,
        "unchanged": preview.unchanged,
        "refused": refused,
        "as_of": preview.as_of.isoformat(),
        "warnings": list(preview.warnings),
        "sentences": [
            f"{file.name}, as of {long_day(preview.as_of)}: {preview.new} new, {preview.changed} changed, "
            f"{preview.unchanged} unchanged cases {done}; {len(refused)} rows refused.",
            *([preview.nothing_new] if preview.nothing_new else []),
            *(f"Line {r['line']}, {r['column']}: {r['reason']}" for r in refused),
            *preview.warnings,
        ],
    }


def import_members(session: Session, file: Path, *, dry_run: bool) -> dict[str, Any]:
    """Import the member list: the same counts and refusals as for cases."""
    parsed = session.papers.read_members(file)
    preview = member_import.preview_members(session, parsed)
    if not dry_run:
        member_import.import_members(session, parsed)
    return _told_of_people(file, preview, dry_run=dry_run)


def import_people(session: Session, file: Path, *, dry_run: bool) -> dict[str, Any]:
    """Import people sleeping rough into the private file: the same counts and refusals as for cases."""
    assert session.papers.read_people is not None
    parsed = session.papers.read_people(file)
    preview = people_import.preview_people(session, parsed)
    if not dry_run:
        people_import.import_people(session, parsed)
    return _told_of_people(file, preview, dry_run=dry_run)


def _told_of_people(file: Path, preview: member_import.MembersPreview, *, dry_run: bool) -> dict[str, Any]:
    done = "would be imported" if dry_run else "imported"
    refused = _refusals(preview.refused)
    return {
        "new": preview.new,
        "changed": preview.changed,
        "unchanged": preview.unchanged,
        "refused": refused,
        "sentences": [
            f"{file.name}: {preview.new} new, {preview.changed} changed, {preview.unchanged} unchanged people {done}; "
            f"{rows_refused(preview.refused)} rows refused.",
            *(f"Line {r['line']}, {r['column']}: {r['reason']}" for r in refused),
        ],
    }


def _refusals(refused: Any) -> list[dict[str, Any]]:
    return [{"line": r.line, "column": r.column, "value": r.value, "reason": r.reason} for r in refused]


def back_up(session: Session, to: Path) -> dict[str, Any]:
    """Write an encrypted backup into a folder, proved after writing."""
    copy = backups.back_up(session, _unwatched, to.absolute())
    file = to / copy.file
    return {"file": str(file), "bytes": copy.size, "sentences": [f"Backed up, read back and sound: {file}."]}


def restore(bundle_import: BundleImport, folder: Path, file: Path, user: str, secret: str) -> dict[str, Any]:
    """Put a backup in the place of what is in the folder, which is kept under another name."""
    brought = handover.bring_in(bundle_import, folder, file, user, secret, _unwatched)
    day = f"{long_day(local(brought.made_at).date())}, {clock(brought.made_at)}"
    return {
        "made_at": brought.made_at.isoformat(),
        "vault": brought.kind,
        "sentences": [f"The records are as they were on {day}. What was there before is kept beside them."]
        + ([brought.left_behind] if brought.left_behind else []),
    }


def _unwatched(done: int, total: int, words: str) -> None:
    """Nobody watches the progress of a verb."""
