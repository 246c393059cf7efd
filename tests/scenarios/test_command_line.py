"""Every verb as a script would call it, on a real encrypted folder: one call of each kind in a process of its own, the
others in forks where there are such."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from csp_desktop.domain.common.users import Role
from csp_desktop.exchange.members import members_template
from csp_desktop.resources import shipped
from tests.support.forked import called
from tests.support.patience import SECONDS

ROOT = Path(__file__).resolve().parents[2]
SAFETY_NET = ROOT / "tests" / "data" / "safety-net"


def run(*words: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    """One call of the program, without a display and without a terminal."""
    return called([*map(str, words)], typed) if hasattr(os, "fork") else started(*words, typed=typed)


def started(*words: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    """The same by a new Python."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "csp_desktop", *map(str, words)]
    return subprocess.run(command, input=typed, capture_output=True, encoding="utf-8", env=environment, timeout=SECONDS)


@pytest.fixture
def opening(sample: Path, tmp_path: Path, passphrase_of: Callable[[str], str]) -> list[object]:
    """Folder, user and passphrase file, as a script gives them."""
    file = tmp_path / "passphrase"
    file.write_text(passphrase_of("minute-taker") + "\n", encoding="utf-8")
    return ["--folder", sample, "--user", "Marcus Bell", "--passphrase-file", file]


