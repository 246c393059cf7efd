"""What a passphrase must withstand, and what is said of one that is too weak. How many guesses it takes is measured by
an estimator behind `Passphrases`, which is told what people of this partnership would try first.
"""

import re
from collections.abc import Iterable, Sequence
from enum import Enum

from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.file.user_fields import NewPassphraseField
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.people.bodies import bodies_of
from csp_desktop.domain.people.settings import AREAS, BODIES, paper_name
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.passphrases import Passphrases
from csp_desktop.services.ports.work import Records

LEAST_GUESSES, MANY_GUESSES = 10**12, 10**16
SHORTEST_WORD = 3  # letters of a name that are worth trying by themselves
TERMS = (
    "Community Safety Partnership",
    "CSP Desktop",
    "Community Protection Group",
    "Responsible Authorities Group",
    "rough sleeping",
    "rough sleepers",
    "anti-social behaviour",
    "antisocial",
    "ASB",
    "CPG",
    "CPN",
    "CPW",
    "ISP",
    "Safety Net",
    "New Hope",
    "Neighbourhood Watch",
    "Vicarage Road",
    "Watford",
    "Hertfordshire",
    "Herts",
    "police",
    "constabulary",
    "council",
    "borough",
    "county",
    "district",
    "town hall",
    "fire and rescue",
    "housing",
    "probation",
    "safeguarding",
    "exploitation",
    "cuckooing",
    "domestic abuse",
    "harassment",
    "closure order",
    "injunction",
    "criminal behaviour order",
    "public spaces protection order",
    "mental health",
    "outreach",
    "case review",
    "meeting",
    "minutes",
    "agenda",
    "private meeting",
    "partnership",
    "community",
    "safety",
    "protection",
    "chair",
    "minute taker",
    "administrator",
    "admin",
    "manager",
    "officer",
    "sergeant",
    "inspector",
    "constable",
    "passphrase",
    "password",
)


class Strength(Enum):
    """How hard a passphrase is to guess; the value is the word shown."""

    TOO_WEAK = "Too easy to guess"
    FAIR = "Fair"
    STRONG = "Strong"


def strength_of(passphrases: Passphrases, passphrase: str, known: Sequence[str] = ()) -> Strength:
    """The word shown while a passphrase is being chosen."""
    guesses = passphrases.estimate(passphrase, known).guesses
    if guesses < LEAST_GUESSES:
        return Strength.TOO_WEAK
    return Strength.FAIR if guesses < MANY_GUESSES else Strength.STRONG


def refuse_passphrase(passphrases: Passphrases, passphrase: str, repeated: str, known: Sequence[str]) -> None:
    """Raise FieldRefused for a passphrase that is too weak, or was not typed the same twice."""
    found = passphrases.estimate(passphrase, known)
    if found.guesses < LEAST_GUESSES:
        raise FieldRefused(
            NewPassphraseField.NEW,
            f"This passphrase is too easy to guess. {found.weakness.value} Use five words unrelated to "
            "you or your work, such as those the program suggests.",
        )
    if passphrase != repeated:
        raise FieldRefused(NewPassphraseField.AGAIN, "The two passphrases differ. Type the same one twice.")


def tried_first(texts: Iterable[str]) -> tuple[str, ...]:
    """Names and terms as somebody would try them: whole, run together, without accents, and word by word."""
    found: dict[str, None] = {}
    for text in (*texts, *TERMS, *AREAS, *(name for name, _ in BODIES)):
        for plain in (" ".join(text.casefold().split()), folded(text)):
            words = re.findall(r"\w+", plain.replace("'", "").replace("’", ""))
            pieces = [word for word in re.findall(r"\w+", plain) if len(word) >= SHORTEST_WORD]
            initials = "".join(word[0] for word in words) if len(words) >= SHORTEST_WORD else ""
            for form in (plain, "".join(words), *words, *pieces, initials):
                if len(form) >= SHORTEST_WORD:
                    found.setdefault(form)
    return tuple(found)


def known_in(records: Records, *further: str) -> tuple[str, ...]:
    """What is tried first where a file is open: everything in its register, and its own names."""
    settings = settings_in(records)
    members = [name for member in records.find(Member) for name in (member.name, member.user_name, member.job_title)]
    agencies = [name for agency in records.find(Agency) for name in (agency.name, agency.short_name)]
    named = (settings.town, settings.partnership, paper_name(settings.town, settings.partnership))
    bodies, areas = [body.name for body in bodies_of(settings)], settings.areas
    return tried_first((*further, *named, *members, *agencies, *bodies, *areas, settings.default_venue))
