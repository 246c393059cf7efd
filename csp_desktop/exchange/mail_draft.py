"""A mail as a draft (.eml): opened by a mail program as a message not yet sent; the same mail, the same bytes."""

import hashlib
from typing import TYPE_CHECKING

from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.common.mail import Mail
from csp_desktop.domain.people.member_fields import BY_NAME, MemberField

if TYPE_CHECKING:
    from email.headerregistry import Address

KINDS = {
    "pdf": ("application", "pdf"),
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ics": ("text", "calendar"),
}
_LONGEST_NAME = 120  # letters of a file's name


def mail_draft(mail: Mail) -> bytes:
    """The draft. Raises FieldRefused for an address, a name, a subject or a file's name that no mail can have."""
    from email.message import EmailMessage  # read when a mail is written, not when the program starts
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Date"] = mail.at
    if mail.sender:
        message["From"] = _address("sender", "", mail.sender)
    message["To"] = _address("address", _line("name", mail.name), mail.address)
    message["Subject"] = _line("subject", mail.subject)
    message.set_content("\n\n".join(mail.paragraphs) + "\n", charset="utf-8", cte="quoted-printable")
    for attachment in mail.attachments:
        main, sub = _kind(attachment.name)
        message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)
    if mail.attachments:
        message.set_boundary(_boundary(mail))
    return message.as_bytes()


def _line(field: str, words: str) -> str:
    """Whatever follows a line break in a header is a header of its own to whom it is sent: it is refused."""
    if not words.isprintable():
        raise FieldRefused(field, f"The {field} contains a line break or control character. Type it again on one line.")
    return words


def _address(field: str, name: str, mail: str) -> "Address":
    from email.errors import MessageError
    from email.headerregistry import Address

    whose = f" of {name}" if name else ""
    if not mail:
        raise FieldRefused(field, f"The email address{whose} is missing. Add it under People.")
    if not mail.isprintable() or not mail.isascii():
        raise FieldRefused(
            field,
            f"The email address{whose} contains a character that is not allowed. Correct it under People.",
        )
    try:
        BY_NAME[MemberField.MAIL].field.kept(mail)
        made = Address(name, addr_spec=mail)
    except (ValueError, IndexError, MessageError, FieldRefused):
        made = None
    if made is None or made.addr_spec != mail:
        raise FieldRefused(
            field, f"“{mail}” is not an email address. Correct it under People, for example name@agency.org.uk."
        )
    return made


def _kind(name: str) -> tuple[str, str]:
    """By the ending; a name is short and plain, so that it tells nothing and harms no folder."""
    stem, _, ending = name.rpartition(".")
    plain = stem.replace("-", "").isalnum() and name.isascii() and len(name) <= _LONGEST_NAME
    if not plain or ending not in KINDS:
        raise FieldRefused(
            "attachment",
            "The name of an attached file may contain letters, digits and hyphens, and must end in one "
            f"of: {', '.join(KINDS)}. Choose another name.",
        )
    return KINDS[ending]


def _boundary(mail: Mail) -> str:
    """No line of a part can begin with it: an underscore after an equals sign is in neither of their encodings."""
    whole = hashlib.sha256(repr((mail.name, mail.address, mail.subject, mail.paragraphs)).encode())
    for attachment in mail.attachments:
        whole.update(attachment.content)
    return f"=_{whole.hexdigest()[:32]}"
