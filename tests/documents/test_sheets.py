"""The papers of one page: as accessible and archival as the minutes, and no word of any outlives its printing."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest

from csp_desktop.documents.certificate import print_certificate
from csp_desktop.documents.fonts import WEIGHTS, family_font
from csp_desktop.documents.letters import plain
from csp_desktop.documents.minutes import print_minutes
from csp_desktop.documents.recovery_sheet import print_recovery_sheet
from csp_desktop.domain.cases.retention import Disposal
from tests.documents.judges import failures, heard, pages_of
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
    assert "Certificate of erasing, Testford Community Safety Partnership" in page and ERASED.reference in page
    with pikepdf.open(io.BytesIO(file)) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20330104093000+00'00'"


def test_no_word_of_a_paper_is_remembered_once_it_is_printed(sheet: bytes) -> None:
    print_minutes(minutes(cases=1))
    assert plain.cache_info().currsize == 0
    assert all(family_font(weight)._known == {} for weight in WEIGHTS)
