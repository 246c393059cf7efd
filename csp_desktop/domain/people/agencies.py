"""Agencies and the people they send."""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum


class AgencyKind(Enum):
    """What an agency is; the private meeting's rules of admission depend on it."""

    POLICE = "police"
    COUNCIL = "council"
    HEALTH = "health"
    HOUSING = "housing"
    SUPPORT = "support provider"
    PROBATION = "probation"
    FIRE = "fire"
    EDUCATION = "education"
    BUSINESS = "business"
    OTHER = "other"


_KIND_WORDS = {
    AgencyKind.POLICE: "police constabulary",
    AgencyKind.PROBATION: "probation",
    AgencyKind.FIRE: "fire",
    AgencyKind.HEALTH: "nhs health surgery hospital clinic medical cmht practice ambulance",
    AgencyKind.HOUSING: "homes housing landlord landlords",
    AgencyKind.EDUCATION: "school schools college academy university education",
    AgencyKind.BUSINESS: "traders business businesses bid shop shops centre retail",
    AgencyKind.SUPPORT: "support hope foodbank refuge charity trust aid live shelter",
    AgencyKind.COUNCIL: "council borough county district parish",
}


def likely_kind(name: str) -> AgencyKind | None:
    """What an agency of this name probably is; None where no word of it says so. A person confirms it."""
    words = set(re.findall(r"[a-z]+", name.casefold()))
    return next((kind for kind, known in _KIND_WORDS.items() if words & set(known.split())), None)


class Standing(Enum):
    """Whether a person is on the group's list or comes as a specialist for one meeting."""

    STANDING = "standing"
    OCCASIONAL = "occasional"


class PaperForm(Enum):
    """In what form a person can read a copy that is sent to them."""

    PDF = "PDF"
    LARGE_PRINT = "large-print PDF"
    WORD = "Word file"
    WORD_LARGE_PRINT = "large-print Word file"

    @property
    def is_large(self) -> bool:
        """Whether it is in large print."""
        return self in (PaperForm.LARGE_PRINT, PaperForm.WORD_LARGE_PRINT)

    @property
    def is_word(self) -> bool:
        """Whether it is a Word file, which nothing locks."""
        return self in (PaperForm.WORD, PaperForm.WORD_LARGE_PRINT)

    @property
    def as_pdf(self) -> "PaperForm":
        """The PDF that can be locked, with letters as large."""
        return PaperForm.LARGE_PRINT if self.is_large else PaperForm.PDF

    @property
    def ending(self) -> str:
        """Of the file's name."""
        return "docx" if self.is_word else "pdf"

    @property
    def following(self) -> "PaperForm":
        """The next one, round and round."""
        every = list(PaperForm)
        return every[(every.index(self) + 1) % len(every)]


class IspStatus(Enum):
    """Where a person stands with the information sharing protocol on a given day."""

    CURRENT = "signed"
    EXPIRED = "expired"
    OLD_VERSION = "signed an older version"
    NONE = "not signed"


class AgencyField(StrEnum):
    """What a form asks of an agency; the value is the attribute of `Agency`."""

    NAME = "name"
    SHORT_NAME = "short_name"
    KIND = "kind"


@dataclass(frozen=True)
class Agency:
    """An organisation at the table."""

    id: str
    name: str
    short_name: str
    kind: AgencyKind
    active: bool = True
    secure_mail: bool = False  # their mail is safe on its way: copies need no passphrase


@dataclass(frozen=True)
class Member:
    """A person of an agency. `user_name` is the vault user this person is, or empty."""

    id: str
    name: str
    agency_id: str
    job_title: str
    standing: Standing
    mail: str = ""
    isp_version: str = ""
    isp_signed_on: date | None = None
    roles: tuple[str, ...] = ()
    user_name: str = ""
    active: bool = True
    needs: PaperForm = PaperForm.PDF  # of their copies


def initials(name: str) -> str:
    """The initials people type for a person: 'PS Dan Holt' → 'DH', 'Dr Priya Raman' → 'PR'; no rank or title counts."""
    words = [w for w in name.replace("-", " ").split() if w.rstrip(".") not in TITLES]
    if not words:
        return name[:2].upper()
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


TITLES = frozenset(
    {
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Mx",
        "Dr",
        "Prof",
        "Rev",
        "Cllr",
        "PC",
        "PS",
        "DC",
        "DS",
        "DI",
        "DCI",
        "Insp",
        "Inspector",
        "Sgt",
        "Sergeant",
        "PCSO",
        "CI",
        "Supt",
    }
)


def isp_status(member: Member, today: date, current_version: str, valid_years: int) -> IspStatus:
    """A standing member must be signed up to the current version of the protocol, no longer ago than it is valid."""
    if member.isp_signed_on is None:
        return IspStatus.NONE
    signed = member.isp_signed_on
    day = 28 if (signed.month, signed.day) == (2, 29) else signed.day
    if date(signed.year + valid_years, signed.month, day) < today:
        return IspStatus.EXPIRED
    if current_version and member.isp_version != current_version:
        return IspStatus.OLD_VERSION
    return IspStatus.CURRENT
