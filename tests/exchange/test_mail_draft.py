"""Mail drafts, read back as the mail program that opens them does."""

import email
import os
import re
import stat
from dataclasses import replace
from datetime import UTC, date, datetime
from email import policy
from email.header import decode_header, make_header
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.common.mail import Attachment, Mail, MailKind, Sender, file_name, papers_mail, subject
from csp_desktop.exchange.mail_draft import mail_draft
from csp_desktop.saving import save

ON = date(2026, 11, 26)
AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
MARCUS = Sender("Marcus Bell", "Testford Community Safety Partnership", "marcus.bell@testford.example")
PDF = Attachment(file_name(MailKind.MINUTES, ON, 2, "pdf"), bytes(range(256)) * 300)
MAIL = papers_mail(MailKind.MINUTES, ("Siân Ó Briain", "sian@agency.example"), ON, MARCUS, AT, (PDF,), is_locked=True)


def read(mail: Mail):
    return email.message_from_bytes(mail_draft(mail), policy=policy.default)


def test_a_draft_is_not_yet_sent_and_says_from_whom_to_whom_when_and_what() -> None:
    found = read(MAIL)
    assert found["X-Unsent"] == "1"
    assert str(found["From"]) == "marcus.bell@testford.example"
    (to,) = found["To"].addresses
    assert (to.display_name, to.addr_spec) == ("Siân Ó Briain", "sian@agency.example")
    assert found["Date"].datetime == AT
    assert found["Subject"] == "Papers, Thursday 26 November 2026"
    assert [name for name in found if name in ("Cc", "Bcc", "Message-ID")] == []


def test_the_body_is_what_a_council_would_write_and_holds_no_passphrase() -> None:
    body = read(MAIL).get_body().get_content()
    assert body.splitlines() == [
        *("Dear Siân Ó Briain,", ""),
        *("The minutes of the meeting of Thursday 26 November 2026 are attached.", ""),
        "The file is locked with your own passphrase. It is never sent by email. If you do not have it, please "
        "telephone us.",
        "",
        *("Please do not forward or copy them. Delete them when you no longer need them.", ""),
        *("If this email is not meant for you, please tell us and delete it.", ""),
        *("Marcus Bell", "Testford Community Safety Partnership"),
    ]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (MailKind.AGENDA, "The agenda and papers for the meeting of Thursday 26 November 2026 are attached."),
        (MailKind.ACTIONS, "Your actions after the meeting of Thursday 26 November 2026 are attached."),
        (MailKind.UPDATES, "You have open actions for the meeting of Thursday 26 November 2026. They are attached."),
    ],
)
def test_each_kind_of_mail_says_what_it_brings_and_its_subject_names_a_day_alone(kind: MailKind, words: str) -> None:
    made = papers_mail(
        kind, ("Ravi Nair", "ravi@agency.example"), ON, MARCUS, AT, (PDF, PDF), reply_by=date(2026, 11, 20)
    )
    body = read(made).get_body().get_content()
    assert words in body
    assert "Please reply to this email by Friday 20 November 2026." in body
    assert "passphrase" not in body
    assert re.fullmatch(r"(Agenda|Actions|Updates), Thursday 26 November 2026", subject(kind, ON))
    assert re.fullmatch(r"(agenda|actions|updates)-2026-11-26-copy-07\.xlsx", file_name(kind, ON, 7, "xlsx"))


def test_a_request_without_a_file_does_not_speak_of_one() -> None:
    made = papers_mail(MailKind.UPDATES, ("Ravi Nair", "ravi@agency.example"), ON, MARCUS, AT, is_locked=True)
    body = read(made).get_body().get_content()
    assert not [word for word in ("attached", "passphrase", "copy them") if word in body]


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx", "ics"])
def test_an_attached_file_comes_back_byte_for_byte_under_its_name(ending: str) -> None:
    file = Attachment(file_name(MailKind.MINUTES, ON, 3, ending), b"BEGIN\r\n" + os.urandom(3000))
    (found,) = read(replace(MAIL, attachments=(file,))).iter_attachments()
    assert found.get_filename() == f"papers-2026-11-26-copy-03.{ending}"
    assert found.get_payload(decode=True) == file.content
    assert found.get_content_disposition() == "attachment"


