"""services.ports.copies.CopyMaker: recipients' copies, the slips with their passphrases, and the seal on the record.

What belongs to other parts of the program, fresh words, keys and folders, is handed in.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from csp_desktop.documents import copies
from csp_desktop.documents.absence import Search
from csp_desktop.documents.action_list import action_list_paper
from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.documents.seal import SealWords, sealed
from csp_desktop.documents.word import print_word
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.minutes.action_list import ActionList
from csp_desktop.domain.minutes.paper_parts import Section, Words
from csp_desktop.services.ports.copies import Slip
from csp_desktop.services.ports.passphrases import Estimate

COVER_PAGE = "Cover page"
SLIP_MARKING = "PRIVATE: ADDRESSEE ONLY"
SLIP_WORDS = (
    "This passphrase opens the papers the partnership sends you. It stays the same until you "
    "ask for a new one. Type it with the spaces, in small letters.",
    (
        "Keep it where nobody else can find it, or learn it and destroy this slip. We never send "
        "it by email and will never ask you for it."
    ),
)


@dataclass(frozen=True)
class RecipientCopies:
    """`paper` sets out the minutes of the file's meetings; `sign` signs some bytes with a key."""

    paper: Callable[[Any], Paper]
    new_words: Callable[[], str]
    warn_of: Callable[[Path], str]
    make_key: Callable[[str, datetime], tuple[bytes, bytes]]  # key and certificate
    sign: Callable[[bytes, bytes, bytes], bytes]  # with key and certificate
    weigh: Callable[[str, Sequence[str]], Estimate]  # a passphrase

    def base(self, minutes: Any, progress: Progress, *, is_large: bool = False) -> bytes:
        """See CopyMaker."""
        return print_paper(copies.base_of(self.paper(minutes)), progress, is_large=is_large)

    def cover(self, listed: ActionList, *, is_large: bool = False) -> bytes:
        """See CopyMaker."""
        paper = replace(action_list_paper(listed), page_word=COVER_PAGE, to_be_locked=True)
        return print_paper(paper, is_large=is_large)

    def named(self, base: bytes, edition: str, cover: bytes, passphrase: str = "", *, is_large: bool = False) -> bytes:
        """See CopyMaker."""
        return copies.copy_of(base, edition, cover=cover, passphrase=passphrase, is_large=is_large)

    def word(self, minutes: Any, own: ActionList | None, *, is_large: bool = False) -> bytes:
        """See CopyMaker."""
        paper = self.paper(minutes)
        first = tuple(replace(section, number="") for section in action_list_paper(own).sections) if own else ()
        return print_word(replace(paper, sections=(*first, *paper.sections)), is_large=is_large)

    def found(self, words: Sequence[str], file: bytes, *, name: str = "", passphrase: str = "") -> frozenset[str]:
        """See CopyMaker."""
        return frozenset(one.words for one in Search(tuple(words)).found_in(file, name=name, passphrase=passphrase))

    def new_passphrase(self) -> str:
        """See CopyMaker."""
        return self.new_words()

    def estimate(self, passphrase: str, known: Sequence[str]) -> Estimate:
        """See CopyMaker."""
        return self.weigh(passphrase, known)

    def slips(self, partnership: str, slips: Sequence[Slip]) -> bytes:
        """See CopyMaker."""
        sections = tuple(
            Section(
                f"slip-{n}",
                "",
                1,
                f"{slip.name}, {slip.agency}" if slip.agency else slip.name,
                (Words(slip.passphrase, "Your passphrase:"), *map(Words, SLIP_WORDS)),
            )
            for n, slip in enumerate(slips, 1)
        )
        head = "Passphrases for papers"
        return print_paper(
            Paper(head, partnership, SLIP_MARKING, head, "Slips", "en-GB", (), sections, contents_from=0), is_large=True
        )

    def folder_warning(self, folder: Path) -> str:
        """See CopyMaker."""
        return self.warn_of(folder)

    def new_seal_key(self, owner: str, at: datetime) -> bytes:
        """See CopyMaker."""
        key, certificate = self.make_key(owner, at)
        return json.dumps({"key": key.decode("ascii"), "certificate": certificate.decode("ascii")}).encode()

    def sealed(self, file: bytes, by: str, reason: str, at: datetime, key: bytes) -> bytes:
        """See CopyMaker."""
        kept = json.loads(key)
        pair = (kept["key"].encode(), kept["certificate"].encode())
        return sealed(file, SealWords(by, reason, at), lambda words: self.sign(words, *pair))
