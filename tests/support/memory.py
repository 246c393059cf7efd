"""What stands in the memory of a running process, as root sees it: every region that can be read, its files too."""

from collections.abc import Iterator, Sequence

CHUNK = 1 << 24
_KERNEL = ("[vvar]", "[vvar_vclock]", "[vsyscall]")


def words_in_memory(pid: int, words: Sequence[str]) -> set[str]:
    """Which of the words stand anywhere in it, in UTF-8, UTF-16 or UTF-32 (as Python and Qt keep them). The first
    letter is left out, so that a name folded for a search is found too."""
    patterns = [(word, word[1:].encode(coding)) for word in words for coding in ("utf-8", "utf-16-le", "utf-32-le")]
    longest = max(len(pattern) for _, pattern in patterns)
    found: set[str] = set()
    for chunk in _chunks(pid, longest):
        found |= {word for word, pattern in patterns if word not in found and pattern in chunk}
    return found


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
