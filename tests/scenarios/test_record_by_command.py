"""The record by the command line, line after line on one fresh sample: minutes in every form, approved, approved again,
listed, agenda and action lists; and the same of the private meeting.
"""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from csp_desktop.bootstrap.partnership import open_partnership
from csp_desktop.domain.minutes.circulation import ToldHow
from csp_desktop.sample.clock import sample_clock
from csp_desktop.services.minutes import circulation, versions
from csp_desktop.services.minutes.checks import checks_of, keep
from csp_desktop.services.minutes.copy_passphrases import tell_passphrase
from csp_desktop.services.minutes.corrections import correct, correctable
from csp_desktop.services.minutes.minutes import draft_minutes, meeting_on
from tests.scenarios.in_session import TAKER
from tests.scenarios.test_command_line import answer, refused, run

OCTOBER = ("--meeting", "2026-10-29")
NOVEMBER = ("--meeting", "2026-11-26")
LISTED = {"version", "state", "sha256", "approved_by", "at", "changes"}
PRIVATE = "--private"


@pytest.fixture
def as_user(sample: Path, tmp_path: Path, passphrase_of: Callable[[str], str]) -> Callable[[str, str], list[object]]:
    """Folder, user and passphrase file of a role."""

    def words(name: str, role: str) -> list[object]:
        file = tmp_path / role
        file.write_text(passphrase_of(role) + "\n", encoding="utf-8")
        return ["--folder", sample, "--user", name, "--passphrase-file", file]

    return words


def put_right(folder: Path) -> None:
    """The minute-taker puts the venue right and checks the minutes again."""
    with open_partnership(folder, TAKER["name"], TAKER["passphrase"], sample_clock) as partnership:
        session = partnership.session
        meeting_id = meeting_on(session, date(2026, 10, 29))
        venue = next(one for one in correctable(session, meeting_id) if one.fact.field == "venue")
        correct(
            session, meeting_id, venue.part_id, "venue", "Town Hall, Committee Room 3", reason="The room was changed"
        )
        versions.check(session, meeting_id)


def fallen_since_checked(folder: Path, *, kept: bool) -> None:
    """A text with a name in it stands in minutes that count as checked; then the minute-taker keeps it as it is."""
    with open_partnership(folder, TAKER["name"], TAKER["passphrase"], sample_clock) as partnership:
        session = partnership.session
        meeting_id = meeting_on(session, date(2026, 10, 29))
        if kept:
            for check in checks_of(session, draft_minutes(session, meeting_id)):
                if not check.passed:
                    keep(session, meeting_id, check)
            return
        note = next(one for one in correctable(session, meeting_id) if one.fact.field == "note" and one.case_id)
        correct(session, meeting_id, note.part_id, "note", "Call 07700 900123 before the visit")
        versions.check(session, meeting_id)


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_the_group_s_record_line_by_line(
    sample: Path, tmp_path: Path, as_user: Callable[[str, str], list[object]]
) -> None:
    taker, chair = as_user("Marcus Bell", "minute-taker"), as_user("Hannah Price", "chair")
    out = tmp_path / "out"

    (draft,) = answer("versions", *OCTOBER, *taker)
    assert set(draft) == LISTED and (draft["version"], draft["state"], draft["sha256"]) == (1, "checked", "")

    for name, form in (("pdf", ()), ("docx", ("--format", "docx")), ("large.pdf", ("--large-print",))):
        answer("minutes", *OCTOBER, *form, "--out", out / f"october.{name}", *taker)
    assert [file.read_bytes()[:2] for file in sorted(out.iterdir())] == [b"PK", b"%P", b"%P"]
    assert "has not been held" in refused(run("minutes", *NOVEMBER, "--out", out / "november.pdf", *taker))

    assert "Only the chair can do this" in refused(run("approve", *OCTOBER, *taker))
    first = answer("approve", *OCTOBER, *chair)
    again = run("approve", *OCTOBER, *chair)
    assert (first["version"], first["changes"], again.returncode) == (1, [], 0)
    assert "already approved" in again.stdout

    (kept,) = answer("versions", *OCTOBER, *taker)
    assert (kept["version"], kept["state"], kept["approved_by"]) == (1, "approved", "Hannah Price")
    answer("minutes", *OCTOBER, "--version", "1", "--out", out / "first.pdf", *taker)
    assert digest(out / "first.pdf") == kept["sha256"]

    put_right(sample)
    told = run("approve", *OCTOBER, *chair)
    assert told.returncode == 0
    before, changed, approved = told.stdout.strip().splitlines()
    assert before.startswith("Changes since the version before") and "The room was changed" in changed
    assert approved.startswith("Version 2 ")
    one, two = answer("versions", *OCTOBER, *taker)
    assert (one, two["version"], two["changes"]) == (kept, 2, [changed])
    answer("minutes", *OCTOBER, "--version", "1", "--out", out / "again.pdf", *taker)
    answer("minutes", *OCTOBER, "--out", out / "now.pdf", *taker)
    assert (digest(out / "again.pdf"), digest(out / "now.pdf")) == (kept["sha256"], two["sha256"])


