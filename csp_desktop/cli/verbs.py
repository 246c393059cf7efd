"""What the verbs do with an open partnership: apart, for most of the command line needs none of what they load.

Each returns `{"…", "sentences"}` for JSON and people.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from csp_desktop.domain.common import mail
from csp_desktop.domain.common.days import clock, dated_day, local
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.minutes.circulation import How
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.people.agencies import AgencyKind, PaperForm
from csp_desktop.exchange.mapping.files import read_mapping, require_named, write_mapping
from csp_desktop.saving import save
from csp_desktop.services.cases import case_import
from csp_desktop.services.cases.import_questions import (
    NEVER_CHANGES,
    OLDER,
    TAKE,
    Alike,
    alike_words,
    changed_key,
    vanished_words,
)
from csp_desktop.services.common.import_columns import ChosenColumns, ColumnMapping, ColumnsUnclear
from csp_desktop.services.common.import_rows import ImportWarning, rows_refused
from csp_desktop.services.file import backups, handover
from csp_desktop.services.meeting import action_import, agenda, papers, papers_out
from csp_desktop.services.minutes import after_meeting, checks, circulation, copies, letters, versions
from csp_desktop.services.minutes.minutes import meeting_on
from csp_desktop.services.people import member_import, people
from csp_desktop.services.ports.handover import BundleImport
from csp_desktop.services.private import agenda_paper, people_import
from csp_desktop.services.private import circulation as private_circulation
from csp_desktop.services.session import Session
from csp_desktop.terminal import LISTED


@dataclass(frozen=True)
class Columns:
    """What is said of the columns of a file: a mapping file to read, and one to write."""

    map: Path | None = None
    map_out: Path | None = None

    def read(self, read: Callable[..., Any], file: Path) -> Any:
        """The file as read by it. Raises Refused, with what to do about it where a column is not clear."""
        chosen = read_mapping(self.map) if self.map else None
        try:
            parsed = read(file, chosen=chosen)
        except ColumnsUnclear as unclear:
            if self.map and chosen:
                require_named(self.map, chosen, unclear.mapping)
            words = "To say which column is which, add --map-out FILE, correct that file, and import with --map FILE."
            if self.map_out:
                write_mapping(self.map_out, unclear.mapping)
                words = f"What was guessed is saved in {self.map_out}. Correct it and import with --map."
            raise Refused(f"{unclear.sentence} {words}") from None
        if self.map and chosen:
            require_named(self.map, chosen, parsed.mapping)
        if self.map_out:
            write_mapping(self.map_out, parsed.mapping)
        return replace(parsed, warnings=(*parsed.warnings, *_guessed_letters(parsed.mapping, chosen)))


def import_cases(
    session: Session,
    file: Path,
    as_of: date | None,
    *,
    dry_run: bool,
    columns: Columns = Columns(),  # noqa: B008 - it cannot be changed
    alike: Alike = Alike.ASKED,
    take_changed: bool = False,
) -> dict[str, Any]:
    """Import an export, with `take_changed` also initials and creation dates that change on many cases at once:
    `{"new", "changed", "unchanged", "refused": [{"line", "column", "value", "reason"}], "as_of", "older", "vanished":
    [reference], "looks_like": [{"line", "reference", "known", "why"}], "warnings": [{"line", "column", "value",
    "why"}], "mapping": {theirs: ours}, "left_out": [{"sheet", "line", "why"}]}`."""
    parsed = columns.read(session.papers.read_cases, file)
    answers = {changed_key(name): TAKE for name in NEVER_CHANGES} if take_changed else {}
    preview = case_import.preview_cases(session, parsed, as_of, alike, answers)
    _require_rows(parsed.name, preview.rows or preview.looks_like, preview.refused, "case")
    if not dry_run:
        with session.work.step(f"import of {parsed.name}"):
            case_import.import_cases(session, parsed, as_of, alike, answers)
            agenda.bring_walk_up_to_date(session)
    return {
        "new": preview.new,
        "changed": preview.changed,
        "unchanged": preview.unchanged,
        "refused": _refusals(preview.refused),
        "as_of": preview.as_of.isoformat(),
        "older": preview.older,
        "vanished": [case.reference for case in preview.vanished],
        "looks_like": [
            {"line": one.line, "reference": one.reference, "known": one.known, "why": one.why}
            for one in preview.looks_like
        ],
        **_told_of_file(parsed),
        "warnings": _warnings(preview.warnings),
        "sentences": _case_sentences(file.name, preview, alike, dry_run=dry_run),
    }


def _case_sentences(name: str, preview: case_import.ImportPreview, alike: Alike, *, dry_run: bool) -> list[str]:
    done = "would be imported" if dry_run else "imported"
    return [
        f"{name}, as of {dated_day(preview.as_of)}: {preview.new} new, {preview.changed} changed, "
        f"{preview.unchanged} unchanged cases {done}; {len(preview.refused)} rows refused.",
        *filter(None, [OLDER if preview.older else "", preview.nothing_new]),
        *(f"Line {one.line}, {one.column}: {one.reason}" for one in preview.refused),
        *_question_words(preview, alike),
        *(warning.sentence for warning in preview.warnings),
        *_left_out_words(preview.left_out),
    ]


def _question_words(preview: case_import.ImportPreview, alike: Alike) -> list[str]:
    """What is asked, each with how to answer it."""
    told = alike_words(preview.looks_like)
    if told and alike is Alike.ASKED:
        rows = count_of(len(told), "row was", "rows were")
        told.append(
            f"{rows} left out for this. Add --alike same where they are the known cases, --alike new where they are "
            "new ones."
        )
    if any(
        question.key in map(changed_key, NEVER_CHANGES) and not question.is_answered for question in preview.questions
    ):
        told.append("What changes on many cases at once was left as it is known. Add --take-changed to import it.")
    return [*told, *filter(None, [vanished_words(preview.vanished)])]


def import_members(
    session: Session,
    file: Path,
    *,
    dry_run: bool,
    columns: Columns = Columns(),  # noqa: B008 - it cannot be changed
    alike: Alike = Alike.ASKED,
    kinds: Mapping[str, AgencyKind] = MappingProxyType({}),
    with_asked: bool = False,
) -> dict[str, Any]:
    """Import the member list: the same as for cases, `kinds` those of agencies that are new; `with_asked` also the
    rows whose name is likely somebody's on the list."""
    parsed = columns.read(session.papers.read_members, file)
    if with_asked:
        parsed = replace(parsed, others=frozenset(row.line for row in parsed.rows))
    answers = {**_for_all(alike), **{member_import.kind_key(name): kind.value for name, kind in kinds.items()}}
    preview = member_import.preview_members(session, parsed, answers)
    held_back = (*preview.refused, *preview.waiting)
    _require_rows(parsed.name, preview.taken or preview.asked, held_back, "person")
    if not dry_run:
        member_import.import_members(session, parsed, answers)
    return _told_of_people(file, parsed, preview, dry_run=dry_run)


