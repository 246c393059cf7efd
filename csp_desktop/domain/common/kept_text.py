"""Words kept for one meeting's paper, and what tells them again without holding them."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class KeptText:
    """Kept for the exact words and one meeting's paper. The words stand in their own record alone: here is only what
    tells them again. `case_id` is whom they are about, so that it goes when that is erased."""

    id: str
    meeting_id: str
    case_id: str
    text_sha256: str
    by: str
    at: datetime


def digest_of(meeting_id: str, words: str) -> str:
    """What tells the words again in the papers of one meeting, however they are composed."""
    same = unicodedata.normalize("NFC", words)
    return hashlib.sha256(f"{meeting_id}\n{same}".encode("utf-8", "surrogatepass")).hexdigest()