def answer(*words: object) -> Any:
    """What a verb that succeeds prints as JSON."""
    done = run(*words, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def refused(done: subprocess.CompletedProcess[str], code: int = 1) -> str:
    """The one sentence of a verb that could not be done."""
    assert (done.returncode, done.stdout) == (code, "")
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr
    assert done.stderr.strip().endswith(".")
    return done.stderr.strip()


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_sample_says_who_opens_it_and_which_meetings_it_holds(tmp_path: Path) -> None:
    made = answer("sample", "--folder", tmp_path / "new")
    assert set(made) == {"users", "meetings", "private_meetings"}
    assert {u["role"] for u in made["users"]} == {role.value for role in Role} - {"administrator", "new-hope-deputy"}
    assert all(set(u) == {"name", "role", "passphrase"} and all(u.values()) for u in made["users"])
    for kept in ("meetings", "private_meetings"):
        assert [(m["date"], m["state"]) for m in made[kept]] == [("2026-10-29", "closed"), ("2026-11-26", "planned")]
        assert all(set(m) == {"date", "kind", "state"} for m in made[kept])
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == ["cpg", "rough-sleeping"]


def test_the_sample_is_not_made_over_anything(sample: Path, tmp_path: Path) -> None:
    before = everything_in(sample)
    assert "already contains a partnership" in refused(started("sample", "--folder", sample))
    assert everything_in(sample) == before
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("Dear all")
    assert "not empty" in refused(run("sample", "--folder", tmp_path / "letters"))
    assert [p.name for p in (tmp_path / "letters").iterdir()] == ["letter.txt"]


def test_an_export_is_tried_then_imported_then_changes_nothing(opening: list[object]) -> None:
    papers = shipped("sample", "cases-2026-11-25.csv")
    tried = answer("import-cases", papers, *opening, "--dry-run")
    assert {"new", "changed", "unchanged", "refused"} <= set(tried)
    assert tried["new"] + tried["changed"] > 0 and tried["refused"] == []
    assert answer("import-cases", papers, *opening) == tried
    again = answer("import-cases", papers, *opening)
    assert (again["new"], again["changed"]) == (0, 0)
    assert again["unchanged"] == tried["new"] + tried["changed"] + tried["unchanged"]


def test_the_same_cases_in_another_form_change_nothing(opening: list[object]) -> None:
    said = answer("import-cases", SAFETY_NET / "cases-2026-11.xlsx", *opening)
    assert (said["new"], said["changed"], said["refused"]) == (0, 0, [])


def test_an_older_export_only_says_since_when_a_total_was_so(opening: list[object]) -> None:
    papers = SAFETY_NET / "cases-2026-11-cp1252.csv"
    said = answer("import-cases", papers, *opening)
    assert (said["as_of"], said["new"], said["changed"], said["unchanged"]) == ("2026-11-14", 0, 5, 4)
    assert said["older"] is True
    again = answer("import-cases", papers, *opening)
    assert (again["new"], again["changed"], again["unchanged"], again["refused"]) == (0, 0, 9, [])


def test_refused_rows_are_given_with_line_column_value_and_reason(opening: list[object]) -> None:
    said = answer("import-cases", SAFETY_NET / "cases-with-mistakes.csv", *opening, "--as-of", "2026-11-14")
    assert [row["line"] for row in said["refused"]] == [3, 4, 5, 6, 7, 8, 10, 11]
    assert all(set(row) == {"line", "column", "value", "reason"} for row in said["refused"])
    assert said["refused"][1] | {"reason": ""} == {
        "line": 4,
        "column": "Date Created",
        "value": "31/02/2026",
        "reason": "",
    }
    told = run("import-cases", SAFETY_NET / "cases-with-mistakes.csv", *opening, "--dry-run")
    assert told.returncode == 0 and "Line 4, Date Created: This is not a date" in told.stdout


def test_what_is_gone_from_an_export_and_what_was_left_out_of_it_is_told(opening: list[object], tmp_path: Path) -> None:
    lines = (SAFETY_NET / "cases-2026-11.csv").read_text("utf-8-sig").splitlines()
    part = tmp_path / "cases-2026-11-22.csv"
    part.write_text("\n".join(["Produced by Safety Net", *lines[:11], "Total: 10"]), "utf-8")
    said = answer("import-cases", part, *opening, "--dry-run")
    assert len(said["vanished"]) == 38 and said["looks_like"] == []
    assert [one["line"] for one in said["left_out"]] == [1, 13]
    assert said["mapping"]["Risk Score"] == "Risk Score"


def test_a_column_that_is_not_clear_is_written_down_and_read_as_corrected(
    opening: list[object], tmp_path: Path
) -> None:
    text = (SAFETY_NET / "cases-2026-11.csv").read_text("utf-8-sig").replace("Risk Score", "Points", 1)
    export, mapping = tmp_path / "cases-2026-11-22.csv", tmp_path / "map.toml"
    export.write_text(text, "utf-8")
    assert "--map-out" in refused(run("import-cases", export, *opening))
    assert "Points" in refused(run("import-cases", export, *opening, "--map-out", mapping))
    mapping.write_text(mapping.read_text("utf-8").replace('"Points" = ""', '"Points" = "Risk Score"'), "utf-8")
    said = answer("import-cases", export, *opening, "--map", mapping, "--dry-run")
    assert (said["mapping"]["Points"], said["refused"]) == ("Risk Score", [])
    mapping.write_text(mapping.read_text("utf-8").replace('sheet = ""', 'sheet = "Cases"'), "utf-8")
    assert "sheet “Cases”" in refused(run("import-cases", export, *opening, "--map", mapping, "--dry-run"))


def test_headings_without_a_case_write_nothing(opening: list[object], tmp_path: Path) -> None:
    only = tmp_path / "cases.csv"
    only.write_text((SAFETY_NET / "cases-2026-11.csv").read_text("utf-8-sig").splitlines()[0] + "\n", "utf-8")
    before = answer("verify", *opening)
    assert "no case in it" in refused(run("import-cases", only, *opening))
    assert answer("verify", *opening)["entries"] == before["entries"]


def test_a_file_that_is_no_export_is_refused_in_one_sentence(opening: list[object], tmp_path: Path) -> None:
    (tmp_path / "letter.csv").write_text("Dear all,\nsee you on Thursday.\n")
    refused(run("import-cases", tmp_path / "letter.csv", *opening))
    refused(run("import-cases", tmp_path / "not-there.csv", *opening))
    refused(run("import-cases", tmp_path, *opening))


def test_the_open_cases_are_listed_in_the_order_of_the_meeting_with_why(opening: list[object]) -> None:
    rows = answer("cases", *opening)
    assert [row["place"] for row in rows] == list(range(1, len(rows) + 1))
    wanted = {"reference", "band", "clocks", "deferrals", "place", "why", "linked", "referrals", "plan"}
    assert all(wanted <= set(row) and row["why"] for row in rows)
    repeat = [row for row in rows if row["repeat_victim"]]
    assert repeat and len(repeat) < len(rows)
    assert all((row["review_told_on"] is None) == (row["review_told_by"] == "") for row in rows)
    told = run("cases", *opening).stdout.splitlines()
    untold = [f"{row['place']}. " for row in repeat if row["review_told_on"] is None]
    said = [line for line in told if "not told of the right to a review" in line]
    assert len(said) == len(untold) and all(line.startswith(tuple(untold)) for line in said)


def test_a_case_is_assessed_from_a_file_and_what_is_wrong_in_it_is_told(opening: list[object], tmp_path: Path) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text('often = 3\nkind = "threats, intimidation"\n', encoding="utf-8")
    case = ("assess", "--case", "sn-2026-047513", "--answers", answers)
    made = answer(*case, *opening)
    assert (made["reference"], made["total"], made["band"], made["worst"]) == ("SN-2026-047513", 9, "Medium", "High")
    assert made["escalated_by"] == "Most serious incident: threats, intimidation" and made["illustrative"]
    assert "How long it has gone on" in made["unanswered"] and "How often it happens" not in made["unanswered"]
    answers.write_text("long = 1\n", encoding="utf-8")  # what was answered before today stays
    assert answer(*case, *opening)["total"] == 10
    for text, words in (
        ("often = 9", "Choose one of: 0 (once)"),
        ("odd = 1", "has no factor “odd”"),
        ("often 1", "line 1"),
        ("", "contains no answers"),
    ):
        answers.write_text(text, encoding="utf-8")
        assert words in refused(run(*case, *opening))
    assert "There is no case SN-2026-1" in refused(run("assess", "--case", "SN-2026-1", *case[3:], *opening))


def test_the_referrals_of_all_cases_are_listed_those_overdue_first(opening: list[object]) -> None:
    every = answer("referrals", *opening)
    assert isinstance(every, list)
    came_in = [row for row in every if row["direction"] == "in"]
    assert {row["state"] for row in came_in} == {"to acknowledge", "to decide", "referrer to inform", "done"}
    assert {row["triage"] for row in came_in} == {None, "case", "emerging issue", "declined"}
    rows = [row for row in every if row["direction"] == "out"]
    assert {row["state"] for row in rows} == {"open", "answered", "withdrawn"}
    assert rows[0]["days_late"] > 0 and {"case", "to", "by", "on", "why", "answer_by"} <= set(rows[0])
    kept = [row for row in rows if row["restricted"]]
    assert kept and all(row["to"] in ("Police Prevent team (Channel)", "Operation Halo") for row in kept)
    assert "panel alone" not in str(rows) and "class teacher" not in str(rows)


def test_minutes_of_a_meeting_held_are_written_and_of_one_not_yet_held_refused(
    opening: list[object], tmp_path: Path
) -> None:
    october, november = tmp_path / "october.pdf", tmp_path / "november.pdf"
    done = started("minutes", "--meeting", "2026-10-29", "--out", october, *opening)
    assert done.returncode == 0 and october.read_bytes().startswith(b"%PDF-")
    if os.name == "posix":
        assert october.stat().st_mode & 0o777 == 0o600
    assert "has not been held yet" in refused(run("minutes", "--meeting", "2026-11-26", "--out", november, *opening))
    assert not november.exists()
    assert refused(run("minutes", "--meeting", "2026-11-03", "--out", november, *opening))


def test_the_checked_minutes_are_approved_once_and_each_version_is_written_as_it_was(
    opening: list[object], tmp_path: Path, passphrase_of: Callable[[str], str]
) -> None:
    october = ("--meeting", "2026-10-29")
    (draft,) = answer("versions", *october, *opening)
    assert (draft["version"], draft["state"], draft["sha256"]) == (1, "checked", "")
    assert "Only the chair can do this" in refused(run("approve", *october, *opening))
    file = tmp_path / "chair"
    file.write_text(passphrase_of("chair") + "\n", encoding="utf-8")
    chair = [*opening[:2], "--user", "Hannah Price", "--passphrase-file", file]
    assert "is approved and kept" in run("approve", *october, *chair).stdout
    again = run("approve", *october, *chair)
    assert (again.returncode, "already approved" in again.stdout) == (0, True)
    (kept,) = answer("versions", *october, *opening)
    assert (kept["version"], kept["state"], kept["approved_by"]) == (1, "approved", "Hannah Price")
    paper = tmp_path / "october.pdf"
    answer("minutes", *october, "--version", "1", "--out", paper, *opening)
    assert hashlib.sha256(paper.read_bytes()).hexdigest() == kept["sha256"]
    assert "no version 2" in refused(run("minutes", *october, "--version", "2", "--out", paper, *opening))


def test_minutes_come_as_word_and_in_large_print_and_actions_as_a_list_for_each_officer(
    opening: list[object], tmp_path: Path
) -> None:
    october, word, large = ("--meeting", "2026-10-29"), tmp_path / "october.docx", tmp_path / "large.pdf"
    answer("minutes", *october, "--format", "docx", "--out", word, *opening)
    answer("minutes", *october, "--large-print", "--out", large, *opening)
    assert word.read_bytes().startswith(b"PK") and large.read_bytes().startswith(b"%PDF-")
    said = answer("action-lists", *october, "--out", tmp_path / "lists", *opening)
    files = sorted((tmp_path / "lists").iterdir())
    assert sorted(file for row in said["lists"] for file in row["files"]) == [str(file) for file in files]
    assert {file.suffix for file in files} == {".pdf", ".xlsx", ".eml"}
    assert all(row["actions"] for row in said["lists"]) and len(files) > 3


def test_the_papers_of_a_meeting_are_written_to_a_folder_and_the_set_on_paper_as_one_file(
    opening: list[object], tmp_path: Path
) -> None:
    november, out = ("--meeting", "2026-11-26"), tmp_path / "papers"
    said = answer("agenda", *november, "--out", out, *opening)
    names = sorted(file.name for file in out.iterdir())
    assert sorted(said["files"]) == [str(out / name) for name in names]
    assert {"agenda-2026-11-26.pdf", "meeting-2026-11-26.ics", "agency-2026-11-26-01.pdf"} <= set(names)
    drafts = [name for name in names if name.endswith(".eml")]
    assert len(drafts) + len(said["without_mail"]) == said["people"] > 10
    paper = tmp_path / "set"
    answer("agenda", *november, "--out", paper, "--paper-set", *opening)
    assert (paper / "paper-set-2026-11-26.pdf").read_bytes().startswith(b"%PDF-")
    assert "There is no meeting on" in refused(run("agenda", "--meeting", "2026-11-25", "--out", out, *opening))


def test_a_member_list_is_imported(opening: list[object], tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    heading = [str(cell.value) for cell in next(load_workbook(BytesIO(members_template())).active.rows)]
    row = {"Name": "Nia Bowen", "Agency": "Watford Borough Council", "Job title": "Support worker"}
    assert set(row) <= set(heading)
    file.write_text(",".join(heading) + "\n" + ",".join(row.get(n, "") for n in heading) + "\n", encoding="utf-8")
    said = answer("import-members", file, *opening)
    assert (said["new"], said["changed"], said["refused"]) == (1, 0, [])
    again = answer("import-members", file, *opening)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 1)


def test_open_actions_are_imported_once_with_the_keys_of_the_other_imports(
    opening: list[object], tmp_path: Path
) -> None:
    file = tmp_path / "actions.csv"
    rows = (
        "Officer,Action,By,Status",
        "Hannah Price,Mend the gate,2026-12-03,Open",
        "XY,Call,,",
        "Hannah Price,Old,,Done",
    )
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    tried = answer("import-actions", file, "--dry-run", "--held-on", "2026-10-29", *opening)
    assert (tried["new"], [one["line"] for one in tried["refused"]]) == (1, [3])
    keys = {"new", "changed", "unchanged", "refused", "vanished", "looks_like", "warnings", "mapping", "left_out"}
    assert keys <= set(tried) and any(one["line"] == 4 and "closed" in one["why"] for one in tried["left_out"])
    said = answer("import-actions", file, "--officer", "XY=Hannah Price", "--held-on", "2026-10-29", *opening)
    assert (said["new"], said["refused"], said["held_on"]) == (2, [], "2026-10-29")
    again = answer("import-actions", file, "--officer", "XY=Hannah Price", "--held-on", "2026-10-29", *opening)
    assert (again["new"], again["unchanged"]) == (0, 2)


def test_verify_says_that_the_file_is_sound_and_finds_a_byte_changed(opening: list[object], sample: Path) -> None:
    assert answer("verify", *opening)["ok"] is True
    database = next((sample / "cpg").glob("*.db"))
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)
    damaged = run("verify", *opening)
    assert damaged.returncode == 5 and "damaged" in damaged.stderr + damaged.stdout
    assert "Traceback" not in damaged.stderr


