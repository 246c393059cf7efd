"""The plain bytes of every page of an encrypted file, free ones and gaps included: what a holder of the key could read.

SQLCipher 4: pages of 4096 bytes, AES-256-CBC, at each page's end the IV (16) and an HMAC-SHA512 (64); the first page
begins with 16 bytes of salt in the clear.
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVE, SALT = 4096, 80, 16


def plain_pages(file: Path, key: bytes) -> bytes:
    """All pages, decrypted; nothing is skipped because it is free."""
    raw, plain = file.read_bytes(), []
    for start in range(0, len(raw), PAGE):
        page = raw[start : start + PAGE]
        body = page[SALT if start == 0 else 0 : PAGE - RESERVE]
        iv = page[PAGE - RESERVE : PAGE - RESERVE + 16]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        plain.append(decryptor.update(body) + decryptor.finalize())
    return b"".join(plain)
