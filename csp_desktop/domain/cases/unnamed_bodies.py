"""What goes out to many says that a referral was made, but not to a body whose details go to its panel alone.

Minutes, action lists and requests for updates are read by thirty people; that a case went to the police Prevent team or
to Operation Halo says what is thought of somebody. The page of the case names the body to those who may open it.
"""

import re

from csp_desktop.domain.cases.referrals import BODIES, body_called

WAS_MADE = "A referral was made"
TO_MAKE = "Make the referral that is recorded with the case"
_PANELS = r"prevent(?:\s+(?:team|panel|referral)|\s+and\s+channel)|channel\s+(?:panel|referral)|\bhalo\b|\bcse\b"
_SENT_TO = (
    r"\b(?:refer\w*|hand\w*|send|sent|pass\w*|tell|told|inform\w*)\b[^.;\n]*\b"
    r"(?:to\s+)?(?:the\s+)?(?:police\s+)?"
)
_CAPITAL = re.compile(r"(?<=[a-z] )(?:Prevent|Channel)\b")  # inside a sentence: the body, not the verb
_NAMED = re.compile(
    "|".join(
        (
            *(re.escape(body.rule.name.casefold()) for body in BODIES if body.rule.restricted),
            _PANELS,
            rf"{_SENT_TO}\b(?:prevent|channel)\s*(?:$|[.,;:)\n]|\bteam\b)",
        )
    )
)


def is_unnamed(recipient: str) -> bool:
    """Whether papers for many do not say that this is who a case was referred to."""
    body = body_called(recipient)
    return bool(body is not None and body.rule.restricted) or names_one(recipient)


def names_one(words: str) -> bool:
    """Whether words that were typed name such a body."""
    return bool(_NAMED.search(words.casefold()) or _CAPITAL.search(words))


def minuted(words: str) -> str:
    """Prose as papers for many have it: a sentence that names such a body says only that a referral was made."""
    if not names_one(words):
        return words
    return "\n".join(_line(line) for line in words.split("\n"))


def _line(line: str) -> str:
    sentences = re.split(r"(?<=[.!?])\s+", line)
    return " ".join(dict.fromkeys(f"{WAS_MADE}." if names_one(one) else one for one in sentences))


def to_do(words: str) -> str:
    """What an action says on papers for many."""
    return TO_MAKE if names_one(words) else words