def test_what_fails_since_it_was_checked_is_not_approved_by_command_unless_it_is_kept(
    sample: Path, as_user: Callable[[str, str], list[object]]
) -> None:
    taker, chair = as_user("Marcus Bell", "minute-taker"), as_user("Hannah Price", "chair")
    fallen_since_checked(sample, kept=False)
    told = run("approve", *OCTOBER, *chair)
    assert told.returncode == 1 and "check fails: “07700 900123”" in refused(told)
    assert "Only the chair can do this" in refused(run("approve", *OCTOBER, *taker))
    (draft,) = answer("versions", *OCTOBER, *taker)
    assert draft["state"] == "checked"
    fallen_since_checked(sample, kept=True)
    assert answer("approve", *OCTOBER, *chair)["version"] == 1


def test_a_withheld_case_is_in_no_finished_file_of_its_recipient(
    sample: Path, tmp_path: Path, as_user: Callable[[str, str], list[object]], passphrase_of: Callable[[str], str]
) -> None:
    """Each file is opened as its recipient opens it, with their own passphrase, and read from its first page to its
    last: it has every case that is theirs and no word of another."""
    chair, out = as_user("Hannah Price", "chair"), tmp_path / "copies"
    answer("approve", *OCTOBER, *chair)
    dry = answer("circulate", *OCTOBER, "--out", out, "--dry-run", *chair)
    assert not out.exists()
    made = answer("circulate", *OCTOBER, "--out", out, *chair)
    assert [one["copy"] for one in made["recipients"]] == [one["copy"] for one in dry["recipients"]]
    files = {one["copy"]: next(file for file in one["files"] if file.endswith(".pdf")) for one in made["recipients"]}
    withheld = 0
    with open_partnership(sample, "Hannah Price", passphrase_of("chair"), sample_clock) as partnership:
        session = partnership.session
        minutes = draft_minutes(session, meeting_on(session, date(2026, 10, 29)))
        copies = circulation.register(session, minutes.meeting_id)
        assert sorted(files) == sorted(one.copy_number for one in copies)
        named = [(one.reference, one.case_id) for one in minutes.cases]
        named += [(one.reference, one.case_id) for one in minutes.uncalled]
        for one in copies:
            words = tell_passphrase(session, one.member_id, ToldHow.IN_PERSON)
            read = squeezed(text_of(Path(files[one.copy_number]), words))
            assert squeezed(one.name) in read
            for reference, case_id in named:
                assert (reference in read) is (case_id in one.held), (one.name, reference)
                withheld += case_id not in one.held
            for case in minutes.cases:
                assert (squeezed(case.note)[:40] in read) or case.case_id not in one.held
        circulation.note_all_given(session, minutes.meeting_id)
    assert withheld > 20
    again = run("circulate", *OCTOBER, "--out", tmp_path / "again", *chair)
    assert again.returncode == 0 and again.stdout.strip().endswith("every copy has already been given, none was saved.")
    assert not (tmp_path / "again").exists()


def squeezed(text: str) -> str:
    """Without spaces: lines are broken anywhere."""
    return "".join(text.split())


def text_of(file: Path, words: str) -> str:
    with pypdfium2.PdfDocument(file, password=words) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def test_agenda_and_action_lists_line_by_line(tmp_path: Path, as_user: Callable[[str, str], list[object]]) -> None:
    taker = as_user("Marcus Bell", "minute-taker")
    papers = answer("agenda", *NOVEMBER, "--out", tmp_path / "papers", *taker)
    files = sorted(map(str, (tmp_path / "papers").rglob("*.*")))
    assert sorted(papers["files"]) == files and any(file.endswith(".pdf") for file in files)
    lists = answer("action-lists", *OCTOBER, "--out", tmp_path / "lists", *taker)
    written = sorted(file for row in lists["lists"] for file in row["files"])
    assert written == sorted(map(str, (tmp_path / "lists").iterdir()))
    assert all(set(row) == {"for", "actions", "withheld", "file", "files"} for row in lists["lists"])


def test_the_private_record_line_by_line(tmp_path: Path, as_user: Callable[[str, str], list[object]]) -> None:
    lead, out = as_user("Ravi Nair", "new-hope-lead"), tmp_path / "out"
    (kept,) = answer("versions", *OCTOBER, PRIVATE, *lead)
    assert set(kept) == LISTED and kept["approved_by"] == "Ravi Nair"
    given = run("circulate", *OCTOBER, PRIVATE, "--out", tmp_path / "none", *lead)
    assert given.returncode == 0 and "every copy has already been given" in given.stdout
    again = run("approve", *OCTOBER, PRIVATE, *lead)
    assert again.returncode == 0 and "already approved" in again.stdout
    for name, form in (("pdf", ()), ("docx", ("--format", "docx")), ("large.pdf", ("--large-print",))):
        answer("minutes", *OCTOBER, PRIVATE, *form, "--out", out / f"october.{name}", *lead)
    answer("minutes", *OCTOBER, PRIVATE, "--version", "1", "--out", out / "version.pdf", *lead)
    assert digest(out / "version.pdf") == kept["sha256"]
    lists = answer("action-lists", *OCTOBER, PRIVATE, "--out", tmp_path / "lists", *lead)
    assert lists["lists"] and all(Path(row["file"]).is_file() for row in lists["lists"])
    papers = answer("agenda", *NOVEMBER, PRIVATE, "--out", tmp_path / "papers", *lead)
    assert sorted(papers["files"]) == sorted(map(str, (tmp_path / "papers").iterdir()))
    refused(run("agenda", *NOVEMBER, PRIVATE, "--paper-set", "--out", tmp_path / "papers", *lead), 1)
    taker: list[object] = as_user("Marcus Bell", "minute-taker")
    refused(run("versions", *OCTOBER, PRIVATE, *taker), 3)
