"""Recipients' copies: each in its recipient's name, locked, and without a word of what is withheld."""

import io
from dataclasses import replace
from functools import cache

import pikepdf
import pypdfium2 as pdfium
import pytest

from csp_desktop.documents.absence import NoProof, Search
from csp_desktop.documents.copies import base_of, copy_of
from csp_desktop.documents.minutes import minutes_paper, print_minutes
from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.domain.minutes.paper_parts import Section, Words
from csp_desktop.domain.minutes.record import Minutes
from tests.documents.judges import elements, failures, heard, pages_of
from tests.documents.minutes_models import minutes

PASSPHRASE = "Łódź horse battery प्रिया"
EDITION = "Approved, version 1, copy 7 for Łukasz प्रिया, New Hope"
SECRET = Search(("Quillfeather", "SN-2026-0403", "शर्मा", "Zephyrine Q."))


def _whole() -> Minutes:
    paper = minutes(cases=4)
    secret = replace(
        paper.cases[2], note="Zephyrine Q. of flat 9, called Quillfeather, told us. शर्मा agrees.", initials="ZQ"
    )
    return replace(paper, cases=(*paper.cases[:2], secret, paper.cases[3]))


def _without() -> Minutes:
    paper = _whole()
    kept = tuple(case for case in paper.cases if case.reference != "SN-2026-0403")
    actions = tuple(action for action in paper.actions if action.about != "SN-2026-0403")
    return replace(paper, cases=kept, actions=actions)


@cache
def _base() -> bytes:
    return print_paper(base_of(minutes_paper(_without())))


@cache
def _full() -> bytes:
    return print_minutes(_whole())


@cache
def _cover() -> bytes:
    section = Section("own", "1", 1, "Your actions", (Words("Call on the landlord by 4 December."),))
    return print_paper(
        replace(
            minutes_paper(_without()),
            title="Your actions",
            opening=(),
            sections=(section,),
            sign_off=None,
            page_word="Cover page",
            to_be_locked=True,
        )
    )


@cache
def _covered() -> bytes:
    return copy_of(_base(), EDITION, cover=_cover())


def test_every_page_names_edition_copy_and_recipient_whatever_their_letters() -> None:
    for page in pages_of(copy_of(_base(), EDITION)):
        assert page.count(EDITION) == 1
        assert "copy 1" not in page
    assert "Edition: Draft 1 Handling: For the named recipient only." in pages_of(_base())[0]


def test_only_that_line_differs_between_two_copies() -> None:
    ours, theirs = (pages_of(copy_of(_base(), words)) for words in (EDITION, "Copy 8"))
    assert [page.replace(EDITION, "Copy 8") for page in ours] == list(theirs)


def test_the_same_copy_has_the_same_bytes_until_it_is_locked() -> None:
    assert copy_of(_base(), EDITION) == copy_of(_base(), EDITION)
    first, second = (copy_of(_base(), EDITION, cover=_cover(), passphrase=PASSPHRASE) for _ in range(2))
    assert first != second and pages_of(first, PASSPHRASE) == pages_of(second, PASSPHRASE) == pages_of(_covered())


@pytest.mark.parametrize("covered", [False, True])
def test_a_copy_is_as_accessible_as_the_paper(covered: bool) -> None:
    assert failures(_covered() if covered else copy_of(_base(), EDITION), "ua1") == []


def test_a_locked_copy_opens_with_its_passphrase_alone_by_the_strongest_lock_there_is() -> None:
    file = copy_of(_base(), EDITION, passphrase=PASSPHRASE)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(file))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(file), password="another")
    with pikepdf.open(io.BytesIO(file), password=PASSPHRASE) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert pdf.allow.accessibility and pdf.allow.print_highres
        assert not (pdf.allow.extract or pdf.allow.modify_other or pdf.allow.modify_annotation)
    assert all(EDITION in page for page in pages_of(file, PASSPHRASE))


def test_a_copy_that_will_be_locked_does_not_claim_to_be_for_archives() -> None:
    with pikepdf.open(io.BytesIO(_base())) as pdf:
        assert b"pdfaid" not in pdf.Root.Metadata.read_bytes()
        assert b"pdfuaid:part>1<" in pdf.Root.Metadata.read_bytes()


