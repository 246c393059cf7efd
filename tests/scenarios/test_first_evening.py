"""A whole first evening: from an empty folder to the PDF of the minutes, by key and mouse in the real windows alone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import keyring
import pypdfium2
import pytest
from keyring.backend import KeyringBackend
from openpyxl import load_workbook
from PySide6.QtWidgets import QLineEdit

from csp_desktop.rehearsal.hands import Hands
from csp_desktop.rehearsal.play import Turn, _case, _close, _item, _save_minutes, choose_person, sign
from csp_desktop.vault import device_secret
from tests.scenarios.windows import sitting

ROOT = Path(__file__).resolve().parents[2]
SAFETY_NET = ROOT / "tests" / "data" / "safety-net"
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
PEOPLE = (
    ("Marcus Bell", "Watford Borough Council", "council", "Minute-taker"),
    ("Ștefan Ionescu", "Watford Borough Council", "council", "ASB officer"),
    ("PC Aisha Rahman", "Hertfordshire Constabulary", "police", "Neighbourhood officer"),
    ("Ewa Łukasik", "Change Grow Live", "health", "Recovery worker"),
    ("Ravi Nair", "New Hope", "support provider", "Outreach lead"),
)
TURNS = (
    Turn("2", "Neighbour heard strangers at the flat again.", ("rn detox place, visit with CGL fri",)),
    Turn(
        "3",
        "Knife seen at the bus stop on Monday.",
        ("ar patrol at school end times mon", "si letter to the school 4 dec"),
    ),
    Turn("6", "Nobody here can speak to it."),
)
NO_EARLIER = "no earlier meeting, so there are no"
ALL_OF_US = ("Hannah Price", *(name for name, *_ in PEOPLE))


class NoKeyring(KeyringBackend):
    """A key store nobody may ask."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("the keyring was read")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("the keyring was written")

    def delete_password(self, service: str, username: str) -> None:
        raise AssertionError("the keyring was changed")


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither the library's choice nor the program's own can be used."""
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    monkeypatch.setattr(device_secret, "ALLOWED", ((__name__, "NoKeyring"),))
    monkeypatch.setattr(device_secret, "trusted_backend", NoKeyring)
    yield
    keyring.set_keyring(before)


def found(hands: Hands, folder: Path, sheet: Path) -> None:
    """First start: who I am, a passphrase of words typed twice, the recovery key saved and two groups typed back."""
    hands.fill("Folder of the partnership", str(folder))
    hands.fill("Your name", "Hannah Price")
    hands.fill("Your role", "Community safety manager")
    hands.fill("Your agency", "Testford Borough Council")
    assert shows(hands, "Name on papers: Testford Community Safety Partnership")
    hands.fill("Name of the partnership", "Safer Streets Partnership")
    hands.click("Continue")
    hands.wait(lambda: hands.look("Repeat the passphrase") is not None, "the passphrase")
    words = next(text for text in hands.texts() if re.fullmatch(r"[a-z]+([ -][a-z]+){3,}", text))
    hands.fill("Passphrase", words)
    hands.fill("Repeat the passphrase", words)
    assert {"Strong", "Fair"} & set(hands.texts())  # the program's own proposal, of chance
    hands.click("Create the file")
    hands.wait(lambda: hands.look("Save as PDF") is not None, "the recovery key")
    key = dict(re.findall(r"(\d)\.\s([\w-]+)", " ".join(hands.texts())))
    assert len(key) == 8
    hands.answer_file_dialog(sheet)
    hands.click("Save as PDF")
    hands.wait(sheet.is_file, "the recovery sheet")
    printed = text_of(sheet)
    assert all(group in printed for group in key.values())
    asked = [re.fullmatch(r"Group (\d) of the recovery key", text) for text in hands.texts()]
    for number in (match[1] for match in asked if match):
        hands.fill(f"Group {number} of the recovery key", key[number].lower())
    hands.click("Open the partnership")
    hands.wait(lambda: hands.on_page("home"), "home")
    sheet.unlink()


def text_of(pdf: Path) -> str:
    """All its words."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def go(hands: Hands, words: str, page: str) -> None:
    """Ctrl+K and the name of a place."""
    hands.key("Ctrl+K")
    hands.write(words)
    hands.key("Return")
    hands.wait(lambda: hands.on_page(page), page)


def shows(hands: Hands, start: str) -> bool:
    """Whether words that begin so can be read."""
    return any(text.startswith(start) for text in hands.texts())


def bring_in_members(hands: Hands, base: Path) -> None:
    """The program's own template, filled in and imported."""
    template, listed = base / "template.xlsx", base / "members.csv"
    go(hands, "People", "people")
    hands.answer_file_dialog(template)
    hands.click("Save an empty template")
    hands.wait(template.is_file, "the template")
    sheet = load_workbook(template).worksheets[0]
    columns = [str(cell.value) for cell in sheet[1]]
    signed = {"ISP version": "1", "ISP signed on": "03/03/2026"}
    about = ("Name", "Agency", "Agency kind", "Job title")
    rows = [dict(zip(about, person, strict=True)) | signed for person in PEOPLE]
    lines = [",".join(columns), *(",".join(row.get(column, "") for column in columns) for row in rows)]
    listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    hands.answer_file_dialog(listed)
    hands.click("Import member list")
    hands.wait(lambda: hands.look("Accept 5 people") is not None, "what the list would change")
    hands.click("Accept 5 people")
    hands.wait(lambda: shows(hands, "List imported"), "the people taken over")