def import_people(
    session: Session,
    file: Path,
    *,
    dry_run: bool,
    columns: Columns = Columns(),  # noqa: B008 - it cannot be changed
    alike: Alike = Alike.ASKED,
) -> dict[str, Any]:
    """Import people sleeping rough into the private file: the same as for cases."""
    assert session.papers.read_people is not None
    parsed = columns.read(session.papers.read_people, file)
    preview = people_import.preview_people(session, parsed, _for_all(alike))
    _require_rows(parsed.name, preview.taken, (*preview.refused, *preview.waiting), "person")
    if not dry_run:
        people_import.import_people(session, parsed, _for_all(alike))
    return _told_of_people(file, parsed, preview, dry_run=dry_run)


def import_actions(
    session: Session,
    file: Path,
    held_on: date | None,
    *,
    dry_run: bool,
    columns: Columns = Columns(),  # noqa: B008 - it cannot be changed
    alike: Alike = Alike.ASKED,
    officers: Mapping[str, str] = MappingProxyType({}),
    keeps_minutes: bool = False,
) -> dict[str, Any]:
    """Import open actions kept elsewhere: the same keys as for cases, nothing of which changes or vanishes. `officers`:
    who is meant by a name of the list, as the list of people has them; an empty name leaves the rows out. `held_on`:
    the day of the meeting they were agreed at; `keeps_minutes`: the text of the document is kept as its minutes."""
    assert session.papers.read_actions is not None
    parsed = columns.read(session.papers.read_actions, file)
    answers = {action_import.officer_key(said): _member_id(session, name) for said, name in officers.items()}
    if alike is Alike.SAME:
        asked = action_import.preview_actions(session, parsed, held_on, answers).looks_like
        answers |= {action_import.case_key(one.reference): action_import.SAME for one in asked}
    preview = action_import.preview_actions(session, parsed, held_on, answers)
    held_back = action_import.held_back(preview)
    _require_rows(parsed.name, preview.new or preview.unchanged, held_back, "open action")
    if not dry_run:
        action_import.import_actions(session, parsed, held_on, answers, keeps_minutes=keeps_minutes)
    return _told_of_actions(file, parsed, preview, dry_run=dry_run)


