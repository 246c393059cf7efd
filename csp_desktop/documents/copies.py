"""Recipients' copies of one paper: printed once for each set of sections, then only the line that names edition, copy
and recipient is exchanged, perhaps with a cover before it, and each is locked with its own passphrase.
"""

import secrets
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
from reportlab.lib.pagesizes import A4

from csp_desktop.documents import large_print
from csp_desktop.documents.drawing import TaggedCanvas
from csp_desktop.documents.fonts import REGULAR
from csp_desktop.documents.pages import EDITION, draw_edition
from csp_desktop.documents.paper import Paper, alone
from csp_desktop.documents.styles import styles

_NAMED = ", copy "  # before the number of a copy and its recipient
_FORM = f"/FormXob.{EDITION}"
_OWNER_BYTES = 24  # of a passphrase that nobody is told: only with it could the rights be widened
_RIGHTS = pikepdf.Permissions(
    accessibility=True,
    extract=False,
    modify_annotation=False,
    modify_assembly=False,
    modify_form=False,
    modify_other=False,
    print_highres=True,
    print_lowres=True,
)


def base_of(paper: Paper) -> Paper:
    """The paper as all copies of it are printed: to be locked, and no copy and recipient named at its head or foot."""
    edition, named, rest = paper.edition.partition(_NAMED)
    opening = tuple(replace(words, text=words.text.replace(f"{named}{rest}", "")) for words in paper.opening if named)
    return replace(paper, edition=edition, opening=opening or paper.opening, to_be_locked=True)


def copy_of(base: bytes, edition: str, *, cover: bytes = b"", passphrase: str = "", is_large: bool = False) -> bytes:
    """The base with another line of edition, copy and recipient at the foot of every page. `cover`: a paper of its own
    that comes first. With a passphrase it is locked by AES-256: it may be printed and read by assistive technology;
    base and cover must then be papers to be locked. Without one the same copy has the same bytes."""
    with pikepdf.open(BytesIO(base)) as pdf, pikepdf.open(BytesIO(_line(edition, is_large=is_large))) as line:
        line_form: Any = line.pages[0].Resources.XObject[_FORM]
        form: Any = pdf.pages[0].Resources.XObject[_FORM]
        form.write(line_form.read_bytes())
        form.Resources = pdf.copy_foreign(line.make_indirect(line_form.Resources))
        if cover:
            _bind(pdf, cover)
        return _saved(pdf, passphrase)


def _saved(pdf: pikepdf.Pdf, passphrase: str) -> bytes:
    out, objects = BytesIO(), pikepdf.ObjectStreamMode.generate
    if passphrase:
        lock = pikepdf.Encryption(
            user=passphrase, owner=secrets.token_urlsafe(_OWNER_BYTES), R=6, aes=True, metadata=True, allow=_RIGHTS
        )
        pdf.save(out, encryption=lock, object_stream_mode=objects)
    else:
        pdf.save(out, deterministic_id=True, object_stream_mode=objects)
    return out.getvalue()


def _line(edition: str, *, is_large: bool) -> bytes:
    """A file of nothing but the form of one line, with the letters it needs."""
    with alone() as inks:
        file = BytesIO()
        canvas = TaggedCanvas(file, pagesize=A4, invariant=1, initialFontName=REGULAR)
        canvas.inks = inks
        draw_edition(canvas, edition, styles(large_print.SCALE if is_large else 1.0))
        canvas.doForm(EDITION)
        canvas.showPage()
        canvas.save()
        return file.getvalue()


def _bind(pdf: pikepdf.Pdf, cover: bytes) -> None:
    """The cover's pages before the others, its elements before theirs, its bookmarks before theirs."""
    with pikepdf.open(BytesIO(cover)) as first:
        for number, page in enumerate(first.pages):
            pdf.pages.insert(number, page)
        tree: Any = pdf.Root.StructTreeRoot
        theirs: Any = pdf.copy_foreign(first.Root.StructTreeRoot)
        document, added = tree.K[0], theirs.K[0]
        for element in added.K:
            element.P = document
        document.K = pikepdf.Array([*added.K, *document.K])
        start = int(tree.ParentTreeNextKey)
        numbers = theirs.ParentTree.Nums
        for at in range(0, len(numbers), 2):
            tree.ParentTree.Nums.append(start + int(numbers[at]))
            tree.ParentTree.Nums.append(numbers[at + 1])
        for page in list(pdf.pages)[: len(first.pages)]:
            page.obj.StructParents = start + int(page.obj.StructParents)
        tree.ParentTreeNextKey = start + int(theirs.ParentTreeNextKey)
        title = str(first.docinfo.Title)
    with pdf.open_outline() as outline:
        outline.root.insert(0, pikepdf.OutlineItem(title, 0))
