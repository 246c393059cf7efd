"""The key that seals record copies."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from csp_desktop.vault.seal import SealKey, new_seal_key

AT = datetime(2026, 11, 26, tzinfo=UTC)


def test_a_new_key_is_for_signatures_for_ten_years_in_its_owners_name() -> None:
    certificate = x509.load_pem_x509_certificate(new_seal_key("T" * 80, AT).certificate)
    assert certificate.subject == certificate.issuer
    assert certificate.subject.rfc4514_string() == f"CN={'T' * 64}"
    assert certificate.not_valid_before_utc == AT and certificate.not_valid_after_utc.year == 2036
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature and not usage.key_cert_sign


def test_two_keys_are_never_the_same() -> None:
    assert new_seal_key("Testford", AT).key != new_seal_key("Testford", AT).key


def test_a_key_of_another_kind_is_refused() -> None:
    other = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with pytest.raises(ValueError, match="elliptic"):
        SealKey(other, new_seal_key("Testford", AT).certificate).sign(b"words")