def _told_of_actions(
    file: Path, parsed: Any, preview: action_import.ActionsPreview, *, dry_run: bool
) -> dict[str, Any]:
    done, refused = "would be imported" if dry_run else "imported", _refusals(action_import.held_back(preview))
    counts = action_import.preview_words(preview)
    return {
        "new": preview.new,
        "changed": 0,
        "unchanged": preview.unchanged,
        "refused": refused,
        "held_on": preview.held_on.isoformat() if preview.held_on else None,
        "vanished": [],
        "looks_like": [
            {"line": one.line, "reference": one.reference, "known": one.known, "why": one.why}
            for one in preview.looks_like
        ],
        **_told_of_file(parsed),
        "warnings": _warnings(parsed.warnings),
        "sentences": [
            f"{file.name}: {counts.rstrip('.')}; {preview.new} {done}.",
            *(f"Line {r['line']}, {r['column']}: {r['reason']}" for r in refused),
            *(["Say who is meant with --officer 'NAME=PERSON'."] if preview.questions else []),
            *(warning.sentence for warning in parsed.warnings),
            *_left_out_words(parsed.left_out),
        ],
    }


def _member_id(session: Session, name: str) -> str:
    """The one person of this name on the list; empty: leave the rows out. Raises Refused for nobody."""
    if not name:
        return action_import.OUT
    found = [row.member.id for row in people.people(session) if row.member.name.casefold() == name.casefold()]
    if len(found) != 1:
        raise Refused(f"“{name}” is {'nobody' if not found else 'more than one person'} on the list of people.")
    return found[0]


def _for_all(alike: Alike) -> dict[str, str]:
    """What is answered of everybody who looks like somebody known."""
    return {} if alike is Alike.ASKED else {member_import.ALL_ALIKE: alike.value}


def _require_rows(name: str, rows: Any, refused: Any, what: str) -> None:
    """Where no row can go in nothing is written, not even that somebody tried. Raises Refused, with the reasons."""
    if rows:
        return
    if not refused:
        raise Refused(f"{name} has headings, but no {what} in it. Nothing was imported.")
    reasons = " ".join(f"Line {one.line}, {one.column}: {one.reason}" for one in refused[:3])
    raise Refused(f"No row of {name} can be imported: all {rows_refused(refused)} are refused. {reasons}")


def _told_of_file(parsed: Any) -> dict[str, Any]:
    """What was made of the file: each of their headings that is read, and what was left out of it."""
    return {
        "mapping": {column.heading: column.field for column in parsed.mapping.columns if column.field},
        "left_out": [{"sheet": one.sheet, "line": one.line, "why": one.why} for one in parsed.left_out],
    }


def _warnings(warnings: Any) -> list[dict[str, Any]]:
    return [{"line": one.line, "column": one.column, "value": one.value, "why": one.why} for one in warnings]


