"""A sealed record copy: judged by another maker, still accessible and archival, and no change to it goes unseen."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from csp_desktop.documents.minutes import print_minutes
from csp_desktop.documents.seal import ROOM, SealWords, sealed
from csp_desktop.vault.seal import new_seal_key
from tests.documents.judges import failures, pages_of
from tests.documents.minutes_models import minutes

BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
KEY = new_seal_key("Chair, Testford Community Safety Partnership", BEFORE)
WORDS = SealWords("Hana Price", "Approved minutes, version 1", datetime(2026, 12, 1, 9, 5, tzinfo=UTC))


@pytest.fixture(scope="module")
def record() -> bytes:
    return print_minutes(minutes(cases=2))


@pytest.fixture(scope="module")
def file(record: bytes) -> bytes:
    return sealed(record, WORDS, KEY.sign)


def _status(file: bytes) -> PdfSignatureStatus:
    _, _, certificate = pem.unarmor(KEY.certificate)
    trusted = ValidationContext(trust_roots=[x509.Certificate.load(certificate)], allow_fetching=False)
    (signature,) = PdfFileReader(io.BytesIO(file)).embedded_signatures
    return validate_pdf_signature(signature, trusted)


def test_another_maker_finds_the_seal_whole_and_over_the_whole_file(file: bytes) -> None:
    status = _status(file)
    assert status.intact and status.valid and status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE


def test_a_seal_changes_no_page_and_keeps_both_standards(file: bytes, record: bytes) -> None:
    assert pages_of(file) == pages_of(record)
    assert failures(file) == []


def test_one_byte_changed_breaks_the_seal(file: bytes) -> None:
    changed = bytearray(file)
    changed[changed.index(b"stream", 2000) + 100] ^= 1
    status = _status(bytes(changed))
    assert not status.intact and not status.bottom_line


def test_something_added_after_it_is_seen(file: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(file)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert not _status(out.getvalue()).intact


def test_it_says_who_sealed_it_why_and_when(file: bytes) -> None:
    with pikepdf.open(io.BytesIO(file)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert (str(field.V.Name), str(field.V.Reason)) == ("Hana Price", "Approved minutes, version 1")
        assert str(field.V.M) == "D:20261201090500+00'00'"
        assert str(field.TU) == "Seal: Approved minutes, version 1"


def test_a_signature_too_long_for_its_room_is_refused(record: bytes) -> None:
    with pytest.raises(ValueError, match=f"there is room for {ROOM}"):
        sealed(record, WORDS, lambda words: bytes(ROOM + 1))
