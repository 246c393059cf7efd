"""The command line on terminals, pipes and files as people have them: no verb ever prints a traceback, and the exit
code tells what was done."""

import fcntl
import json
import os
import pty
import re
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO, Any

import pytest

from csp_desktop import exit_codes, terminal
from csp_desktop.app import AppEnvironment, PrivateEnvironment
from csp_desktop.bootstrap.partnership import open_partnership
from csp_desktop.cli.command_line import GROUPS, _parser, main
from csp_desktop.domain.common.errors import Refused
from csp_desktop.exit_codes import EXIT_CODES, exit_code
from csp_desktop.resources import shipped
from csp_desktop.sample.clock import sample_clock
from csp_desktop.store.engine import DamagedDatabase, MissingDatabase
from csp_desktop.store.errors import InUse, StoreRefused
from csp_desktop.vault import errors as vault

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
CHAIR = "Hannah Price"
NO_SPACE = Path("/dev/full")
BREAKS = """
import sys
import csp_desktop.sample.partnership
from csp_desktop.__main__ import main

def broken(folder):
    raise KeyError("K.B. of Vicarage Road")

csp_desktop.sample.partnership.make_sample = broken
sys.argv = ["csp-desktop", "sample", "--folder", "x"]
sys.exit(main())
"""
WAITS = """
import sys, threading
import csp_desktop.sample.partnership
from csp_desktop.__main__ import main

def slow(folder):
    print("at work", flush=True)
    threading.Event().wait()

csp_desktop.sample.partnership.make_sample = slow
sys.argv = ["csp-desktop", "sample", "--folder", "x"]
sys.exit(main())
"""

MAKES_CLASSES = """
import sys
import csp_desktop.sample.partnership
from csp_desktop.__main__ import main

csp_desktop.sample.partnership.make_sample = lambda folder: exec("raise KeyboardInterrupt")
sys.argv = ["csp-desktop", "sample", "--folder", "x"]
sys.exit(main())
"""
LOADS_QT = """
import signal, sys
from csp_desktop.__main__ import main

def press(event, told):
    if event == "import" and told[0] == "shibokensupport.signature.loader":
        signal.raise_signal(signal.SIGINT)

sys.addaudithook(press)
sys.argv = ["csp-desktop", "--version"]
sys.exit(main())
"""
STANDS = """
import sys
from csp_desktop.__main__ import main
from csp_desktop.gui.window.starting import CtrlC

def listens(self, window, init=CtrlC.__init__):
    init(self, window)
    window.closing.connect(lambda: print("the window closes", flush=True))
    print("the window listens", flush=True)

CtrlC.__init__ = listens
sys.exit(main())
"""