def _guessed_letters(mapping: ColumnMapping, said: ChosenColumns | None) -> list[ImportWarning]:
    """Where nothing in a text says how its letters are written and nobody has said it: how they were read."""
    if mapping.letters is None or not mapping.odd_values or (said and said.letters):
        return []
    why = f"Nothing in the file says how its letters are written; they were read as {mapping.letters.value}."
    why += " If these are wrong, add --map-out FILE, correct “letters” in it, and import with --map FILE."
    return [ImportWarning(None, "", "; ".join(mapping.odd_values), why)]


def _left_out_words(left_out: Any) -> list[str]:
    told = []
    for one in left_out:
        sheet, line = f"sheet “{one.sheet}”" if one.sheet else "", f"line {one.line}" if one.line else ""
        told.append(f"Left out, {', '.join(filter(None, (sheet, line)))}: {one.why}.")
    return told


def _told_of_people(file: Path, parsed: Any, preview: member_import.MembersPreview, *, dry_run: bool) -> dict[str, Any]:
    done = "would be imported" if dry_run else "imported"
    refused = _refusals(sorted((*preview.refused, *preview.waiting), key=lambda one: one.line))
    return {
        "new": preview.new,
        "changed": preview.changed,
        "unchanged": preview.unchanged,
        "refused": refused,
        "asked": [
            {"line": one.line, "name": one.name, "question": one.question, "imported": one.goes_in}
            for one in preview.asked
        ],
        "vanished": list(preview.vanished),
        "looks_like": [
            {"line": one.line, "reference": one.name, "known": one.known, "why": one.why} for one in preview.looks_like
        ],
        **_told_of_file(parsed),
        "warnings": _warnings(parsed.warnings),
        "sentences": [
            f"{file.name}: {preview.new} new, {preview.changed} changed, {preview.unchanged} unchanged people {done}; "
            f"{rows_refused((*preview.refused, *preview.waiting))} rows refused.",
            *(f"Line {r['line']}, {r['column']}: {r['reason']}" for r in refused),
            *_asked_words(preview),
            *_gone_words(preview.vanished),
            *(warning.sentence for warning in parsed.warnings),
            *_left_out_words(parsed.left_out),
        ],
    }


def _asked_words(preview: member_import.MembersPreview) -> list[str]:
    """Each name that is likely somebody's on the list, and how to answer."""
    told = [f"Line {one.line}, {one.name}: {one.question}" for one in preview.asked]
    open_ = sum(not one.goes_in for one in preview.asked)
    if open_:
        rows = count_of(open_, "row was", "rows were")
        told.append(f"{rows} left out for this. Add --with-asked to import them as new people.")
    return told


def _gone_words(vanished: Sequence[str]) -> list[str]:
    if not vanished:
        return []
    people = count_of(len(vanished), "known person is", "known people are")
    return [f"{people} not in this file: {', '.join(vanished[:10])}. Nobody is removed by a list."]


def _refusals(refused: Any) -> list[dict[str, Any]]:
    return [{"line": r.line, "column": r.column, "value": r.value, "reason": r.reason} for r in refused]


def back_up(session: Session, to: Path) -> dict[str, Any]:
    """Write an encrypted backup into a folder, proved after writing."""
    copy = backups.back_up(session, _unwatched, to.absolute())
    file = to / copy.file
    return {"file": str(file), "bytes": copy.size, "sentences": [f"Backed up and checked, no errors: {file}."]}


def restore(bundle_import: BundleImport, folder: Path, file: Path, user: str, secret: str) -> dict[str, Any]:
    """Put a backup in the place of what is in the folder, which is kept under another name."""
    brought = handover.bring_in(bundle_import, folder, file, user, secret, _unwatched)
    day = f"{dated_day(local(brought.made_at).date())}, {clock(brought.made_at)}"
    return {
        "made_at": brought.made_at.isoformat(),
        "vault": brought.kind,
        "sentences": [f"The records are as they were on {day}. The earlier file is kept in the same folder."]
        + ([brought.left_behind] if brought.left_behind else []),
    }


def _unwatched(done: int, total: int, words: str) -> None:
    """Nobody watches the progress of a verb."""


FORMATS = ("pdf", "docx")


