"""Files that are saved: whole or not at all, for this user alone, and by one helper wherever the program writes."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSettings

from csp_desktop import saving
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.window.starting import local_memory
from csp_desktop.saving import NotSaved, save

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "csp_desktop"
# Whoever else opens a file to write, and why it is not the helper.
APART = {
    "saving.py": "the helper",
    "vault/lockfile.py": "a lock is held on an open file",
    "gui/window/bug_log.py": "a log is added to",
    "terminal.py": "a stream that leads nowhere",
    "gui/window/qt_loading.py": "compiled code, before anything of ours is loaded; whole or not at all",
    "exchange/reading/child.py": "an answer that goes down a pipe",
    "store/engine.py": "an empty file with the right mode, which SQLite fills",
}
WRITES = {"write_bytes", "write_text", "touch", "mkfifo", "copyfile", "copy2", "mkstemp"}
QT_WRITES = {"QFile", "QSaveFile", "QTemporaryFile"}
SMALL_DISK = """
import resource, signal, sys
from pathlib import Path
from csp_desktop.domain.common.errors import Refused
from csp_desktop.saving import save
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    save(Path(sys.argv[1]), bytes(5000))
except Refused as refusal:
    print(refusal.sentence)
"""


def mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


@contextmanager
def open_handed() -> Iterator[None]:
    """As on a computer where every new file can be read by everybody."""
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def test_a_saved_file_is_for_this_user_alone_also_where_a_looser_one_lay(tmp_path: Path) -> None:
    new, old = tmp_path / "minutes.pdf", tmp_path / "old.pdf"
    old.write_bytes(b"before")
    old.chmod(0o666)
    with open_handed():
        for path in (new, old):
            save(path, b"content")
    assert [mode(path) for path in (new, old)] == ["0o600", "0o600"]
    assert [path.read_bytes() for path in (new, old)] == [b"content", b"content"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["minutes.pdf", "old.pdf"]


def test_nothing_is_ever_saved_over_the_encrypted_file_or_beside_it(tmp_path: Path) -> None:
    header, link = tmp_path / "cpg" / "vault.json", tmp_path / "minutes.pdf"
    header.parent.mkdir()
    header.write_bytes(b"the header")
    link.symlink_to(header)
    for path in (header, link, header.with_name("records-1.db"), header.with_name("minutes.pdf")):
        with pytest.raises(NotSaved, match="nothing else may be saved there"):
            save(path, b"minutes")
    assert {path.name: path.read_bytes() for path in header.parent.iterdir()} == {"vault.json": b"the header"}


def test_on_a_full_disk_the_old_file_stays_whole_and_a_sentence_is_given(tmp_path: Path) -> None:
    old = tmp_path / "minutes.pdf"
    old.write_bytes(b"before")
    if sys.platform != "win32":
        told = subprocess.run([sys.executable, "-c", SMALL_DISK, str(old)], cwd=ROOT, capture_output=True, text=True)
        assert (told.stderr, told.stdout) == (
            "",
            "It could not be saved there: there is not enough space. Choose another place.\n",
        )
    assert old.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["minutes.pdf"]


def test_a_place_that_takes_no_file_is_said_and_stays_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    file = tmp_path / "file"
    file.write_bytes(b"a file")
    for place, words in (
        (tmp_path / "gone" / "minutes.pdf", "the folder is not there any more"),
        (file / "minutes.pdf", "the folder is not there any more"),
        (folder, "this is a folder"),
        (tmp_path / ("long" * 100), "the name is too long"),
        (tmp_path / "nul\0", "a file cannot have this name"),
    ):
        with pytest.raises(NotSaved) as refused:
            save(place, b"content")
        assert words in refused.value.sentence and refused.value.sentence.endswith("Choose another place.")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
    assert file.read_bytes() == b"a file" and list(folder.iterdir()) == []


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "shelf").mkdir()
    real, fresh = tmp_path / "shelf" / "real.pdf", tmp_path / "shelf" / "fresh.pdf"
    real.write_bytes(b"before")
    for target in (real, fresh):
        link = tmp_path / f"to-{target.name}"
        link.symlink_to(target)
        save(link, b"content")
        assert link.is_symlink() and not target.is_symlink() and target.read_bytes() == b"content"
        assert mode(target) == "0o600"
    assert sorted(path.name for path in real.parent.iterdir()) == ["fresh.pdf", "real.pdf"]


if sys.platform != "win32":

    def test_neither_a_device_nor_a_link_in_a_circle_is_ever_replaced(tmp_path: Path) -> None:
        pipe, circle = tmp_path / "pipe", tmp_path / "circle"
        os.mkfifo(pipe)
        circle.symlink_to(circle)
        for place in (pipe, circle):
            with pytest.raises(Refused):
                save(place, b"content")
        assert pipe.is_fifo() and circle.is_symlink()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["circle", "pipe"]


def test_what_a_kill_left_half_written_goes_with_the_next_saving(tmp_path: Path) -> None:
    (tmp_path / ".minutes.pdf.csp-part").write_bytes(b"half")
    save(tmp_path / "minutes.pdf", b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["minutes.pdf"]


@pytest.mark.parametrize("words", [["--help"], ["private", "--help"]])
def test_from_its_first_line_on_neither_program_makes_a_file_that_others_can_read(
    words: list[str], tmp_path: Path
) -> None:
    child = (
        "import os, sys\nos.umask(0)\nfrom csp_desktop.__main__ import main\n"
        f"sys.argv = ['csp-desktop', *{words}]\n"
        "main()\nprint('umask', oct(os.umask(0)))\n"
    )
    told = subprocess.run([sys.executable, "-c", child], cwd=ROOT, capture_output=True, text=True)
    assert told.stdout.splitlines()[-1] == "umask 0o77", told.stderr


def test_what_this_computer_remembers_is_for_this_user_alone_whoever_could_read_it_before(tmp_path: Path) -> None:
    kept = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    before = Path(QSettings(*kept, "csp-desktop", "csp-desktop").fileName()).parents[1]
    QSettings.setPath(*kept, str(tmp_path))
    try:
        with open_handed():
            for name in ("csp-desktop", "private"):
                file = tmp_path / "csp-desktop" / f"{name}.ini"
                file.parent.mkdir(exist_ok=True)
                file.parent.chmod(0o755)
                file.write_text("[General]\nuser=Hannah Price\n", encoding="utf-8")
                file.chmod(0o644)
                memory = local_memory(name)
                assert (mode(file), mode(file.parent)) == ("0o600", "0o700")
                memory.keep_theme("dark", scale=1.25)
                memory.store.sync()
                assert memory.user() == "Hannah Price" and mode(file) == "0o600"
    finally:
        QSettings.setPath(*kept, str(before))


def writing(tree: ast.Module) -> Iterator[int]:
    """The lines in which a file is opened to be written, or another library is told to write one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in QT_WRITES:
            yield node.lineno
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
        of_os = isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "os"
        said = [ast.unparse(word) for word in (*node.args, *(k.value for k in node.keywords))]
        if name in WRITES or (name in ("replace", "rename") and of_os):
            yield node.lineno
        elif name == "open" and of_os:
            yield from [node.lineno] * any("O_WRONLY" in word or "O_RDWR" in word or "O_CREAT" in word for word in said)
        elif name in ("open", "fdopen"):
            yield from [node.lineno] * any(map(_is_mode_to_write, said))
        elif name in ("save", "QPdfWriter", "grab") and any(word.startswith("str(") for word in said):
            yield node.lineno