def environment(**more: str) -> dict[str, str]:
    """Without a code page of the tests' own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONIOENCODING", "PYTHONUTF8")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def run(*words: object, typed: bytes = b"", out: IO[Any] | int = subprocess.PIPE, **more: str) -> Any:
    """One call in a session of its own, so that there is no terminal to ask at; bytes in, bytes out."""
    command = [sys.executable, "-m", "csp_desktop", *map(str, words)]
    done = subprocess.run(
        command, input=typed, stdout=out, stderr=subprocess.PIPE, env=environment(**more), start_new_session=True
    )
    assert b"Traceback" not in done.stderr and b"Exception" not in done.stderr, done.stderr.decode()
    return done


@pytest.fixture
def names_file(tmp_path: Path) -> Path:
    """A list of members with letters that no Western code page holds, in its name too; one row is refused."""
    file = tmp_path / "Łucja’s list.csv"
    rows = ("Name,Agency,Email", "Șerban Łukasik,Watford Borough Council,", "Nia Bowen,New Hope,Łucja Ștefan")
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


@pytest.fixture
def words(sample: Path, tmp_path: Path, passphrase_of: Callable[[str], str]) -> list[object]:
    """Folder, user and passphrase file, as a script gives them."""
    file = tmp_path / "passphrase"
    file.write_text(passphrase_of("chair") + "\n", encoding="utf-8")
    return ["--folder", sample, "--user", CHAIR, "--passphrase-file", file]


def without_passphrase(words: list[object]) -> list[object]:
    return words[:4]


# what cannot be printed


@pytest.mark.parametrize("code_page", ["cp1252:strict", "ascii:strict"])
def test_letters_a_code_page_lacks_are_replaced_and_the_work_is_done(
    words: list[object], names_file: Path, code_page: str
) -> None:
    plain = run("import-members", names_file, *words, PYTHONIOENCODING=code_page)
    assert (plain.returncode, plain.stderr) == (0, b"")
    assert b"ucja" in plain.stdout and b"1 new" in plain.stdout
    again = run("import-members", names_file, *words, "--json", PYTHONIOENCODING=code_page)
    assert again.returncode == 0 and again.stdout.isascii()
    said = json.loads(again.stdout)
    assert (said["new"], said["unchanged"]) == (0, 1), "it was imported the first time"
    assert said["refused"][0]["value"] == "Łucja Ștefan"


def test_a_refusal_that_the_terminal_cannot_spell_is_still_said(tmp_path: Path) -> None:
    done = run("verify", "--folder", tmp_path / "Łucja", "--user", "Ștefan", typed=b"x\n", PYTHONIOENCODING="ascii")
    assert done.returncode == 2 and b"no terminal" in done.stderr


def _closed_pipe() -> IO[bytes]:
    read, write = os.pipe()
    os.close(read)
    return os.fdopen(write, "wb")


@pytest.mark.parametrize("last", [[], ["--json"]], ids=["words", "json"])
def test_a_closed_pipe_is_quiet_and_the_exit_code_tells_what_was_done(
    words: list[object], last: list[object], sample: Path
) -> None:
    papers = shipped("sample", "cases-2026-11-25.csv")
    with _closed_pipe() as pipe:
        done = run("import-cases", papers, *words, *last, out=pipe)
    assert (done.returncode, done.stderr) == (0, b"")
    again = json.loads(run("import-cases", papers, *words, "--json").stdout)
    assert (again["new"], again["changed"]) == (0, 0), "it was imported although nobody listened"
    with _closed_pipe() as pipe:
        assert run("verify", "--folder", sample / "none", *words[2:], *last, out=pipe).returncode == 1


def test_help_and_version_into_a_closed_pipe_are_quiet() -> None:
    for word in ("--help", "--version"):
        with _closed_pipe() as pipe:
            done = run(word, out=pipe)
        assert (done.returncode, done.stderr) == (0, b"")


def test_an_answer_that_finds_no_space_is_told_in_a_sentence(words: list[object]) -> None:
    with NO_SPACE.open("wb") as full:
        done = run("verify", *words, out=full)
    assert done.returncode == 0
    assert done.stderr.decode().startswith("The command succeeded, but its answer could not be written")
    assert len(done.stderr.decode().strip().splitlines()) == 1


def test_streams_that_were_closed_before_the_start_harm_nothing(words: list[object], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "csp_desktop", "backup", "--to", tmp_path, *words]
    line = " ".join(f"'{word}'" for word in command) + " <&- >&- 2>&-"
    assert subprocess.run(["sh", "-c", line], env=environment(), start_new_session=True).returncode == 0
    assert len(list(tmp_path.glob("*.cspbackup"))) == 1


# the passphrase


def _typed(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(raw), encoding="ascii"))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_passphrase_file_of_notepad_or_powershell_is_read_as_it_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, codec: str
) -> None:
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    raw = marks.get(codec, b"") + "Łucja’s lantern\r\n".encode(codec)
    (tmp_path / "passphrase").write_bytes(raw)
    assert terminal.passphrase(str(tmp_path / "passphrase"), CHAIR) == "Łucja’s lantern"
    _typed(monkeypatch, raw + "\nanother line".encode(codec))
    assert terminal.passphrase("-", CHAIR) == "Łucja’s lantern"


@pytest.mark.parametrize(
    "raw",
    ["Łucja".encode("utf-16-le"), "Seán Ó Briain".encode("cp1252"), b"\xff\xfe\x00", b"\x80" * 10, bytes(range(256))],
    ids=["UTF-16 without its mark", "a Western code page", "cut off", "no font", "the whole file"],
)
def test_a_passphrase_in_letters_that_cannot_be_told_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raw: bytes
) -> None:
    (tmp_path / "passphrase").write_bytes(raw)
    with pytest.raises(Refused, match="the passphrase file is not in UTF-8"):
        terminal.passphrase(str(tmp_path / "passphrase"), CHAIR)
    _typed(monkeypatch, raw.replace(b"\n", b""))
    with pytest.raises(Refused, match="standard input is not in UTF-8"):
        terminal.passphrase("-", CHAIR)


@pytest.mark.parametrize("raw", [b"", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xff\xfe\n\x00"])
def test_an_empty_passphrase_file_is_called_empty_and_counts_as_no_wrong_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raw: bytes
) -> None:
    (tmp_path / "passphrase").write_bytes(raw)
    with pytest.raises(Refused, match="the passphrase file is empty"):
        terminal.passphrase(str(tmp_path / "passphrase"), CHAIR)
    _typed(monkeypatch, raw)
    with pytest.raises(Refused, match="standard input is empty"):
        terminal.passphrase("-", CHAIR)


def test_a_passphrase_file_opens_the_file_or_a_sentence_says_why_not(
    words: list[object], tmp_path: Path, passphrase_of: Callable[[str], str]
) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes(passphrase_of("chair").encode("utf-16"))
    assert run("verify", *words).returncode == 0
    for raw, sentence in ((b"Se\xe1n", b"is not in UTF-8"), (b"a" * 70_000, b"too long")):
        file.write_bytes(raw)
        done = run("verify", *words)
        assert (done.returncode, done.stdout) == (1, b"") and sentence in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert run("verify", *without_passphrase(words), "--passphrase-file", tmp_path).returncode == 1
    gone = run("verify", *without_passphrase(words), "--passphrase-file", tmp_path / "not there")
    assert gone.returncode == 1 and b"not there" in gone.stderr


def test_without_a_terminal_the_passphrase_is_asked_for_by_a_sentence(words: list[object]) -> None:
    for typed in (b"", b"something typed blindly\n"):
        done = run("verify", *without_passphrase(words), typed=typed)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"There is no terminal to ask for the passphrase. Name a file" in done.stderr
        assert b"GetPassWarning" not in done.stderr


@contextmanager
def at_a_terminal(*words: object) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A call at a terminal of its own, once it has asked; what is written to the number is typed there."""
    ours, theirs = pty.openpty()

    def own_terminal() -> None:
        os.setsid()
        fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

    command = [sys.executable, "-m", "csp_desktop", *map(str, words)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=theirs, stdout=pipe, stderr=pipe, env=environment(), preexec_fn=own_terminal
    ) as process:
        asked = b""
        while not asked.endswith(b"Passphrase of Hannah Price: "):
            asked += os.read(ours, 1000)
        yield ours, process
    os.close(ours)
    os.close(theirs)


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (b"kettle-marble-harbour-fern\n", 0, b""),
        (b"kettle-marble\n", 3, b"do not match"),
        (b"\x03", 130, exit_codes.STOPPED.encode()),
        (b"\x04", 2, b"There is no terminal to ask for the passphrase."),
    ],
    ids=["right", "wrong", "Ctrl+C", "Ctrl+D"],
)
def test_the_passphrase_is_asked_for_at_the_terminal(sample: Path, typed: bytes, code: int, said: bytes) -> None:
    with at_a_terminal("verify", "--folder", sample, "--user", CHAIR) as (keyboard, process):
        os.write(keyboard, typed)
        _, wrong = process.communicate()
    assert process.returncode == code
    assert said in wrong and b"Traceback" not in wrong


