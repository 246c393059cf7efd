"""The private meeting's own settings, and the risk matrices its file keeps."""

from dataclasses import dataclass, replace
from typing import Any

from csp_desktop.domain.cases.risk_matrix import RiskMatrixFile
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.private.settings import PrivateSettings
from csp_desktop.services.private.people import private_settings_in
from csp_desktop.services.private.register import LEADING, RegisterRow, rows_in
from csp_desktop.services.private.scoring import valid_in
from csp_desktop.services.session import Session

LIMITS = {
    "new_within_days": (1, 365, "Somebody counts as new for 1 to 365 days."),
    "returning_after_days": (14, 730, "Somebody returns after 14 to 730 days without a night out."),
    "long_term_months": (2, 12, "Long-term means seen in 2 to 12 of the last twelve months."),
    "person_minutes": (1, 60, "A person takes between 1 and 60 minutes."),
    "people_on_list": (1, 40, "The sub-agenda proposes between 1 and 40 people."),
    "small_count": (2, 20, "Figures below 2 to 20 are given as “fewer than”."),
    "circulate_days": (1, 20, "The minutes go out within 1 to 20 working days."),
    "lock_after_preparing": (1, 30, "While you prepare, the window locks after 1 to 30 minutes."),
    "lock_after_in_session": (1, 60, "While a session runs, the window locks after 1 to 60 minutes."),
}
MOST_NOTE = 240


@dataclass(frozen=True)
class Recipient:
    """One member of the register, and whether they are on the circulation list."""

    row: RegisterRow
    receives: bool


@dataclass(frozen=True)
class KeptMatrix:
    """One matrix the file keeps; `in_force` is the one people are scored with."""

    file: RiskMatrixFile
    in_force: bool


def private_settings(session: Session) -> PrivateSettings:
    """What is in force."""
    with session.work.reading() as records:
        return private_settings_in(records)


def change_private_settings(session: Session, **changes: Any) -> PrivateSettings:
    """Change some of them: each number within its limits, nothing empty that stands on a paper."""
    session.require(*LEADING)
    for name, value in changes.items():
        if name in LIMITS:
            least, most, sentence = LIMITS[name]
            if not least <= value <= most:
                raise Refused(sentence)
    with session.work.step("settings of the private meeting") as records:
        after = replace(private_settings_in(records), **changes)
        if after.returning_after_days <= after.new_within_days:
            raise Refused("“Returning” needs more days than “new”: give a higher number of days away.")
        if not after.marking.strip():
            raise Refused("The handling marking stands on every page of the minutes: it cannot be empty.")
        after = replace(after, needs=tuple(entered(need, "The need") for need in after.needs))
        needs = [need.casefold() for need in after.needs]
        twice = next((need for need in after.needs if needs.count(need.casefold()) > 1), None)
        if twice:
            raise Refused(f"{twice} stands there twice. Give one of them another name, or remove it.")
        if len(after.winter_protocol_note) > MOST_NOTE:
            raise Refused(f"The note is read at a glance: at most {MOST_NOTE} letters.")
        records.save(after)
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


def matrices(session: Session) -> tuple[KeptMatrix, ...]:
    """Every matrix ever loaded, the one in force first."""
    with session.work.reading() as records:
        kept = records.find(RiskMatrixFile)
        force = valid_in(records, session)
    newest = sorted(kept, key=lambda one: (one.loaded_on, one.valid_from, one.version), reverse=True)
    rows = [KeptMatrix(one, force is not None and one.id == force.id) for one in newest]
    return tuple(sorted(rows, key=lambda row: not row.in_force))