def test_large_print_copies_bear_their_line_in_large_print() -> None:
    base = print_paper(base_of(minutes_paper(minutes(cases=1))), is_large=True)
    assert all("Copy 8" in page for page in pages_of(copy_of(base, "Copy 8", is_large=True)))


def test_a_cover_comes_first_on_the_page_and_to_the_ear_and_in_the_bookmarks() -> None:
    file = _covered()
    assert "Call on the landlord" in pages_of(file)[0] and "Cover page 1 of 1" in pages_of(file)[0]
    assert len(pages_of(file)) == len(pages_of(_base())) + 1
    told = [words.strip() for words in heard(file)]
    assert told[0] == "Your actions" and told[3].startswith("Minutes of the")
    with pdfium.PdfDocument(file) as document:
        first, second, *_ = document.get_toc()
        assert (first.get_title(), first.get_dest().get_index()) == ("Your actions", 0)
        assert (second.get_title(), second.get_dest().get_index()) == ("Present", 1)
    with pikepdf.open(io.BytesIO(file)) as pdf:
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums
        keys = [int(parents[n]) for n in range(0, len(parents), 2)]
        assert keys == sorted(set(keys)) and {int(page.StructParents) for page in pdf.pages} <= set(keys)
        document = pdf.Root.StructTreeRoot.K[0]
        assert all(kid.P.objgen == document.objgen for kid in document.K)
        assert [e.S for e in elements(document)][1] == "/H1"


def test_the_full_copy_proves_that_withheld_words_would_be_found() -> None:
    SECRET.prove(_full())
    SECRET.prove(copy_of(_full(), EDITION, passphrase=PASSPHRASE), PASSPHRASE)
    places = {one.place for one in SECRET.found_in(_full())}
    assert places >= {"text", "bookmarks", "strings", "streams"}


def test_a_search_that_could_not_have_found_is_no_proof() -> None:
    with pytest.raises(NoProof, match="1 of the 2"):
        Search(("Quillfeather", "nowhere to be found")).prove(_full())


@pytest.mark.parametrize("covered", [False, True])
def test_nothing_withheld_is_in_a_copy_before_or_after_it_is_locked(covered: bool) -> None:
    cover = _cover() if covered else b""
    assert SECRET.found_in(copy_of(_base(), EDITION, cover=cover), name="minutes copy 7.pdf") == ()
    file = copy_of(_base(), EDITION, cover=cover, passphrase=PASSPHRASE)
    assert SECRET.found_in(file, passphrase=PASSPHRASE) == ()


def test_a_name_of_a_file_is_searched_as_well() -> None:
    (found,) = SECRET.found_in(_base(), name="minutes of quill feather.pdf")
    assert found.place == "name of the file"


def test_words_that_are_only_covered_up_are_found() -> None:
    with pikepdf.open(io.BytesIO(_full())) as pdf:
        for page in pdf.pages:
            page.contents_add(b"q 0 g 0 0 600 850 re f Q")
        out = io.BytesIO()
        pdf.save(out)
    assert {one.words for one in SECRET.found_in(out.getvalue())} == set(SECRET.withheld)


def test_a_file_with_an_earlier_state_beneath_counts_as_holding_all() -> None:
    assert len(SECRET.found_in(_base() + b"\n%%EOF\n")) == len(SECRET.withheld)


@pytest.mark.parametrize("place", ["Title", "Outline", "ActualText", "Alt"])
def test_words_hidden_in_one_place_alone_are_found_there(place: str) -> None:
    with pikepdf.open(io.BytesIO(_base())) as pdf:
        element = next(e for e in elements(pdf.Root.StructTreeRoot.K[0]) if e.S == "/P")
        match place:
            case "Title":
                pdf.docinfo.Title = "Quillfeather"
            case "Outline":
                pdf.Root.Outlines.First.Title = "Quill\u200bfeather"
            case _:
                element[f"/{place}"] = "quill\u00adFEATHER"
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert {one.words for one in SECRET.found_in(out.getvalue())} == {"Quillfeather"}


def test_a_paper_may_be_printed_without_sections() -> None:
    paper = Paper("Note", "Testford", "OFFICIAL", "Note", "Copy 1", "en-GB", (Words("Text."),), ())
    assert failures(print_paper(paper)) == []
