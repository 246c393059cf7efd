"""The sample after its whole rehearsed evening, both files, as a released version leaves them.

python -m tests.support.stored_evening VERSION plays it with this version and keeps it under tests/data/vaults/VERSION:
the vaults, who may open them, and the words of every paper that can be printed from them. What an earlier version made
is never made again.
"""

import dataclasses
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2

from csp_desktop.bootstrap.partnership import Partnership, open_partnership
from csp_desktop.documents.action_list import print_action_list
from csp_desktop.domain.common.days import clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.private.minutes_layout import private_actions
from csp_desktop.rehearsal import evening as rehearsal
from csp_desktop.resources import shipped
from csp_desktop.sample.clock import sample_clock
from csp_desktop.sample.partnership import make_sample, sample_users
from csp_desktop.services.minutes.minutes import draft_minutes, held_meetings
from csp_desktop.services.private.minutes import draft_private_minutes, held_sessions
from csp_desktop.vault.header import VaultKind
from tests.support.stored_vaults import STORED

EVENING, USERS, PAPERS = "evening", "users.json", "papers"
PLACES = {VaultKind.CPG: "cpg", VaultKind.ROUGH_SLEEPING: "rough-sleeping"}
NOT_RECORDED = {"why", "signature", "recipient", "marking", "language", "body", "edition"}  # the program's own words
SHORTEST_FACT = 3  # letters: shorter ones stand on any page


@dataclass(frozen=True)
class KeptPaper:
    """A paper's words page by page, and what of them people had entered: names, notes, actions, times."""

    pages: list[str]
    facts: list[str]

    @property
    def text(self) -> str:
        """All pages in one line, without the lines that head and foot each page."""
        lines = [page.splitlines() for page in self.pages]
        everywhere = set.intersection(*({numberless(line) for line in page} for page in lines)) if lines[1:] else set()
        return " ".join(" ".join(line for page in lines for line in page if numberless(line) not in everywhere).split())

    def says(self, fact: str) -> bool:
        """Whether a fact stands on the paper, be it broken once by the end of a page."""
        words, text = fact.split(), self.text
        if " ".join(words) in text:
            return True
        parts = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
        return any(before in text and after in text for before, after in parts)


def numberless(line: str) -> str:
    """A line without its numbers: 'Page 2 of 9' is the same line on every page."""
    return re.sub(r"\d+", "", line).strip()


def later() -> datetime:
    """After the rehearsal, which goes on until the next meeting: nobody opens the kept file before it was closed."""
    return sample_clock() + timedelta(days=30)


def printed(partnership: Partnership, kind: VaultKind) -> dict[str, KeptPaper]:
    """Every paper of a file's closed meetings, printed by this version."""
    session = partnership.session
    found: dict[str, KeptPaper] = {}
    if kind is VaultKind.CPG:
        for meeting in held_meetings(session):
            minutes = draft_minutes(session, meeting.id)
            found[f"minutes-{meeting.on}"] = read(session.papers.print_minutes(minutes), minutes)
        return found
    prints: dict[str, Callable[..., bytes] | None] = {
        "private-minutes": session.papers.print_private_minutes,
        "private-actions": lambda minutes: print_action_list(private_actions(minutes)),
    }
    for meeting in held_sessions(session):
        private = draft_private_minutes(session, meeting.id)
        for name, prints_it in prints.items():
            assert prints_it is not None
            found[f"{name}-{meeting.on}"] = read(prints_it(private), private)
    return found


def read(pdf: bytes, value: Any) -> KeptPaper:
    """The words of a paper, and the recorded facts among them."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    paper = KeptPaper(pages, [])
    facts = {" ".join(fact.split()) for fact in recorded(value)}
    return KeptPaper(pages, sorted(fact for fact in facts if len(fact) >= SHORTEST_FACT and paper.says(fact)))


def recorded(value: Any) -> Iterator[str]:
    """What stands in a value of the minutes as somebody typed it, and its times of day."""
    if type(value) is str:
        yield value
    elif isinstance(value, datetime):
        yield clock(value)
    elif isinstance(value, tuple):
        for one in value:
            yield from recorded(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in NOT_RECORDED and not field.name.endswith("id"):
                yield from recorded(getattr(value, field.name))


def keep(version: str) -> Path:
    """Play the evening on a new sample and keep what it leaves."""
    place = STORED / version / EVENING
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "partnership"
        make_sample(folder)
        play(folder, Path(work))
        for name in PLACES.values():
            shutil.copytree(folder / name, place / name, ignore=shutil.ignore_patterns("*.lock", "*-wal", "*-shm"))
        users: list[dict[str, Any]] = [
            {**user, "opens": [name for kind, name in PLACES.items() if may_open(folder, kind, user)]}
            for user in sample_users()
        ]
        write(place / USERS, users)
        for kind, name in PLACES.items():
            user = next(user for user in reversed(users) if name in user["opens"])
            with open_partnership(folder, user["name"], user["passphrase"], later, kind=kind) as partnership:
                for paper, kept in printed(partnership, kind).items():
                    write(place / PAPERS / name / f"{paper}.json", dataclasses.asdict(kept))
    return place


def write(file: Path, content: Any) -> None:
    """As JSON, the same on every computer."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def users_of(evening: Path, kind: VaultKind) -> list[dict[str, str]]:
    """Name and passphrase of everyone whom a kept file lets in."""
    users: list[dict[str, Any]] = json.loads((evening / USERS).read_text(encoding="utf-8"))
    return [user for user in users if PLACES[kind] in user["opens"]]


def papers_of(evening: Path, kind: VaultKind) -> dict[str, KeptPaper]:
    """The kept papers of a file, by name."""
    files = sorted((evening / PAPERS / PLACES[kind]).glob("*.json"))
    return {file.stem: KeptPaper(**json.loads(file.read_text(encoding="utf-8"))) for file in files}


def play(folder: Path, work: Path) -> None:
    """The whole evening through the windows, on this very folder."""
    out = work / "pictures"
    out.mkdir()
    papers = work / "cases-2026-11-25.csv"
    papers.write_bytes(shipped("sample", papers.name).read_bytes())
    rehearsal._play(folder, out, papers, out / "minutes.pdf", work / "memory.ini")


def may_open(folder: Path, kind: VaultKind, user: dict[str, str]) -> bool:
    """Whether a user's passphrase opens this file."""
    try:
        open_partnership(folder, user["name"], user["passphrase"], later, kind=kind).close()
    except Refused:
        return False
    return True


if __name__ == "__main__":
    print(keep(sys.argv[1]))
