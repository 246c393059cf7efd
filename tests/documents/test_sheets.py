"""The papers of one page: as accessible and archival as the minutes, and no word of any outlives its printing."""

import io
import math
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest

from csp_desktop.documents.certificate import print_certificate
from csp_desktop.documents.fonts import WEIGHTS, family_font
from csp_desktop.documents.letters import plain
from csp_desktop.documents.minutes import print_minutes
from csp_desktop.documents.recovery_sheet import print_recovery_sheet
from csp_desktop.documents.sign_in_sheet import print_sign_in_sheet
from csp_desktop.domain.cases.retention import Disposal
from csp_desktop.domain.meeting.sign_in_sheet import SignedLine, SignInSheet
from tests.documents.judges import elements, failures, heard, pages_of
from tests.documents.minutes_models import minutes

GROUPS = ("7K2M-QX4D", "A9BC-3EFH", "JN5P-8RST", "2468-VWXZ", "7K2M-QX4E", "A9BC-3EFJ", "JN5P-8RSU", "2468-VWX2")

ERASED = Disposal(
    "d",
    "SN-2026-000017",
    date(2026, 11, 20),
    date(2032, 11, 20),
    6,
    datetime(2033, 1, 4, 9, 30, tzinfo=UTC),
    "Hannah Price",
    "its years are over",
    (("case", 1), ("risk scores", 4)),
    812,
)


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return print_recovery_sheet("Hannah Price", Path("/home/hannah/Partnership"), GROUPS)


def test_a_recovery_sheet_is_one_page_with_every_group_in_order(sheet: bytes) -> None:
    (page,) = pages_of(sheet)
    assert " ".join(f"{n} {group}" for n, group in enumerate(GROUPS, 1)) in page
    assert "Folder: /home/hannah/Partnership" in page and "Hannah Price" in page


def test_a_recovery_sheet_meets_both_standards_and_is_heard_in_order(sheet: bytes) -> None:
    assert failures(sheet) == []
    told = [words.strip() for words in heard(sheet)]
    assert [words for words in told if words in GROUPS] == list(GROUPS)


def test_a_certificate_meets_both_standards_and_is_dated_by_the_erasing() -> None:
    file = print_certificate(ERASED, "Testford Community Safety Partnership")
    assert failures(file) == []
    (page,) = pages_of(file)
    assert "Certificate of deletion, Testford Community Safety Partnership" in page and ERASED.reference in page
    with pikepdf.open(io.BytesIO(file)) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20330104093000+00'00'"


SIGNATURE = tuple((tuple((n / 20 + part / 3, 0.5 + math.sin(n) / 3) for n in range(7))) for part in range(3))
SIGNED = SignInSheet(
    "Testford Community Safety Partnership",
    "Community Protection Group",
    date(2026, 11, 26),
    "What is said here stays here.\nNobody passes it on.",
    3,
    "0f3a" * 16,
    tuple(
        SignedLine(f"प्रिया शर्मा {n}", "New Hope", datetime(2026, 11, 26, 14, n, tzinfo=UTC), SIGNATURE)
        for n in range(40)
    )
    + (
        SignedLine("Ravi Nair", "New Hope", datetime(2026, 11, 26, 14, 5, tzinfo=UTC), typed="R. Nair"),
        SignedLine("Ruth Coyle", "County Council"),
    ),
    "OFFICIAL-SENSITIVE",
)


@pytest.fixture(scope="module")
def signed() -> bytes:
    return print_sign_in_sheet(SIGNED)


def test_a_sign_in_sheet_has_the_clause_its_version_and_hash_and_everybody_once(signed: bytes) -> None:
    text = " ".join(pages_of(signed))
    assert f"version 3, SHA-256 {'0f3a' * 16}" in text and "What is said here stays here. Nobody passes it on." in text
    assert "Signed by: 41 of 42" in text
    told = [words.strip() for words in heard(signed)]
    assert all(told.count(line.name) == 1 for line in SIGNED.lines)
    assert "R. Nair (typed)" in told


def test_a_drawn_signature_is_told_in_words_where_it_stands_and_every_name_heads_its_row(signed: bytes) -> None:
    assert failures(signed) == []
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        tree = list(elements(pdf.Root.StructTreeRoot.K[0]))
        figures = [e for e in tree if e.S == "/Figure"]
        assert len(figures) == 40
        assert str(figures[7].Alt) == "Signature of प्रिया शर्मा 7, drawn at 14:07"
        left, bottom, right, top = map(float, figures[7].A.BBox)
        assert 0 < left < right < 596 and 0 < bottom < top < 842
        (table,) = [e for e in tree if e.S == "/Table"]
        assert [cell.A.Scope for cell in table.K[0].K] == ["/Column"] * 4
        assert all(row.K[0].S == "/TH" and row.K[0].A.Scope == "/Row" for row in list(table.K)[1:])


def test_a_sheet_that_nobody_signed_has_room_to_sign_by_hand() -> None:
    blank = replace(SIGNED, lines=tuple(SignedLine(line.name, line.agency) for line in SIGNED.lines[:4]))
    file = print_sign_in_sheet(blank, is_large=True)
    assert failures(file) == [] and "Signed by:" not in " ".join(pages_of(file))
    with pikepdf.open(io.BytesIO(file)) as pdf:
        assert not [e for e in elements(pdf.Root.StructTreeRoot.K[0]) if e.S == "/Figure"]


def test_no_word_of_a_paper_is_remembered_once_it_is_printed(sheet: bytes) -> None:
    print_minutes(minutes(cases=1))
    assert plain.cache_info().currsize == 0
    assert all(family_font(weight)._known == {} for weight in WEIGHTS)
