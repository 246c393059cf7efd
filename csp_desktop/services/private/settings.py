"""The private meeting's own settings, and the risk matrices its file keeps."""

from dataclasses import dataclass, replace
from typing import Any

from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.private.settings import FIELDS, PrivateSettings
from csp_desktop.services.people.settings import save_changes
from csp_desktop.services.private.people import private_settings_in
from csp_desktop.services.private.register import LEADING, RegisterRow, rows_in
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class Recipient:
    """One member of the register, and whether they are on the circulation list."""

    row: RegisterRow
    receives: bool


def private_settings(session: Session) -> PrivateSettings:
    """What is in force."""
    with session.work.reading() as records:
        return private_settings_in(records)


def change_private_settings(session: Session, **changes: Any) -> PrivateSettings:
    """Change some of them. Raises FieldRefused where one cannot be kept, or does not go with the others."""
    words = "settings of the private meeting"
    return save_changes(session, words, private_settings_in, FIELDS, changes, _agreed)


def _agreed(before: PrivateSettings, after: PrivateSettings) -> PrivateSettings:
    """What must hold between fields."""
    newer = after.new_within_days != before.new_within_days
    later = after.returning_after_days != before.returning_after_days
    if (newer or later) and after.returning_after_days <= after.new_within_days:
        raise FieldRefused(
            "new_within_days" if newer else "returning_after_days",
            "“Returning” must be more days than “new”: give a higher number.",
        )
    return after


def recipients(session: Session) -> tuple[Recipient, ...]:
    """The register, and who of it gets the private minutes."""
    with session.work.reading() as records:
        on_list = private_settings_in(records).circulation
        return tuple(Recipient(row, row.member.id in on_list) for row in rows_in(records))


def send_to(session: Session, member_id: str, *, receives: bool) -> None:
    """Put a member of the register on the circulation list, or take them off."""
    session.require(*LEADING)
    with session.work.step("circulation list of the private minutes") as records:
        now = private_settings_in(records)
        others = tuple(one for one in now.circulation if one != member_id)
        records.save(replace(now, circulation=(*others, member_id) if receives else others))


def set_winter_protocol(session: Session, *, on: bool) -> None:
    """The severe weather protocol is a flag someone sets by hand: the forecast is not ours to read."""
    session.require(*LEADING)
    with session.work.step(f"severe weather protocol {'on' if on else 'off'}") as records:
        records.save(replace(private_settings_in(records), winter_protocol=on))
