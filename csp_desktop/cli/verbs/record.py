"""The record of a meeting, its papers, and who gets them."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from csp_desktop.domain.common import mail
from csp_desktop.domain.common.aliases import unheard
from csp_desktop.domain.common.days import clock, dated_day, local
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.minutes.circulation import How
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.people.agencies import PaperForm
from csp_desktop.saving import save
from csp_desktop.services.meeting import papers, papers_out
from csp_desktop.services.minutes import after_meeting, checks, circulation, copies, letters, versions
from csp_desktop.services.minutes.minutes import meeting_on
from csp_desktop.services.private import agenda_paper
from csp_desktop.services.private import circulation as private_circulation
from csp_desktop.services.session import Session
from csp_desktop.terminal import LISTED

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
    made = papers_out.write_papers(session, job, out, unheard)
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
