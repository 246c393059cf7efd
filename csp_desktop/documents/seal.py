"""A seal upon the record copy: a signature over every byte of the file, so that no later change goes unseen. The key is
the vault's; who it belongs to is known to the partnership alone, so only its own copy is sealed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

Sign = Callable[[bytes], bytes]  # the detached PKCS#7 signature (DER) of some bytes
ROOM = 4096  # bytes kept for the signature
_HIDDEN_NOT_AND_LOCKED = 132  # printed with the page, and locked
_UNKNOWN = 1_111_111_111  # so wide as any length of a file


@dataclass(frozen=True)
class SealWords:
    """What a reader is shown of the seal."""

    by: str
    reason: str
    at: datetime  # aware


def sealed(file: bytes, words: SealWords, sign: Sign) -> bytes:
    """The file with its seal. It must be the last that is done to it: saving it again breaks the seal. Keep the bytes:
    the same seal is never made twice. Raises ValueError where the signature is longer than the room for it."""
    with_field = bytearray(_with_field(file, words))
    start = with_field.index(b"/Contents <" + b"00" * 20) + len(b"/Contents ")
    end = with_field.index(b">", start) + 1
    span = f"/ByteRange [ 0 {start} {end} {len(with_field) - end}".encode()
    at = with_field.index(b"/ByteRange [")
    close = with_field.index(b"]", at)
    with_field[at:close] = span.ljust(close - at)
    signature = sign(bytes(with_field[:start] + with_field[end:])).hex().encode()
    if len(signature) > end - start - 2:
        raise ValueError(f"The signature has {len(signature) // 2} bytes; there is room for {ROOM}.")
    with_field[start + 1 : start + 1 + len(signature)] = signature
    return bytes(with_field)


def _with_field(file: bytes, words: SealWords) -> bytes:
    """The file with an empty signature in a field that has no place on any page."""
    with pikepdf.open(BytesIO(file)) as pdf:
        signature = pdf.make_indirect(
            Dictionary(
                Type=Name.Sig,
                Filter=Name("/Adobe.PPKLite"),
                SubFilter=Name("/adbe.pkcs7.detached"),
                Name=words.by,
                Reason=words.reason,
                M=f"{words.at.astimezone(UTC):D:%Y%m%d%H%M%S}+00'00'",
                ByteRange=Array([0, _UNKNOWN, _UNKNOWN, _UNKNOWN]),
                Contents=pikepdf.String(b"\x00" * ROOM),
            )
        )
        _add_field(pdf, signature, f"Seal: {words.reason}")
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def _add_field(pdf: pikepdf.Pdf, signature: Any, said: str) -> None:
    """The field, and an element for it: a reader is told of it as of everything else."""
    page = pdf.pages[0].obj
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T="Seal",
            TU=said,
            F=_HIDDEN_NOT_AND_LOCKED,
            Rect=Array([0, 0, 0, 0]),
            V=signature,
            P=page,
        )
    )
    page.Annots = Array([*page.get("/Annots", Array()), field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    tree: Any = pdf.Root.StructTreeRoot
    form = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=tree.K[0], Alt=said))
    form.K = Array([Dictionary(Type=Name.OBJR, Obj=field, Pg=page)])
    tree.K[0].K.append(form)
    field.StructParent = int(tree.ParentTreeNextKey)
    tree.ParentTree.Nums.append(field.StructParent)
    tree.ParentTree.Nums.append(form)
    tree.ParentTreeNextKey = int(field.StructParent) + 1
