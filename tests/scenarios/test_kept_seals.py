"""The sealed record copy as the file of each meeting keeps it: read back after the file was closed and opened again,
and judged by two makers that the program does not use.
"""

import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from csp_desktop.bootstrap.partnership import open_partnership
from csp_desktop.domain.minutes.versions import SealKey
from csp_desktop.sample.clock import private_clock, sample_clock
from csp_desktop.services.minutes import versions
from csp_desktop.services.minutes.minutes import meeting_on
from csp_desktop.vault.header import VaultKind
from tests.documents.judges import failures

pytestmark = pytest.mark.xdist_group("verapdf")
OCTOBER = date(2026, 10, 29)
WHOSE = {VaultKind.CPG: "Hannah Price", VaultKind.ROUGH_SLEEPING: "Ravi Nair"}


@dataclass(frozen=True)
class Kept:
    """The bytes kept, the certificate of the file they were kept in, and the PDF the journal knows the SHA-256 of."""

    file: bytes
    certificate: x509.Certificate
    version_sha256: str
    printed: bytes


@pytest.fixture(scope="module", params=list(VaultKind), ids=lambda kind: kind.value)
def kept(
    request: pytest.FixtureRequest,
    sample_made: tuple[Path, dict[str, Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Kept]:
    """October's first version of either meeting. The private one is approved in the sample already."""
    kind, folder = request.param, tmp_path_factory.mktemp("seals") / "partnership"
    shutil.copytree(sample_made[0], folder)
    who = next(u for u in sample_made[1]["users"] if u["name"] == WHOSE[kind])
    clock = sample_clock if kind is VaultKind.CPG else private_clock
    if kind is VaultKind.CPG:
        with open_partnership(folder, who["name"], who["passphrase"], clock, kind=kind) as partnership:
            versions.approve(partnership.session, meeting_on(partnership.session, OCTOBER))
    with open_partnership(folder, who["name"], who["passphrase"], clock, kind=kind) as again:
        session = again.session
        meeting_id = meeting_on(session, OCTOBER)
        with session.work.reading() as records:
            (key,) = records.find(SealKey)
            certificate = json.loads(records.document(key.sha256))["certificate"].encode()
        (version,) = versions.versions(session, meeting_id)
        yield Kept(
            versions.sealed_version(session, meeting_id, 1),
            x509.Certificate.load(pem.unarmor(certificate)[2]),
            version.pdf_sha256,
            versions.printed_version(session, meeting_id, 1),
        )


def pyhanko_says(file: bytes, certificate: x509.Certificate) -> tuple[bool, bool, SignatureCoverageLevel]:
    """Intact, trusted, and how much of the file the seal is over."""
    (signature,) = PdfFileReader(io.BytesIO(file)).embedded_signatures
    trusted = ValidationContext(trust_roots=[certificate], allow_fetching=False)
    status = validate_pdf_signature(signature, trusted)
    assert status.coverage is not None
    return status.intact and status.valid, status.bottom_line, status.coverage


def poppler_says(file: bytes, folder: Path) -> str:
    """What pdfsig prints of it. Nobody vouches for a partnership's certificate, so that is not asked."""
    path = folder / "sealed.pdf"
    path.write_bytes(file)
    done = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False)
    return done.stdout


def changed_bytes(file: bytes) -> Iterator[bytes]:
    """One byte changed at places all over the file: in its head, its pages, behind the seal, and in the signature."""
    start = file.index(b"/Contents <") + len(b"/Contents <")
    signed_with = start + len(file[start : file.index(b">", start)].rstrip(b"0")) - 20
    for at in (10, len(file) // 4, len(file) // 2, 3 * len(file) // 4):
        yield file[:at] + bytes((file[at] ^ 1,)) + file[at + 1 :]
    digit = b"1" if file[signed_with] == ord("0") else b"0"
    yield file[:signed_with] + digit + file[signed_with + 1 :]


def test_pyhanko_finds_the_kept_copy_whole_and_sealed_by_the_key_of_its_file(kept: Kept) -> None:
    assert pyhanko_says(kept.file, kept.certificate) == (True, True, SignatureCoverageLevel.ENTIRE_FILE)


def test_poppler_finds_the_kept_copy_whole_and_all_of_it_signed(kept: Kept, tmp_path: Path) -> None:
    said = poppler_says(kept.file, tmp_path)
    assert "Signature is Valid" in said and "Total document signed" in said and "Not total" not in said
    assert "adbe.pkcs7.detached" in said and "SHA-256" in said


def test_one_byte_changed_anywhere_in_the_kept_copy_is_noticed_by_both(kept: Kept, tmp_path: Path) -> None:
    for number, changed in enumerate(changed_bytes(kept.file)):
        assert not is_whole(changed, kept.certificate), number
        assert "Signature is Valid" not in poppler_says(changed, tmp_path), number


def is_whole(file: bytes, certificate: x509.Certificate) -> bool:
    try:
        return pyhanko_says(file, certificate)[1]
    except (PdfError, SignatureValidationError, ValueError):  # it does not read as a signed file any more
        return False


def test_something_added_behind_the_seal_is_not_taken_for_signed(kept: Kept, tmp_path: Path) -> None:
    longer = kept.file + b"\n% added later\n"
    assert pyhanko_says(longer, kept.certificate)[2] is not SignatureCoverageLevel.ENTIRE_FILE
    assert "Total document signed" not in poppler_says(longer, tmp_path)


def test_the_kept_copy_is_the_paper_the_journal_knows_and_is_accessible_and_archival_with_its_seal(kept: Kept) -> None:
    assert sha256(kept.printed).hexdigest() == kept.version_sha256 != sha256(kept.file).hexdigest()
    assert failures(kept.file) == []
