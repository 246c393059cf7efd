"""What stands in the memory of a running process, as root sees it: every region that can be read, its files too."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

CHUNK = 1 << 24
CODINGS = ("utf-8", "utf-16-le", "utf-32-le")  # as Python and Qt keep text
_KERNEL = ("[vvar]", "[vvar_vclock]", "[vsyscall]")


def words_in_memory(pid: int, words: Sequence[str]) -> set[str]:
    """Which of the words stand anywhere in it, in UTF-8, UTF-16 or UTF-32 (as Python and Qt keep them). The first
    letter is left out, so that a name folded for a search is found too."""
    patterns = [(word, word[1:].encode(coding)) for word in words for coding in CODINGS]
    longest = max(len(pattern) for _, pattern in patterns)
    found: set[str] = set()
    for chunk in _chunks(pid, longest):
        found |= {word for word, pattern in patterns if word not in found and pattern in chunk}
    return found


@dataclass(frozen=True)
class Held:
    """What was found: names of secrets, and how often each numbered phrase stands there."""

    secrets: frozenset[str]
    phrases: Mapping[int, int]


def held_in_memory(pid: int, secrets: Mapping[str, Sequence[bytes]], mark: str) -> Held:
    """Which secrets stand in it in any of their forms, and which phrases: those with `mark` and two digits in them."""
    marked = []
    for coding in CODINGS:
        empty = re.escape("\0".encode(coding)[1:])
        marked.append(re.compile(re.escape(mark.encode(coding)) + b"([0-9]" + empty + b"[0-9])"))
    longest = max(len(form) for forms in secrets.values() for form in forms)
    found: set[str] = set()
    phrases: dict[int, int] = {}
    for chunk in _chunks(pid, max(longest, 8 * len(mark))):
        found |= {name for name, forms in secrets.items() if name not in found and any(form in chunk for form in forms)}
        for pattern in marked:
            for place in pattern.finditer(chunk):
                number = int(place[1].replace(b"\0", b""))
                phrases[number] = phrases.get(number, 0) + 1
    return Held(frozenset(found), phrases)


def _chunks(pid: int, overlap: int) -> Iterator[bytes]:
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps:
        regions = [line.split() for line in maps]
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for span, rights, *rest in regions:
            if not rights.startswith("r") or (rest[-1:] and rest[-1] in _KERNEL):
                continue
            start, end = (int(edge, 16) for edge in span.split("-"))
            for at in range(start, end, CHUNK):
                try:
                    memory.seek(at)
                    yield memory.read(min(CHUNK + overlap, end - at))
                except OSError:  # a page of a file that has become shorter, or memory of a device
                    continue