def write_minutes(
    session: Session,
    day: date,
    out: Path,
    *,
    version: int = 0,
    form: str = "",
    large_print: bool = False,
    allow_missing: bool = False,
) -> dict[str, Any]:
    """Write the minutes of the meeting of a day to a file nobody else of this computer can read: as they stand, or one
    version as it was approved, its PDF byte for byte. Where no form is named the ending of the file's name says which.
    Raises Refused, and writes nothing, where a character cannot be printed and that is not allowed."""
    meeting_id = meeting_on(session, day)
    form = form or ("docx" if out.suffix.casefold() == ".docx" else "pdf")
    if version and form == "pdf" and not large_print:
        paper = versions.printed_version(session, meeting_id, version)
    else:
        minutes = versions.copy_of_version(session, meeting_id, version)
        if not allow_missing:
            letters.require_letters(session, [letters.of_minutes(session, minutes)])
        if form == "docx":
            paper = versions.word_file(session, minutes, is_large=large_print)
        else:
            paper = session.subject.record.printer(session.papers)(minutes, is_large=large_print)
    _write(out, paper)
    return {
        "file": str(out),
        "bytes": len(paper),
        "sentences": [f"The minutes of {dated_day(day)} are saved in {out}."],
    }


def approve(session: Session, day: date) -> dict[str, Any]:
    """Approve the minutes of the meeting of a day as they stand, by whoever opened the file; once more it says that
    they are. Lists what changed since the version before. Raises Refused, with what fails, where the window refuses
    it: a check fails that nobody kept."""
    meeting_id = meeting_on(session, day)
    now = versions.standing(session, meeting_id)
    changes = [versions.told(one) for one in now.since] if now.version > 1 else []
    if now.is_approved:
        words = f"Version {now.version} of the minutes of {dated_day(day)} is already approved. Nothing was changed."
    else:
        approving = private_circulation.approve if session.private else checks.approve
        kept = approving(session, meeting_id)
        words = f"Version {kept.number} of the minutes of {dated_day(day)} is approved and kept."
    return {"version": now.version, "changes": changes, "sentences": [*_listed(changes), words]}


def _listed(changes: list[str]) -> list[str]:
    return ["Changes since the version before:", *changes] if changes else []


def list_versions(session: Session, day: date) -> dict[str, Any]:
    """Every version of the minutes of the meeting of a day, last the draft where there is one: `[{"version", "state",
    "sha256", "approved_by", "at", "changes"}]`."""
    meeting_id = meeting_on(session, day)
    rows = [
        {
            "version": one.number,
            "state": MinutesState.APPROVED.value,
            "sha256": one.pdf_sha256,
            "approved_by": approval.by,
            "at": one.at.isoformat(),
            "changes": list(one.changes),
        }
        for one, approval in versions.approved_versions(session, meeting_id)
    ]
    now = versions.standing(session, meeting_id)
    if not now.is_approved:
        changes = [versions.told(one) for one in now.since]
        rows.append(
            {
                "version": now.version,
                "state": now.state.value,
                "sha256": "",
                "approved_by": "",
                "at": "",
                "changes": changes,
            }
        )
    return {LISTED: rows, "sentences": [_version_words(row) for row in rows]}


def _version_words(row: dict[str, Any]) -> str:
    if not row["at"]:
        return f"Version {row['version']}: {row['state']}."
    at = datetime.fromisoformat(row["at"])
    day = dated_day(local(at).date())
    return f"Version {row['version']}: approved by {row['approved_by']} on {day} at {clock(at)}."


