"""Nothing that is printed is passed over, and each text knows where it stands."""

from dataclasses import replace

from csp_desktop.domain.minutes.layout import as_text, opening, sections, title
from csp_desktop.domain.minutes.paper_parts import Grid, Words, unlabelled
from csp_desktop.domain.minutes.personal_text import find
from csp_desktop.domain.minutes.printable import names_in, texts_of
from tests.documents.minutes_models import action, case, minutes

NAME = "Mrs O’Neill"


def test_every_word_of_every_section_is_among_the_texts() -> None:
    paper = minutes()
    words = {text.words for text in texts_of(paper)}
    printed = {title(paper), *(one.text for one in opening(paper))}
    for section in sections(paper):
        printed.add(section.heading)
        for block in section.blocks:
            printed |= {block.text} if isinstance(block, Words) else {cell for row in block.rows for cell in row}
    printed = {unlabelled(text)[1] for text in printed}  # an action's number is told as its place
    assert printed <= words and as_text(paper).count("\n") < len(texts_of(paper))


def test_a_name_is_found_wherever_it_was_typed() -> None:
    first, line = minutes().cases[0], action(1, "SN-2026-0401")
    other, last = minutes().items[-2:]
    before = minutes().items[:-2]
    places = [
        replace(minutes(), cases=(replace(first, note=f"One line.\n{NAME} called."),)),
        replace(minutes(), cases=(replace(first, dissent=f"{NAME} was not asked."),)),
        replace(minutes(), cases=(replace(first, reason=f"{NAME} moved"),)),
        replace(minutes(), cases=(replace(first, refer_to=f"worker of {NAME}"),)),
        replace(minutes(), cases=(replace(first, initials=NAME),)),
        replace(minutes(), cases=(replace(first, area=f"Help for {NAME}"),)),
        replace(minutes(), actions=(replace(line, what=f"Call {NAME}"),)),
        replace(minutes(), actions=(replace(line, power=f"Notice to {NAME}", kind=action(3, "").kind),)),
        replace(minutes(), answers=(replace(minutes().answers[0], reason=f"{NAME} was away"),)),
        replace(minutes(), answers=(replace(minutes().answers[0], what=f"Visit {NAME}"),)),
        replace(minutes(), uncalled=(replace(minutes().uncalled[0], why=f"deferred: {NAME} is ill"),)),
        replace(minutes(), overrides=(replace(minutes().overrides[0], reason=f"{NAME} waits"),)),
        replace(minutes(), items=(*before, replace(other, title=f"Letter of {NAME}"), last)),
        replace(minutes(), items=(*before, replace(other, note=f"{NAME} wrote"), last)),
        replace(minutes(), closing_note=f"{NAME} waited outside"),
        replace(minutes(), venue=f"House of {NAME}"),
    ]
    for number, paper in enumerate(places):
        marks = find(texts_of(paper), names_in(paper))
        assert any(NAME in hit.text.words for hit in marks), number


def test_officers_and_those_present_are_in_their_place() -> None:
    paper = replace(minutes(), cases=(replace(case(1), dissent="Ravi Nair disagrees."),))
    assert find(texts_of(paper), names_in(paper)) == ()
    spoken = replace(paper, cases=(replace(case(1), note="Ravi Nair said so."),))
    (hit,) = find(texts_of(spoken), names_in(spoken))
    assert (hit.words, hit.text.field, hit.text.section) == ("Ravi Nair", "Discussion", "SN-2026-0401, JK")


def test_tables_are_read_cell_by_cell() -> None:
    cells = sum(len(b.rows) * len(b.headers) for s in sections(minutes()) for b in s.blocks if isinstance(b, Grid))
    assert len(texts_of(minutes())) > cells
