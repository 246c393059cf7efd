"""Values as people type them, folded to the plain one that is meant: widths, digits, dashes, what nobody sees."""

import re
import unicodedata

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ad"), "-")
_REFERENCE = re.compile(r"SN[-/_.\\\s]*(\d{4})[-/_.\\\s]*(\d{1,8})")
_NUMBER = re.compile(r"(\d{1,9})(?:\.0*)?")


def folded_value(text: str) -> str:
    """In plain characters and digits, one space between words, every dash a hyphen; an apostrophe that a spreadsheet
    puts before a text is gone. For references, numbers, days and words of a list, never for names."""
    plain = text.strip()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain.translate(_DASHES))
        plain = "".join(
            str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
            for letter in plain
            if unicodedata.category(letter) not in ("Cf", "Cc") or letter.isspace()
        )
    return " ".join(plain.removeprefix("'").split())


def key_of(text: str) -> str:
    """Letters and digits alone: two words of a list with one key are the same word."""
    return "".join(letter for letter in folded_value(text).casefold() if letter.isalnum())


def whole_number(text: str) -> int | None:
    """'40', '40.0', ' 40 '; None for anything else."""
    found = _NUMBER.fullmatch(folded_value(text))
    return int(found[1]) if found else None


def reference_in(text: str) -> str:
    """'SN-2026-047400' from 'SN/2026/047400', full-width digits or long dashes; empty where it is no reference. A
    number that has lost its zeros keeps its own length."""
    found = _REFERENCE.fullmatch(folded_value(text).upper())
    return f"SN-{found[1]}-{found[2]}" if found else ""