def write_action_lists(session: Session, day: date, out: Path, *, allow_missing: bool = False) -> dict[str, Any]:
    """Write a list of their own actions for each officer, and for each agency, into a folder, as PDF and workbook, with
    a mail draft for whoever has an address: `{"lists": [{"for", "actions", "withheld": [words], "file", "files"}],
    "without_officer"}`. Raises Refused, with nothing written, where a character cannot be printed and that is not
    allowed."""
    meeting_id = meeting_on(session, day)
    lists = after_meeting.lists_of(session, meeting_id, allow_missing=allow_missing)
    files = {}
    for name, content in after_meeting.list_files(session, meeting_id, allow_missing=allow_missing) if lists else ():
        files[name] = str(out / name)
        _write(out / name, content)
    rows: list[dict[str, Any]] = []
    for row, one in lists:
        names = [mail.file_name(mail.MailKind.ACTIONS, day, row.number, ending) for ending in ("pdf", "xlsx", "eml")]
        written = [files[name] for name in names if name in files]  # no name of a person in any
        rows.append(
            {
                "for": one.whose,
                "actions": len(one.actions),
                "withheld": list(row.withheld),
                "file": written[0],
                "files": written,
            }
        )
    left = after_meeting.unowned(session.subject.record.actions(versions.copy_of_version(session, meeting_id, 0)))
    told = [
        ", ".join([f"{row['for']}: {count_of(row['actions'], 'action', 'actions')}", *row["withheld"], row["file"]])
        for row in rows
    ]
    has, are = ("action has", "is") if left == 1 else ("actions have", "are")
    without = [f"{left} {has} no officer and {are} on no list."] if left else []
    return {"lists": rows, "without_officer": left, "sentences": [*told, *without]}


def write_agenda(
    session: Session, day: date, out: Path, *, paper_set: bool = False, allow_missing: bool = False
) -> dict[str, Any]:
    """Write the papers of the meeting of a day into a folder: agenda, each agency's list, calendar file, a mail draft
    for each person expected (of the private meeting: on its list); or, with `paper_set`, what it needs on paper:
    `{"files", "people", "without_mail", "withheld": [{"agency", "why"}]}`. Raises Refused for a paper set of the
    private meeting and, with nothing written, where a character cannot be printed and that is not allowed."""
    meeting_id = meeting_on(session, day)
    if paper_set and session.private:
        raise Refused("A paper set is made for the group’s meeting only. Leave out --paper-set or --private.")
    if paper_set:
        told, printer = papers.paper_set(session, meeting_id).paper(), session.papers.print_meeting_paper
        letters.require_letters(session, [letters.of_meeting_paper(told)], allow_missing=allow_missing)
        assert printer is not None, "both files are given every printer"
        file = out / papers_out.set_file_name(day)
        _write(file, printer(told))
        return {"files": [str(file)], "sentences": [f"The paper set for {dated_day(day)} is saved in {file}."]}
    ahead = agenda_paper if session.private else papers_out
    job = ahead.papers_to_write(session, meeting_id, allow_missing=allow_missing)
    out.mkdir(parents=True, exist_ok=True)
    made = papers_out.write_papers(session, job, out, _unwatched)
    if not session.private:  # its file keeps no list of papers: each copy of the minutes stands in its register
        papers_out.note_written(session, job, out, made.with_minutes)
    without = [one.name for one in job.recipients if not one.mail]
    count = count_of(len(job.recipients), "person", "people")
    return {
        "files": [str(file) for file in made.files],
        "with_minutes": made.with_minutes,
        "failed": list(made.failed),
        "people": len(job.recipients),
        "without_mail": without,
        "withheld": [{"agency": name, "why": words} for name, words in job.withheld],
        "sentences": [
            f"The papers for {dated_day(day)}, for {count}, are saved in {out}: {len(made.files)} files.",
            *_no_drafts(without, session),
            *(f"{name}: {words}" for name, words in job.withheld),
            *made.failed,
        ],
    }


