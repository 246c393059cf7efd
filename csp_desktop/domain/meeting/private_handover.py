"""What may pass between the group's program and the private one, and nothing else: strict lines, one message each.

To the private program: first on which folder it works, which every account of the computer could read on its command
line; then who is in the room, and "hide". Back: once, who left while the room was cleared; then only "hide" and that it
has ended. A line that says anything else is refused whole. Lines are plain ASCII, so that no code page of either side
can change a name.
"""

import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.plain_json import read_json
from csp_desktop.domain.meeting.confidentiality import Remote
from csp_desktop.domain.people.agencies import AgencyKind

LONGEST_LINE = 200_000  # characters


@dataclass(frozen=True)
class Begin:
    """The partnership folder; where a sample's private meeting plays itself, the folder its pictures go to."""

    folder: str
    out: str = ""


@dataclass(frozen=True)
class Handed:
    """Someone here when normal business ended. `origin` stands for the row of the group's attendance list, see
    `token_of`; `here_for` is who sent apologies, for whom they came.
    """

    origin: str
    name: str
    agency: str
    kind: AgencyKind
    remote: Remote | None = None  # on Teams or telephone: not in the room
    here_for: str = ""
    here_for_agency: str = ""


@dataclass(frozen=True)
class RoomList:
    """Everyone signed in and present at a moment, and until when the room is booked."""

    on: date
    ends: time
    people: tuple[Handed, ...]
    at: datetime  # aware UTC: a sample's private afternoon goes on from there


@dataclass(frozen=True)
class Departed:
    """Someone left while the room was cleared."""

    origin: str
    left_at: datetime  # aware UTC


@dataclass(frozen=True)
class Departures:
    """All who left at the crossing; given back once, before the first person."""

    people: tuple[Departed, ...]


@dataclass(frozen=True)
class Hide:
    """F12 in one of the two windows hides the other as well."""


@dataclass(frozen=True)
class Ended:
    """The private program has ended."""


Message = Begin | RoomList | Departures | Hide | Ended


def token_of(meeting_id: str, attendance_id: str) -> str:
    """What goes over in place of the id of a row: the same each time, so that a crossing begun again knows everyone,
    and no id stands in both files.
    """
    return hmac.digest(meeting_id.encode(), b"crossing over " + attendance_id.encode(), "sha256").hex()[:32]


def line_of(message: Message) -> str:
    """One line of JSON in ASCII, without its end."""
    said: dict[str, Any]
    match message:
        case Begin():
            said = {"begin": {"folder": message.folder, "out": message.out}}
        case RoomList():
            people = [_row_of(one) for one in message.people]
            said = {
                "room": {
                    "on": message.on.isoformat(),
                    "ends": message.ends.isoformat(),
                    "people": people,
                    "at": message.at.isoformat(),
                }
            }
        case Departures():
            said = {"departures": [[one.origin, one.left_at.isoformat()] for one in message.people]}
        case Hide():
            said = {"hide": True}
        case Ended():
            said = {"ended": True}
    return json.dumps(said)


def _row_of(one: Handed) -> list[str]:
    remote = one.remote.value if one.remote else ""
    return [one.origin, one.name, one.agency, one.kind.value, remote, one.here_for, one.here_for_agency]


def message_of(line: str | bytes) -> Message:
    """The message of a line as it came. Raises Refused when it is anything but one of the five."""
    try:
        if len(line) > LONGEST_LINE:
            raise ValueError("too long")
        said = read_json(line)
        (kind,) = said
        return _READERS[kind](said[kind])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused("The two windows cannot communicate. Close both and start again.") from error


def _begin(said: Mapping[str, Any]) -> Begin:
    if set(said) != {"folder", "out"}:
        raise ValueError("not a beginning")
    return Begin(_path(said["folder"]), _path(said["out"]))


def _room(said: Mapping[str, Any]) -> RoomList:
    if set(said) != {"on", "ends", "people", "at"}:
        raise ValueError("not a room list")
    people = tuple(
        Handed(_word(o), _word(n), _word(a), AgencyKind(k), Remote(r) if r else None, _word(f), _word(fa))
        for o, n, a, k, r, f, fa in said["people"]
    )
    on, ends = date.fromisoformat(said["on"]), time.fromisoformat(said["ends"])
    return RoomList(on, ends, people, _instant(said["at"]))


def _departures(said: list[list[str]]) -> Departures:
    return Departures(tuple(Departed(_word(origin), _instant(at)) for origin, at in said))


def _instant(said: Any) -> datetime:
    at = datetime.fromisoformat(said)
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return at


def _path(said: Any) -> str:
    """As the operating system spells it: on Linux a folder's name may be no text."""
    if not isinstance(said, str):
        raise ValueError("not a word")
    return said


def _word(said: Any) -> str:
    _path(said).encode()  # half a letter (a lone surrogate) can neither be shown nor kept
    return str(said)


def _true(said: Any) -> None:
    if said is not True:
        raise ValueError("not a plain signal")


def _hide(said: Any) -> Hide:
    _true(said)
    return Hide()


def _ended(said: Any) -> Ended:
    _true(said)
    return Ended()


_READERS: dict[str, Callable[[Any], Message]] = {
    "begin": _begin,
    "room": _room,
    "departures": _departures,
    "hide": _hide,
    "ended": _ended,
}