def test_a_name_or_a_path_no_utf8_holds_is_no_traceback(words: list[object], tmp_path: Path) -> None:
    broken = os.fsdecode(b"Se\xe1n")
    assert run("verify", "--folder", words[1], "--user", broken, *words[4:]).returncode == 2
    assert run("verify", "--folder", tmp_path / broken, *words[2:]).returncode == 1


# how it ends


def test_every_refusal_has_the_documented_exit_code(words: list[object], sample: Path, tmp_path: Path) -> None:
    wrong = run("verify", *without_passphrase(words), "--passphrase-file", "-", typed=b"lantern copper meadow fork\n")
    nobody = run("verify", "--folder", sample, "--user", "Nobody Here", *words[4:])
    assert (wrong.returncode, nobody.returncode) == (3, 3)
    assert run("verify", "--folder", tmp_path, *words[2:]).returncode == 1
    assert run("verify").returncode == run("nonsense").returncode == run("--folder", "").returncode == 2
    passphrase = Path(str(words[5])).read_text(encoding="utf-8").strip()
    with open_partnership(sample, CHAIR, passphrase, sample_clock):
        assert run("verify", *words).returncode == 4
        assert run("rehearse", "--folder", sample, "--out", tmp_path / "out").returncode == 4
    backup = Path(json.loads(run("backup", *words, "--to", tmp_path, "--json").stdout)["file"])
    new = ["--folder", tmp_path / "new", *words[2:4]]
    wrong = run("restore", *new, "--passphrase-file", "-", "--from", backup, typed=b"another passphrase\n")
    assert wrong.returncode == 3
    backup.write_bytes(backup.read_bytes()[:-1])
    assert run("restore", *new, *words[4:], "--from", backup).returncode == 5
    database = next((sample / "cpg").glob("*.db"))
    database.write_bytes(b"x" + database.read_bytes()[1:])
    assert run("verify", *words).returncode == 5
    (sample / "cpg" / "vault.json").write_text("{", encoding="utf-8")
    assert run("verify", *words).returncode == 5


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (vault.WrongRecoveryKey(), 3),
        (vault.RecoveryKeyMistyped("Group 3 is mistyped.", 3), 3),
        (InUse(), 4),
        (vault.OpenElsewhere("since 14:02"), 4),
        (DamagedDatabase(), 5),
        (MissingDatabase(), 5),
        (vault.DatabaseMissing(), 5),
        (vault.NewerProgram(), 1),
        (vault.HandedOver(), 1),
        (StoreRefused("The disk is full."), 1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_one_place_knows_how_each_refusal_ends(refusal: Refused, code: int) -> None:
    assert exit_code(refusal) == code
    made_of_it = Refused("The rest could not be done.")
    made_of_it.__cause__ = refusal
    assert exit_code(made_of_it) == code


def test_a_mistake_of_the_program_is_one_sentence_and_a_line_in_the_log_of_bugs(tmp_path: Path) -> None:
    command = [sys.executable, "-c", BREAKS]
    home = environment(XDG_STATE_HOME=str(tmp_path), LOCALAPPDATA=str(tmp_path), HOME=str(tmp_path))
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=home, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.startswith("The program failed")
    log = next(tmp_path.rglob("bugs.log"))
    assert str(log) in done.stderr
    assert "KeyError" in log.read_text(encoding="utf-8")
    assert "Vicarage" not in log.read_text(encoding="utf-8") + done.stderr


@pytest.fixture
def at_work() -> Iterator[subprocess.Popen[str]]:
    """A verb in the middle of its work."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", WAITS]
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", env=environment()) as process:
        assert process.stdout is not None and process.stdout.readline() == "at work\n"
        yield process
        process.kill()


def test_ctrl_c_is_one_sentence_and_130(at_work: subprocess.Popen[str]) -> None:
    at_work.send_signal(signal.SIGINT)
    _, said = at_work.communicate()
    assert (at_work.returncode, said.strip()) == (130, exit_codes.STOPPED)


@pytest.mark.parametrize("script", [MAKES_CLASSES, LOADS_QT], ids=["a class is made", "Qt is loaded"])
def test_ctrl_c_while_a_part_is_loaded_is_one_sentence_and_130_too(script: str) -> None:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", env=environment())
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", exit_codes.STOPPED)


def test_ctrl_c_closes_a_window_as_its_own_button_does(sample: Path, tmp_path: Path) -> None:
    pipe = subprocess.PIPE
    home = environment(XDG_CONFIG_HOME=str(tmp_path), QT_QPA_PLATFORM="offscreen")
    command = [sys.executable, "-c", STANDS, "--folder", str(sample)]
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", env=home) as process:
        assert process.stdout is not None and process.stdout.readline() == "the window listens\n"
        process.send_signal(signal.SIGINT)
        said, wrong = process.communicate()
    assert (process.returncode, said) == (130, "the window closes\n")
    assert wrong.strip().splitlines()[-1] == exit_codes.CLOSED and "Traceback" not in wrong


def test_without_a_display_the_window_says_so_in_a_sentence(tmp_path: Path) -> None:
    for words in ((), ("--folder", tmp_path), ("private", "--folder", tmp_path)):
        done = run(*words, DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
        assert done.returncode == 1 and done.stderr.startswith(b"There is no screen to open the window on.")


# what it says of itself


def test_version_names_the_program_and_what_it_is_built_on() -> None:
    said = json.loads(run("--version", "--json").stdout)
    assert set(said) == {"csp-desktop", "sqlcipher", "sqlite", "qt", "python", "frozen"}
    assert all(re.match(r"\d+\.\d+", said[name]) for name in ("csp-desktop", "sqlcipher", "sqlite", "qt", "python"))
    assert said["frozen"] is False
    plain = run("--version").stdout.decode().splitlines()
    assert [line.split()[0] for line in plain] == ["CSP", "SQLCipher", "SQLite", "Qt", "Python"]


def test_help_is_for_people_with_groups_examples_and_exit_codes() -> None:
    text = run("--help", COLUMNS="100").stdout.decode()
    for title in GROUPS:
        assert f"\n{title}:\n" in text
    assert "examples:\n  csp-desktop verify --folder" in text
    for code, words in EXIT_CODES.items():
        assert f"  {code:<4} {words}\n" in text
    assert not re.search(r"\b(imported|slot|vault|module|Namespace)\b", text), "a developer's note"


def test_every_verb_stands_in_one_group_of_the_help_and_in_the_readme() -> None:
    parser = _parser()
    assert parser.verbs is not None
    listed = [action.dest for action in parser.verbs._get_subactions()]
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(listed)
    table = README.read_text(encoding="utf-8").split("## The command line")[1].split("\n## ")[0]
    for name in listed:
        assert re.search(rf"^\| `{name}[ `]", table, re.MULTILINE), name
    for code, words in EXIT_CODES.items():
        assert f"| {code} | {words} |" in table


def test_every_path_is_whole_from_the_command_line_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    opening = ("--folder", "a", "--passphrase-file", "b")
    for words in (
        ("--folder", "a"),
        ("sample", "--folder", "a"),
        ("private", "--folder", "a"),
        ("rehearse", "--folder", "a", "--out", "b"),
        ("pictures", "--out", "b"),
        ("import-cases", "c", *opening),
        ("import-members", "c", *opening),
        ("import-actions", "c", *opening),
        ("import-people", "c", *opening),
        ("minutes", "--meeting", "2026-11-26", "--out", "c", *opening),
        ("backup", "--to", "c", *opening),
        ("restore", "--from", "c", *opening),
        ("verify", *opening),
    ):
        given = vars(_parser().parse_args(words)).values()
        relative = [one for one in given if isinstance(one, Path) and not one.is_absolute()]
        assert relative == [] and "b" not in given, words
    assert _parser().parse_args(("verify", "--passphrase-file", "-")).passphrase_file == "-"


@pytest.mark.parametrize("bad", ["a folder", "an empty file", "another program’s", "a list", "far too long"])
def test_a_header_that_is_none_is_called_damaged_by_every_verb_and_nothing_new_is_begun_over_it(
    bad: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "passphrase").write_text("lantern copper meadow fork", encoding="utf-8")
    contents = {
        "an empty file": b"",
        "another program’s": b'{"name": "x"}',
        "a list": b"[]",
        "far too long": b" " * 300000,
    }
    for place in ("cpg", "rough-sleeping"):
        (tmp_path / "partnership" / place).mkdir(parents=True)
        header = tmp_path / "partnership" / place / "vault.json"
        header.mkdir() if bad == "a folder" else header.write_bytes(contents[bad])
    opening = ("--folder", tmp_path / "partnership", "--user", CHAIR, "--passphrase-file", tmp_path / "passphrase")
    for words in (
        ("verify", *opening),
        ("backup", "--to", tmp_path, *opening),
        ("import-members", tmp_path / "list.csv", *opening),
        ("import-people", tmp_path / "list.csv", *opening),
        ("minutes", "--meeting", "2026-11-26", "--out", tmp_path / "minutes.pdf", *opening),
    ):
        assert main([str(word) for word in words]) == exit_codes.DAMAGED, words
        assert "vault.json in this folder is damaged" in capfd.readouterr().err
    for environment in (AppEnvironment(), PrivateEnvironment()):
        assert environment.holds_partnership(tmp_path / "partnership"), "or the window would begin a new one"
    assert main(["sample", "--folder", str(tmp_path / "partnership")]) == exit_codes.REFUSED


@pytest.mark.parametrize("bad", ["nothing there", "a file", "an empty folder", "a header of zeros", "a header cut off"])
def test_no_verb_prints_a_traceback_whatever_it_is_given(
    bad: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, given = tmp_path / "partnership", tmp_path / "given"
    given.write_bytes(b"\x00\xff\x81 no list, no backup")
    (tmp_path / "passphrase").write_text("lantern copper meadow fork", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    if bad == "a file":
        folder.write_text("Dear all")
    elif bad != "nothing there":
        for place in ("cpg", "rough-sleeping"):
            (folder / place).mkdir(parents=True)
            if bad.startswith("a header"):
                (folder / place / "vault.json").write_bytes(b"\0" * 900 if "zeros" in bad else b'{"format": "csp-des')
    opening = ("--folder", folder, "--user", CHAIR, "--passphrase-file", tmp_path / "passphrase")
    for words in (
        *(("import-cases", file, *opening) for file in (given, tmp_path, tmp_path / "none")),
        ("import-members", given, *opening),
        ("import-actions", given, *opening),
        ("import-people", given, *opening),
        ("minutes", "--meeting", "2026-11-26", "--out", tmp_path, *opening),
        ("backup", "--to", given, *opening),
        ("restore", "--from", given, *opening),
        ("restore", "--from", tmp_path, *opening),
        ("verify", "--show-key", *opening),
        ("rehearse", "--folder", folder, "--out", given),
        *((("sample", "--folder", folder),) if bad == "a file" else ()),
    ):
        assert main([str(word) for word in words]) in (1, 4, 5), words
        said = capfd.readouterr()
        assert said.out == "" and len(said.err.strip().splitlines()) == 1, (words, said.err)
        assert "The program failed" not in said.err, (words, said.err)
