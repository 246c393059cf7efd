"""Records to rows and back, the same way for every record class."""

import dataclasses
import functools
import typing
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Delete, Select, Table, bindparam, delete, insert, or_, select, update

from csp_desktop.domain.common.errors import NotFound
from csp_desktop.store.columns import Decode, decoder, plain

WORDS = {
    "AgendaItem": "agenda item",
    "CaseTurn": "case's turn",
    "RiskPoint": "risk score",
    "StatusChange": "change of status",
    "ActionAnswer": "answer to an action",
    "ActionListsSent": "sending of the action lists",
    "AgendaTemplate": "agenda template",
    "StandIn": "stand-in",
    "ImportDecision": "answer about an import",
    "Referral": "referral",
    "IncomingReferral": "referral that came in",
    "CaseLink": "link between cases",
    "ProfessionalsMeeting": "call of a professionals' meeting",
    "CasePlan": "plan of a case",
    "PlanStep": "step of a plan",
    "HandedOn": "handing on",
    "MemberDecision": "answer about a list",
    "EarlierMinutes": "minutes kept from before",
    "SenderColumns": "columns of a sender's lists",
    "GlossaryWord": "word of the spelling list",
    "EmergingIssue": "emerging issue",
    "IssueNote": "note on an issue",
    "UpdateRequest": "request for updates",
    "PapersWritten": "papers written",
    "HeldOnPaper": "meeting held on paper",
    "Member": "person",
    "Attendance": "attendance",
    "User": "access to the file",
    "SafeCopy": "copy of the file",
    "SafekeepingRules": "backup settings",
    "FrozenFacts": "record of a meeting",
    "CheckedMinutes": "check of the minutes",
    "MinutesVersion": "version of the minutes",
    "CopyRecord": "copy of the minutes",
    "CopyPassphrase": "passphrase for someone's copies",
    "RightsTable": "table of rights",
    "AgreedMinutes": "agreement of the minutes",
    "AgreedByMail": "agreement by email",
    "ReadMark": "reading of the minutes",
    "SentBack": "sending back of the minutes",
    "SentForChecking": "sending of a draft for checking",
    "RecordDecision": "decision on records",
    "Remark": "comment on the minutes",
}


def kind_word(kind: str) -> str:
    """What people call a record class."""
    return WORDS.get(kind, kind.lower())


@dataclass(frozen=True)
class Shape:
    """What is known of a record class: its fields in the order of its columns, their defaults and how they are read."""

    names: tuple[str, ...]
    defaults: dict[str, Any]
    decoders: dict[str, Decode | None]


_SHAPES: dict[type[Any], Shape] = {}


def shape(kind: type[Any]) -> Shape:
    """The shape of a record class, worked out once."""
    if kind not in _SHAPES:
        fields, hints = dataclasses.fields(kind), typing.get_type_hints(kind)
        _SHAPES[kind] = Shape(
            names=tuple(field.name for field in fields),
            defaults={field.name: field.default for field in fields if field.default is not dataclasses.MISSING},
            decoders={field.name: decoder(hints[field.name]) for field in fields},
        )
    return _SHAPES[kind]


@functools.cache
def _one(table: Table) -> Select[Any]:
    return select(table).where(table.c.id == bindparam("wanted"))


@functools.cache
def _none(table: Table) -> Delete:
    return delete(table).where(table.c.id == bindparam("wanted"))


def load(connection: Connection, kind: type[Any], table: Table, record_id: str) -> Any | None:
    """The record, or None."""
    row = connection.execute(_one(table), {"wanted": record_id}).first()
    return None if row is None else kind(*row)


def missing(kind: type[Any]) -> NotFound:
    """The refusal for a record that is not there."""
    return NotFound(f"This {kind_word(kind.__name__)} is no longer in the file. Someone may have removed it.")


def find(connection: Connection, kind: type[Any], table: Table, equals: dict[str, Any]) -> list[Any]:
    """Records whose fields equal the values given, in order of position, number or id. Raises TypeError for a field
    that they have not."""
    unknown = set(equals) - set(table.c.keys())
    if unknown:
        raise TypeError(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
    asked, given = [], {}
    for name, value in equals.items():
        if isinstance(value, tuple | list):
            some = [part for part in value if part is not None]
            asked.append((name, _Ask.ANY_OR_NONE if len(some) < len(value) else _Ask.ANY))
            given[f"of_{name}"] = _padded(some)
        elif value is None:
            asked.append((name, _Ask.NONE))
        else:
            asked.append((name, _Ask.EQUAL))
            given[f"of_{name}"] = value
    found = [kind(*row) for row in connection.execute(_some(table, tuple(asked)), given).all()]
    found.sort(key=_order(table))  # here and not in SQL: what SQLite sorts in, the cipher's memory has to lock and wipe
    return found


def _padded(some: list[Any]) -> list[Any]:
    """The last one again until there are 1, 2, 4, 8 …: so that SQLite need not compile a question for every number."""
    return some + some[-1:] * ((1 << (len(some) - 1).bit_length()) - len(some)) if some else some


class _Ask(Enum):
    """How one field is asked for."""

    EQUAL = "equal"
    NONE = "empty"
    ANY = "any of"
    ANY_OR_NONE = "any of, or empty"


@functools.cache
def _some(table: Table, asked: tuple[tuple[str, _Ask], ...]) -> Select[Any]:
    """The question, put together once for each way of asking."""
    question = select(table)
    for name, how in asked:
        column = table.c[name]
        any_of = column.in_(bindparam(f"of_{name}", expanding=True, type_=column.type))
        conditions = {
            _Ask.EQUAL: column == bindparam(f"of_{name}", type_=column.type),
            _Ask.NONE: column.is_(None),
            _Ask.ANY: any_of,
            _Ask.ANY_OR_NONE: or_(any_of, column.is_(None)),
        }
        question = question.where(conditions[how])
    return question


@functools.cache
def _order(table: Table) -> Callable[[Any], Any]:
    return attrgetter(*(name for name in ("position", "number", "id") if name in table.c))


def write(connection: Connection, table: Table, before: Any | None, after: Any | None) -> None:
    """Make the row what `after` is: inserted, its changed fields updated, or deleted."""
    if after is None:
        connection.execute(_none(table), {"wanted": before.id})  # type: ignore[union-attr]
    elif before is None:
        connection.execute(insert(table), {name: getattr(after, name) for name in shape(type(after)).names})
    else:
        changes = {name: getattr(after, name) for name in changed_fields(before, after)}
        connection.execute(_changing(table), {"wanted": after.id, **changes})


@functools.cache
def _changing(table: Table) -> Any:
    return update(table).where(table.c.id == bindparam("wanted"))


def changed_fields(before: Any | None, after: Any | None) -> list[str]:
    """The names of the fields that differ; all that are not at their default when one side is missing."""
    if before is None or after is None:
        return list(values(before if after is None else after))
    return [name for name in shape(type(after)).names if getattr(before, name) != getattr(after, name)]


def values(record: Any) -> dict[str, Any]:
    """The record's plain values but those at their default: so a field added by a later version changes no hash."""
    known = shape(type(record))
    held = ((name, getattr(record, name)) for name in known.names)
    return {name: plain(value) for name, value in held if name not in known.defaults or value != known.defaults[name]}


def from_values(kind: type[Any], plain_values: dict[str, Any]) -> Any:
    """The record of its plain values; a field the class no longer has is left out."""
    decoders = shape(kind).decoders
    made = {}
    for name, value in plain_values.items():
        if name in decoders:
            decode = decoders[name]
            made[name] = value if value is None or decode is None else decode(value)
    return kind(**made)
