"""The partnership's own key for sealing its record copies. Nobody outside vouches for it: what a seal proves is that a
file is, byte for byte, the one that was sealed by whoever could open the vault."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

YEARS = 10
_LONGEST_NAME = 64  # characters of a common name
_OPTIONS = (pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCapabilities)


@dataclass(frozen=True)
class SealKey:
    """To be kept in the vault and nowhere else."""

    key: bytes  # PKCS#8, PEM, not encrypted: the vault is
    certificate: bytes  # PEM

    def sign(self, words: bytes) -> bytes:
        """The detached PKCS#7 signature, DER. It bears the clock of this computer and differs each time. Raises
        ValueError for a key of another kind than an elliptic curve's."""
        key = serialization.load_pem_private_key(self.key, None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError("A seal is made with a key of an elliptic curve.")
        certificate = x509.load_pem_x509_certificate(self.certificate)
        builder = pkcs7.PKCS7SignatureBuilder().set_data(words).add_signer(certificate, key, hashes.SHA256())
        return builder.sign(serialization.Encoding.DER, _OPTIONS)


def new_seal_key(owner: str, at: datetime) -> SealKey:
    """A key for ten years from `at`, aware, in the owner's name."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, owner[:_LONGEST_NAME])])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(at + timedelta(days=366 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_for_signatures(), critical=True)
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    return SealKey(private, builder.sign(key, hashes.SHA256()).public_bytes(pem))


def _for_signatures() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