def test_a_wrong_passphrase_is_one_sentence(sample: Path) -> None:
    words = ("verify", "--folder", sample, "--user", "Marcus Bell", "--passphrase-file", "-")
    assert "do not match" in refused(run(*words, typed="lantern-copper-meadow-fork\n"), 3)
    assert "do not match" in refused(run(*words[:4], "Nobody Here", *words[5:], typed="x\n"), 3)


def test_the_passphrase_comes_from_standard_input(sample: Path, passphrase_of: Callable[[str], str]) -> None:
    words = ("verify", "--folder", sample, "--user", "Hannah Price", "--passphrase-file", "-")
    assert started(*words, typed=passphrase_of("chair") + "\n").returncode == 0


def test_a_folder_without_partnership_is_refused(tmp_path: Path, opening: list[object]) -> None:
    opening[1] = tmp_path / "nothing"
    refused(run("verify", *opening))
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("minutes", "--meeting", "29/10/2026", "--out", "x.pdf"),
        ("minutes", "--out", "x.pdf"),
        ("import-cases",),
        ("rehearse",),
        ("verify", "--folder", "x"),
        ("sample",),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two(words: tuple[str, ...]) -> None:
    done = started(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: ") and "Traceback" not in done.stderr


def test_approved_minutes_are_circulated_from_the_command_line(
    sample: Path, tmp_path: Path, passphrase_of: Any
) -> None:
    file = tmp_path / "passphrase"
    file.write_text(passphrase_of("chair"), encoding="utf-8")
    opening = ["--folder", sample, "--user", "Hannah Price", "--passphrase-file", file]
    verb = ("circulate", *opening, "--meeting", "2026-10-29", "--out", tmp_path / "copies")
    dry = run(*verb, "--dry-run", "--json")
    assert dry.returncode == 1 and "not approved yet" in json.loads(dry.stdout)["refusal"]
    assert "not approved yet" in refused(run(*verb)) and not (tmp_path / "copies").exists()
    assert run("approve", *opening, "--meeting", "2026-10-29").returncode == 0
    listed = answer(*verb, "--dry-run")
    assert not (tmp_path / "copies").exists() and all(one["files"] == [] for one in listed["recipients"])
    made = answer(*verb)
    assert made["version"] == 1 and len(made["recipients"]) == len(listed["recipients"]) > 20
    for one in made["recipients"]:
        assert set(one) == {"name", "agency", "copy", "sections", "withheld", "why", "files"}
        assert all(Path(name).is_file() for name in one["files"])
        assert {Path(name).suffix for name in one["files"]} in ({".pdf"}, {".pdf", ".eml"})
    assert any(one["withheld"] for one in made["recipients"])
    drafted = {one["name"] for one in made["recipients"] if any(name.endswith(".eml") for name in one["files"])}
    assert set(made["without_mail"]) == {one["name"] for one in made["recipients"]} - drafted != set()
