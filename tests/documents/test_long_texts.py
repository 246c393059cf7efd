"""However much was typed in any place, a paper is printed, ends, and loses nothing."""

import random
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pypdfium2 as pdfium
import pytest

from csp_desktop.documents.action_list import print_action_list
from csp_desktop.documents.minutes import print_minutes
from csp_desktop.documents.private.minutes import print_private_minutes
from csp_desktop.domain.private.minutes_layout import private_actions
from csp_desktop.services.private.minutes import draft_private_minutes
from tests.documents.minutes_models import minutes
from tests.support.private_minutes import held
from tests.support.private_session import private_session

Place = tuple[str | int, ...]


def _places(value: Any, at: Place = ()) -> Iterator[Place]:
    """Where each text of the minutes stands."""
    if isinstance(value, str):
        yield at
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _places(one, (*at, number))
    elif is_dataclass(value):
        for field in fields(value):
            yield from _places(getattr(value, field.name), (*at, field.name))


def _with(value: Any, at: Place, words: str) -> Any:
    if not at:
        return words
    here, rest = at[0], at[1:]
    if isinstance(here, int):
        return (*value[:here], _with(value[here], rest, words), *value[here + 1 :])
    return replace(value, **{here: _with(getattr(value, here), rest, words)})


def _read(file: bytes) -> str:
    with pdfium.PdfDocument(file) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize(
    "words", ["x" * 1900, "wörd " * 380, "ab-" * 633, "line\n" * 380], ids=["one", "words", "hyphens", "lines"]
)
def test_a_heading_longer_than_its_page_goes_on_on_the_next(words: str) -> None:
    paper = minutes(cases=1, attendees=1, actions=1)
    items = (*paper.items[:-2], replace(paper.items[-2], title=f"{words} END"), paper.items[-1])
    file = print_minutes(replace(paper, items=items))
    text = "".join(_read(file).split()).replace("\ufffe", "-")
    assert "END" in text and text.count(words[0]) >= words.count(words[0])
    with pdfium.PdfDocument(file) as document:
        titles = [entry.get_title() for entry in document.get_toc()]
    assert max(map(len, titles)) <= 200 and len([title for title in titles if title.endswith("…")]) == 1


def test_what_stands_at_the_edge_of_every_page_stays_on_the_page() -> None:
    paper = replace(minutes(cases=1), partnership="Partnership " * 40, body="Board " * 60, recipient="Recipient " * 40)
    with pdfium.PdfDocument(print_minutes(paper)) as document:
        page = document[0]
        wide, _ = page.get_size()
        words = page.get_textpage()
        places = [words.get_charbox(n) for n in range(words.count_chars())]
    assert min(left for left, _, _, _ in places) >= 0 and max(right for _, _, right, _ in places) <= wide


def _typed(chance: random.Random) -> str:
    count = int(10 ** (chance.randrange(50, 380) / 100))
    return chance.choice(
        (
            ("wörter " * count)[:count],
            "M" * count,
            ("ab-" * count)[:count],
            ("line\n" * count)[:count],
            ("محمد " * count)[:count],
            ("प्रि" * count)[:count],
            "王" * count,
        )
    )


@pytest.mark.parametrize("seed", range(18))
def test_any_text_in_any_place_is_printed_to_the_end_in_either_size(seed: int) -> None:
    chance = random.Random(seed)
    session = private_session()
    private = draft_private_minutes(session, held(session))
    papers: tuple[tuple[Any, Callable[..., bytes]], ...] = (
        (minutes(cases=1, attendees=2), print_minutes),
        (private, print_private_minutes),
        (private, lambda minutes, **more: print_action_list(private_actions(minutes), **more)),
    )
    value, prints = papers[seed % 3]
    share = chance.choice((0.02, 0.1, 0.4))
    for place in list(_places(value)):
        if chance.random() < share:
            value = _with(value, place, _typed(chance))
    assert prints(value, is_large=seed >= 12).startswith(b"%PDF")


def test_a_cell_that_would_fill_pages_goes_on_in_rows_and_loses_nothing() -> None:
    paper = minutes(cases=1, attendees=2, actions=1)
    words = " ".join(f"word{n}" for n in range(3000))
    longer = replace(paper, attendees=(replace(paper.attendees[0], agency=words), *paper.attendees[1:]))
    text = " ".join(_read(print_minutes(longer)).split())
    assert all(f"word{n}" in text for n in range(3000))