def _is_mode_to_write(word: str) -> bool:
    return word[:1] in "'\"" and len(word) < 7 and bool(set(word) & set("wxa+"))


def test_the_search_for_writing_finds_every_way_of_it() -> None:
    ways = """path.write_bytes(b)
path.write_text(t)
open(path, "w")
open(path, mode="xb")
path.open("wb")
open(path, "r+b")
os.fdopen(handle, "wb")
os.open(path, os.O_WRONLY)
os.replace(a, b)
widget.grab().save(str(path))
QPdfWriter(str(path))
QSaveFile(path)"""
    assert sorted(set(writing(ast.parse(ways)))) == list(range(1, 13))
    reads = 'open(path)\nopen(path, "rb")\nos.fdopen(handle, "rb")\nvaults.open(folder, name)\nrecords.save(row)'
    assert list(writing(ast.parse(reads))) == []


def test_every_file_is_written_by_the_one_helper() -> None:
    found = {
        f"{path.relative_to(PROGRAM)}:{line}"
        for path in PROGRAM.rglob("*.py")
        if "_built" not in path.parts and str(path.relative_to(PROGRAM)) not in APART
        for line in writing(ast.parse(path.read_text("utf-8")))
    }
    renamed = {line for line in found if line.startswith("vault/vault_install.py")}  # whole folders, made elsewhere
    assert found - renamed == set()
    assert all((PROGRAM / name).is_file() for name in APART)


class _Scanner:
    """As Windows answers while another program has the file open: so many times, then it lets go."""

    def __init__(self, times: int, code: int) -> None:
        self.times, self.code = times, code
        self.waits: list[float] = []

    def replace(self, source: Path, target: Path) -> None:
        if self.times == 0:
            source.rename(target)
            return
        self.times -= 1
        error = PermissionError(13, "Access is denied")
        error.winerror = self.code  # type: ignore[attr-defined, unused-ignore]
        raise error


@pytest.mark.parametrize(
    ("times", "code", "done"), [(3, 5, True), (6, 32, True), (2, 33, True), (7, 5, False), (1, 3, False)]
)
def test_a_file_held_for_a_moment_by_a_virus_scanner_still_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, code: int, done: bool
) -> None:
    scanner = _Scanner(times, code)
    monkeypatch.setattr(saving, "os", SimpleNamespace(replace=scanner.replace))
    monkeypatch.setattr(saving, "sleep", scanner.waits.append)
    new, old = tmp_path / "new", tmp_path / "old"
    new.write_text("new")
    old.write_text("old")
    if done:
        saving.rename(new, old)
        assert (old.read_text(), new.exists(), len(scanner.waits)) == ("new", False, times)
    else:
        with pytest.raises(PermissionError):
            saving.rename(new, old)
        assert (old.read_text(), new.read_text()) == ("old", "new")
    assert sum(scanner.waits) <= 2.0
