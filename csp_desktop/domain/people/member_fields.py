"""The fields of a person, declared once: the forms are laid out from them, lists of people are read and made by them,
and the journal and the preview of an import call them so.

To ask one thing more of a person: an attribute of `Member`, a row here, and a migration.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, replace
from enum import StrEnum
from typing import Any

from csp_desktop.domain.common.fields import Day, Field, Line, OneOf, Switch
from csp_desktop.domain.people.agencies import Member, Standing

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class MemberField(StrEnum):
    """Those with a rule or a widget of their own."""

    NAME = "name"
    AGENCY = "agency_id"
    JOB_TITLE = "job_title"
    STANDING = "standing"
    MAIL = "mail"
    ISP_VERSION = "isp_version"
    ISP_SIGNED_ON = "isp_signed_on"
    ACTIVE = "active"


@dataclass(frozen=True)
class MailLine(Line):
    """A mail address."""

    def kept(self, value: str) -> str:
        """It must look like one, where it is given. Raises FieldRefused otherwise."""
        mail = super().kept(value)
        if mail and not _MAIL.fullmatch(mail):
            raise self.refuse(f"“{mail}” is not an email address. It should look like name@agency.org.uk.")
        return mail


@dataclass(frozen=True)
class Column:
    """Of a list of people: its heading, what goes in by the template's second sheet, and what other lists call it."""

    heading: str
    guide: str
    also_called: tuple[str, ...]


@dataclass(frozen=True)
class MemberRow:
    """One field, and its column in a list of people."""

    field: Field
    column: Column
    _: KW_ONLY
    word: str  # in the journal, and where an import says what it changes
    in_register: bool = False  # New Hope's lead or deputy changes it in the private register as well

    @property
    def name(self) -> str:
        """The attribute of `Member`."""
        return self.field.name


PERSON, PROTOCOL, LEAVING = "person", "protocol", "leaving"  # the sections of a person's form
ROWS = (
    MemberRow(
        Line(
            MemberField.NAME,
            "&Name",
            section=PERSON,
            subject="The name",
            needed="Give the person's first and last name.",
        ),
        Column("Name", "First and last name, with a rank if one is used. Required.", ("full name", "person", "member")),
        word="name",
        in_register=True,
    ),
    MemberRow(
        Field(MemberField.AGENCY, "A&gency", section=PERSON),
        Column(
            "Agency",
            "The agency's full name. Required. Write the same agency the same way on every row.",
            ("organisation", "organization", "agency name"),
        ),
        word="agency",
        in_register=True,
    ),
    MemberRow(
        Line(MemberField.JOB_TITLE, "&Job title", section=PERSON, subject="The job title"),
        Column("Job title", "What the person does there.", ("role", "title", "job", "position")),
        word="job title",
        in_register=True,
    ),
    MemberRow(
        OneOf(MemberField.STANDING, "Mem&bership", section=PERSON, spoken="Standing or occasional", kind=Standing),
        Column(
            "Standing or occasional",
            f"One of: {', '.join(one.value for one in Standing)}. If empty: standing.",
            ("standing", "standing/occasional", "membership"),
        ),
        word="standing",
    ),
    MemberRow(
        Line(
            MemberField.ISP_VERSION,
            "&Version",
            section=PROTOCOL,
            spoken="Version of the protocol signed",
            subject="The version",
        ),
        Column(
            "ISP version",
            "The version of the information sharing protocol the person signed.",
            ("protocol version", "isp"),
        ),
        word="protocol version",
    ),
    MemberRow(
        Day(MemberField.ISP_SIGNED_ON, "Date si&gned", section=PROTOCOL, spoken="Date the protocol was signed"),
        Column(
            "ISP signed on",
            "The date it was signed, day first, for example 03/03/2026.",
            ("isp date", "isp signed", "protocol signed on", "date isp signed"),
        ),
        word="protocol signed on",
    ),
    MemberRow(
        MailLine(MemberField.MAIL, "&Email", section=PERSON, subject="The email address"),
        Column(
            "Email",
            "The email address, for example name@agency.org.uk.",
            ("mail", "e-mail", "mail address", "email address"),
        ),
        word="mail",
    ),
    MemberRow(
        Switch(MemberField.ACTIVE, "&Has left the group", section=LEAVING),
        Column("Active", "Yes or no; no for someone who has left. If empty: yes.", ("still active", "current")),
        word="active",
    ),
)
BY_NAME = {row.name: row for row in ROWS}
NOT_ASKED = (
    "id",
    "roles",
    "user_name",
    "needs",
)  # changed under Users; the last is on the form, and in no list of people


def section(name: str, *, in_register: bool = False) -> tuple[MemberRow, ...]:
    """The rows of one section of a person's form; `in_register`: of the private register's."""
    return tuple(row for row in ROWS if row.field.section == name and (row.in_register or not in_register))


def kept(member: Member, rows: Iterable[MemberRow] = section(PERSON)) -> Member:
    """The person with every line of text as it is kept. Raises FieldRefused at the first that cannot be."""
    lines = [row.field for row in rows if isinstance(row.field, Line)]
    return with_values(member, {line.name: line.kept(getattr(member, line.name)) for line in lines})


def with_values(member: Member, values: Mapping[str, Any]) -> Member:
    """The person with other values in fields named."""
    return replace(member, **values)