def test_lines_end_as_in_mail_and_none_is_too_long_and_all_of_it_is_ascii() -> None:
    long = replace(MAIL, paragraphs=("word " * 900, "Ünïcode " * 40, "x" * 5000))
    raw = mail_draft(long)
    assert b"\n" not in raw.replace(b"\r\n", b"") and b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    raw.decode("ascii")
    assert read(long).get_body().get_content().split()[-1] == "x" * 5000


def test_the_same_mail_gives_the_same_bytes_and_its_parts_are_parted_by_what_none_of_them_can_hold() -> None:
    assert mail_draft(MAIL) == mail_draft(MAIL)
    other = replace(MAIL, attachments=(replace(PDF, content=b"other"),))
    assert read(MAIL).get_boundary() != read(other).get_boundary()
    evil = replace(MAIL, paragraphs=(f"--{read(MAIL).get_boundary()}--",))
    assert len(list(read(evil).iter_attachments())) == 1


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x00", "\u2028", "\x0b"])
@pytest.mark.parametrize("field", ["name", "address", "subject", "sender"])
def test_a_line_break_in_a_header_is_refused_in_a_sentence(field: str, break_: str) -> None:
    evil: dict[str, Any] = {
        "address": f"a@b.example{break_}Bcc: x@y.example",
        "sender": f"a@b.example{break_}Bcc: x@y.example",
    }
    words: Any = evil.get(field, f"Papers{break_}Bcc: x@y.example")
    with pytest.raises(FieldRefused, match=r"^The .*\.$") as refused:
        mail_draft(replace(MAIL, **{field: words}))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("", "missing. Add it under People"),
        ("sian", "not an email address"),
        ("jörg@agency.example", "not allowed"),
        ("a@b.example,c@d.example", "not an email address"),
        ("a@b.example;c@d.example", "not an email address"),
        ("<a@b.example>", "not an email address"),
        ("a b@c.example", "not an email address"),
        ("(note)a@b.example", "not an email address"),
        ("a@b@c.example", "not an email address"),
        ("a..b@c.example", "not an email address"),
    ],
)
def test_an_address_that_is_none_is_refused_with_what_to_do(address: str, says: str) -> None:
    with pytest.raises(FieldRefused, match=says):
        mail_draft(replace(MAIL, address=address))


@pytest.mark.parametrize(
    "name", ["../evil.pdf", "a b.pdf", "paper.exe", "paper", ".pdf", "pa\r\nper.pdf", "é.pdf", "a" * 200 + ".pdf"]
)
def test_an_attached_file_has_a_plain_name(name: str) -> None:
    with pytest.raises(FieldRefused, match="letters, digits and hyphens"):
        mail_draft(replace(MAIL, attachments=(Attachment(name, b"x"),)))


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=("C", "Zl", "Zp", "Zs")) | st.just(" "), max_size=90).map(str.strip))
def test_whatever_a_person_is_called_there_is_one_recipient_and_no_header_more(name: str) -> None:
    mail = replace(MAIL, name=name, attachments=())
    found = read(mail)
    assert len(found["To"].addresses) == 1
    # The parser of `policy.default` parts what was encoded in two pieces; the older one reads it as the standard says.
    plain = email.message_from_bytes(mail_draft(mail), policy=policy.compat32)
    shown, address = parseaddr(plain["To"])
    assert address == "sian@agency.example"
    assert " ".join(str(make_header(decode_header(shown))).split()) == " ".join(name.split())
    assert sorted(found.keys()) == sorted(read(replace(MAIL, attachments=())).keys())


def test_a_draft_is_saved_whole_for_this_user_alone_and_replaces_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "papers-2026-11-26-copy-02.eml"
    path.write_text("old")
    save(path, mail_draft(MAIL))
    assert path.read_bytes() == mail_draft(MAIL)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
