"""A mail that carries papers to one person: plain words, and a subject and file names that tell nothing of a case.

The passphrase of a locked file is never in it: there is no place for one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from csp_desktop.domain.common.days import paper_day


class MailKind(Enum):
    """What a mail brings; the value begins its subject and the names of its files."""

    MINUTES = "papers"
    AGENDA = "agenda"
    ACTIONS = "actions"
    UPDATES = "updates"
    REFERRAL = "referral"


@dataclass(frozen=True)
class Attachment:
    """One file of a mail. The ending of its name says what it is."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """One mail to one person. `sender` is a mail address, or empty: then it is who sends it."""

    name: str
    address: str
    subject: str
    paragraphs: tuple[str, ...]
    at: datetime
    attachments: tuple[Attachment, ...] = ()
    sender: str = ""


@dataclass(frozen=True)
class Sender:
    """Who signs a mail, and for whom."""

    name: str
    partnership: str
    address: str = ""


def subject(kind: MailKind, on: date) -> str:
    """'Papers, Thursday 26 November 2026'"""
    return f"{kind.value.capitalize()}, {paper_day(on)}"


def file_name(kind: MailKind, on: date, copy_number: int, ending: str) -> str:
    """'papers-2026-11-26-copy-02.pdf'"""
    return f"{kind.value}-{on.isoformat()}-copy-{copy_number:02}.{ending}"


def papers_mail(
    kind: MailKind,
    to: tuple[str, str],
    on: date,
    sender: Sender,
    at: datetime,
    attachments: tuple[Attachment, ...] = (),
    *,
    is_locked: bool = False,
    reply_by: date | None = None,
    more: tuple[str, ...] = (),
) -> Mail:
    """The mail with which papers of the meeting of a day go `to` a person (name, address). `is_locked`: the files need
    the person's passphrase; `reply_by`: when an answer is needed; `more`: paragraphs after the first."""
    name, address = to
    words = [f"Dear {name},", _first(kind, on, len(attachments)), *more]
    if reply_by:
        words.append(f"Please reply to this email by {paper_day(reply_by)}.")
    if is_locked and attachments:
        words.append(
            f"{_locked(kind, len(attachments))} locked with your own passphrase. It is never sent by "
            "email. If you do not have it, please telephone us."
        )
    if attachments:
        words.append("Please do not forward or copy them. Delete them when you no longer need them.")
    words.append("If this email is not meant for you, please tell us and delete it.")
    words.append(f"{sender.name}\n{sender.partnership}")
    return Mail(name, address, subject(kind, on), tuple(words), at, attachments, sender.address)


def _locked(kind: MailKind, files: int) -> str:
    if kind is MailKind.AGENDA:  # of these the last minutes alone are
        return "The minutes of the last meeting are"
    return "The file is" if files == 1 else "The files are"


def _first(kind: MailKind, on: date, files: int) -> str:
    day = paper_day(on)
    match kind:
        case MailKind.MINUTES:
            return f"The minutes of the meeting of {day} are attached."
        case MailKind.AGENDA:
            return f"The agenda and papers for the meeting of {day} are attached."
        case MailKind.ACTIONS:
            return f"Your actions after the meeting of {day} are attached."
        case MailKind.UPDATES:
            attached = " They are attached." if files else ""
            return f"You have open actions for the meeting of {day}.{attached} Please tell us what has been done."
        case MailKind.REFERRAL:
            return f"This is about your referral of {day}."