def change_settings(hands: Hands) -> None:
    """The town as the first start kept it, the usual venue, and the chair confirms the text that people sign."""
    go(hands, "Settings", "settings")
    assert {"Testford", "Safer Streets Partnership"} <= {hands.text_of(w) for w in hands.visible(QLineEdit)}
    hands.click_row("Sections of the settings", "Meeting")
    hands.fill("Usual venue", "Committee room, Town Hall")
    hands.key("Tab")
    hands.click_row("Sections of the settings", "Clause")
    assert "Example wording until the chair confirms it." in hands.texts()
    hands.click("Confirm this wording")
    assert "Example wording until the chair confirms it." not in hands.texts()


def bring_in_cases(hands: Hands, file: Path) -> None:
    """An export, previewed and imported."""
    go(hands, "Import", "import_cases")
    hands.answer_file_dialog(file)
    hands.click("Choose a file")
    hands.wait(lambda: any(re.match(r"Import \d+ case", text) for text in hands.texts()), "preview")
    hands.key("Ctrl+Return")
    hands.wait(lambda: shows(hands, "Imported:"), "the import")


def prepare(hands: Hands) -> None:
    """The meeting is planned for today, with its people; room titles are confirmed."""
    go(hands, "Prepare", "prepare")
    hands.fill("Date", "26 nov")
    hands.key("Tab")
    assert "Thu 26 Nov 2026" in [hands.text_of(w) for w in hands.visible(QLineEdit)]
    assert shows(hands, "Nobody else has the role of minute-taker")
    assert "Committee room, Town Hall" in [hands.text_of(w) for w in hands.visible(QLineEdit)]
    hands.click("Plan this meeting")
    hands.wait(lambda: hands.look("Open sign-in") is not None, "the agenda")
    assert "Agenda for Thu 26 Nov" in hands.texts()
    hands.click("Confirm all")


def sign_everybody(hands: Hands) -> None:
    """One after another at the desk, drawing and typing by turns."""
    hands.click("Open sign-in")
    hands.wait(lambda: hands.on_page("sign_in"), "the sign-in desk")
    for number, name in enumerate(ALL_OF_US):
        choose_person(hands, name)
        if hands.look("I have read it out") is not None:
            hands.click("I have read it out")
        sign(hands, name, typed=bool(number % 2))


def walk(hands: Hands) -> None:
    """Apologies, interests, the last minutes, matters arising, three cases, and the rest of the agenda."""
    hands.click("Start the meeting")
    hands.wait(lambda: hands.on_page("live"), "the meeting")
    assert hands.window_headline() == "Apologies"
    _item(hands, "None.")
    hands.wait(lambda: hands.window_headline() == "Declarations of interest", "declarations of interest")
    _item(hands, "")
    hands.wait(lambda: hands.window_headline() == "Minutes of the last meeting", "the minutes of the last meeting")
    assert any("no minutes to agree" in text for text in hands.texts())
    _item(hands, "")
    hands.wait(lambda: hands.window_headline() == "Matters arising", "matters arising")
    assert any(NO_EARLIER in text for text in hands.texts())
    _item(hands, "")
    hands.wait(lambda: hands.window_headline() == "Case 1 of 46", "the first case")
    for turn in TURNS:
        _case(hands, turn, [])
    for title, note in (("Emerging issues", "Canisters at the underpass."), ("Other business", "None.")):
        assert hands.choose_entry(title)
        _item(hands, note)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_first_evening_from_an_empty_folder_to_the_minutes(tmp_path: Path, no_keyring: None) -> None:
    folder, pdf = tmp_path / "partnership", tmp_path / "minutes.pdf"
    with sitting(folder, tmp_path, NOON) as begun:
        hands = begun.hands
        found(hands, folder, tmp_path / "recovery.pdf")
        assert [p.name for p in folder.iterdir()] == ["cpg"]
        assert shows(hands, "Until you add other users you have every role")
        assert "Add the people of your group" in hands.texts()
        bring_in_members(hands, tmp_path)
        change_settings(hands)
        for name in ("cases-2026-10.csv", "cases-2026-11.csv"):
            bring_in_cases(hands, SAFETY_NET / name)
        prepare(hands)
        sign_everybody(hands)
        walk(hands)
        _close(hands)
        _save_minutes(hands, pdf)
    minutes = text_of(pdf)
    assert "Testford Safer Streets Partnership" in minutes and "Watford Community" not in minutes
    assert "No earlier meeting is recorded, so there were no matters arising." in " ".join(minutes.split())
    assert all(name in minutes for name in ALL_OF_US)
    assert all(turn.note in " ".join(minutes.split()) for turn in TURNS)
    assert [p.name for p in folder.iterdir()] == ["cpg"]