def circulate(session: Session, day: date, out: Path, *, dry_run: bool, allow_missing: bool = False) -> dict[str, Any]:
    """Write a copy of the approved minutes of a day, locked or a Word file, and a mail draft, for all who may have one:
    `{"version", "recipients": [{"name", "agency", "copy", "sections", "withheld", "why", "files"}], "refused":
    [{"name", "agency", "why"}], "refusal", "failed", "without_mail", "missing_letters"}`. A dry run writes nothing, and
    lists them though nothing may go out yet; a second run writes again what nobody confirmed as given. Raises Refused
    where nothing may go out, and where a character cannot be printed and that is not allowed."""
    meeting_id = meeting_on(session, day)
    now = circulation.circulation_list(session, meeting_id)
    if now.refusal and not dry_run:
        raise Refused(now.refusal)
    warning = "" if dry_run else copies.folder_warning(session, out)
    open_yet = {row.member_id for row in (*now.to_write, *now.to_confirm)}
    is_done = not open_yet and not now.refusal and not any(row.problem for row in now.rows)
    missing = copies.lacking_letters(session, meeting_id, open_yet) if open_yet else ()
    if not (dry_run or allow_missing):
        letters.require_all(missing)
    made = None
    if not (dry_run or is_done):
        made = copies.write_copies(session, meeting_id, out, members=open_yet, allow_missing=True)
    failed = made.failed if made else ()
    recipients = _recipients(now, made)
    refused = [{"name": one.name, "agency": one.agency, "why": one.why} for one in (*now.refused, *failed)]
    told = _told_of(now, recipients, refused)
    by_hand = [row.person.name for row in now.rows if row.how is How.HAND]
    of_version, count = f"Version {now.version} of the minutes of {dated_day(day)}", len(made.written) if made else 0
    done = f"{of_version}: {count} {'copy' if count == 1 else 'copies'} written to {out}."
    if is_done:
        done = f"{of_version}: every copy has already been given, none was saved."
    end = now.refusal or ("Nothing was written." if dry_run and not is_done else done)
    return {
        "version": now.version,
        "recipients": recipients,
        "refused": refused,
        "refusal": now.refusal,
        "failed": len(failed),
        "without_mail": by_hand,
        "missing_letters": list(missing),
        "sentences": [
            *told,
            *filter(None, (letters.lacking_words(missing), warning, circulation.late_words(now))),
            *_no_drafts(by_hand, session),
            end,
        ],
    }


def _no_drafts(names: Sequence[str], session: Session) -> list[str]:
    """Whom no email draft could be written for, and where that is mended."""
    where = "Who may be in the room" if session.private else "People"
    return [f"No email address, so no draft: {', '.join(names)}. Add it under {where}."] if names else []


def _recipients(now: circulation.CirculationList, made: copies.CopiesWritten | None) -> list[dict[str, Any]]:
    """Whoever has or gets a copy, with what is in it and the files written for them."""
    files = {one.record.member_id: [str(file) for file in one.files] for one in made.written} if made else {}
    failed = {one.member_id for one in made.failed} if made else set()
    return [
        {
            "name": row.person.name,
            "agency": row.person.agency,
            "copy": row.copy_number,
            "sections": list(row.sections),
            "withheld": list(row.withheld),
            "why": f"{row.gets}: {row.why}",
            "files": files.get(row.member_id, []),
        }
        for row in now.rows
        if row.member_id not in failed
    ]


def _told_of(now: Any, recipients: list[dict[str, Any]], refused: list[dict[str, Any]]) -> list[str]:
    """A sentence for each copy, for what is to be looked at, and for whoever gets none."""
    forms: dict[Any, PaperForm] = {row.copy_number: row.form for row in now.rows}
    told = [
        f"Copy {one['copy']}, {one['name']}, {one['agency']}. {_copy_words(one, forms[one['copy']])}"
        for one in recipients
    ]
    told += [f"{row.person.name}: {words}" for row in now.rows for words in row.warnings]
    told += [f"No copy for {one['name']}, {one['agency']}: {one['why'].rstrip('.')}." for one in refused]
    return told


def _copy_words(one: dict[str, Any], form: PaperForm) -> str:
    """'Whole minutes: member, present. 21 sections; withheld: nothing. Large-print PDF.'"""
    withheld = "; ".join(one["withheld"]) or "nothing"
    count = "1 section" if len(one["sections"]) == 1 else f"{len(one['sections'])} sections"
    written = "" if form is PaperForm.PDF else f" {form.value[:1].upper()}{form.value[1:]}."
    return f"{one['why']}. {count}; withheld: {withheld}.{written}"


def _write(out: Path, content: bytes) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    save(out, content)
