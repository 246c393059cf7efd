"""The partnership's settings and its clause texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from csp_desktop.domain.common.errors import NotFound, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import Clause, ClauseKind
from csp_desktop.domain.people.bodies import changed_bodies
from csp_desktop.domain.people.settings import Settings
from csp_desktop.services.ports import Records
from csp_desktop.services.session import Session

LIMITS = {
    "first_review_days": (1, 90, "The first review falls between 1 and 90 days after a case is created."),
    "risk_drop_months": (1, 12, "The risk is expected to drop within 1 to 12 months."),
    "monitoring_months": (1, 12, "Monitoring lasts 1 to 12 months."),
    "high_review_days": (1, 365, "An assessment holds for 1 to 365 days."),
    "medium_review_days": (1, 365, "An assessment holds for 1 to 365 days."),
    "standard_review_days": (1, 365, "An assessment holds for 1 to 365 days."),
    "circulate_days_before": (1, 28, "Minutes go out between 1 and 28 days before the next meeting."),
    "meeting_every_weeks": (1, 13, "The group meets every 1 to 13 weeks."),
    "case_minutes_most": (1, 60, "The most for one case is between 1 and 60 minutes."),
    "isp_valid_years": (1, 10, "The protocol is valid for 1 to 10 years."),
    "lock_after_minutes": (1, 60, "The program locks after 1 to 60 minutes without a key."),
    "lock_after_minutes_in_meeting": (5, 120, "While a meeting runs, the program locks after 5 to 120 minutes."),
    "retention_years": (1, 30, "Closed cases are kept between 1 and 30 years."),
    "text_size": (100, 200, "The text size is between 100 and 200 per cent."),
}
NAMES = {
    "partnership": "The partnership’s name",
    "town": "The town’s name",
    "bodies": "The body’s name",
    "areas": "The area’s name",
    "area_aliases": "The other name",
    "isp_version": "The version",
    "default_venue": "The venue",
}
THEMES = ("light", "dark")
MOST_ITEM_MINUTES = 180


@dataclass(frozen=True)
class ClauseRow:
    """One kind of clause with all its versions, the newest first."""

    kind: ClauseKind
    versions: tuple[Clause, ...]

    @property
    def current(self) -> Clause | None:
        """The text in force."""
        return self.versions[0] if self.versions else None


def settings_in(records: Records) -> Settings:
    """The settings inside a transaction; the defaults until someone changed them."""
    try:
        return records.get(Settings, "settings")
    except NotFound:
        return Settings()


def settings(session: Session) -> Settings:
    """The partnership's settings."""
    with session.work.reading() as records:
        return settings_in(records)


def change_settings(session: Session, **changes: Any) -> Settings:
    """Change some settings: each number within its limits, the slot's end after its start, every name given."""
    session.require_keeper()
    for name, value in changes.items():
        if name in LIMITS:
            least, most, sentence = LIMITS[name]
            if not least <= value <= most:
                raise Refused(sentence)
    changes = {name: _entered(name, value) for name, value in changes.items()}
    with session.work.step("settings") as records:
        before = settings_in(records)
        if "bodies" in changes:
            _check_bodies(changes["bodies"])
            changes["bodies"] = changed_bodies(before, changes["bodies"])
        after = replace(before, **changes)
        _check(after)
        records.save(after)
    return after


def _check(after: Settings) -> None:
    """What must hold whatever was changed."""
    if after.slot_ends <= after.slot_starts:
        raise Refused("The slot must end after it starts. Give a later end.")
    if not after.partnership.strip() or not after.town.strip():
        raise Refused("The partnership and its town need their names: they stand on every paper.")
    if not after.isp_version.strip():
        raise Refused("The protocol needs a version, so that older signatures can be told apart.")
    if not after.disclosure_purpose.strip() or not after.disclosure_basis.strip():
        raise Refused("Purpose and lawful basis stand on every disclosure line: neither may be empty.")
    if after.theme not in THEMES:
        raise Refused("The look is light or dark.")
    if any(not 0 <= minutes <= MOST_ITEM_MINUTES for _, minutes in after.agenda_minutes):
        raise Refused(f"An item takes between 0 and {MOST_ITEM_MINUTES} minutes.")
    _check_areas(after)


def _entered(name: str, value: Any) -> Any:
    """Names as they are kept, lists of them too."""
    if name not in NAMES:
        return value
    if isinstance(value, str):
        return entered(value, NAMES[name])
    return tuple(_entered(name, part) for part in value)


def _check_bodies(rows: Sequence[tuple[str, ...]]) -> None:
    if not all(row[0].strip() for row in rows):
        raise Refused("Each body needs its name. Remove the row if it is not wanted.")


def _check_areas(after: Settings) -> None:
    if not after.areas or not all(area.strip() for area in after.areas):
        raise Refused("There must be at least one area of work, and each needs a name.")
    known = [area.casefold() for area in after.areas]
    twice = next((area for area in after.areas if known.count(area.casefold()) > 1), None)
    if twice:
        raise Refused(f"{twice} stands there twice. Give one of them another name, or remove it.")
    for other, area in after.area_aliases:
        if not other.strip():
            raise Refused("Give the other name as it stands in the exports, or remove the row.")
        if area not in after.areas:
            raise Refused(f"“{other}” leads to “{area}”, which is no area of work on the list. Change it first.")


def clauses(session: Session) -> list[ClauseRow]:
    """The clause texts of every kind, newest version first."""
    with session.work.reading() as records:
        found = records.find(Clause)
    rows = []
    for kind in ClauseKind:
        versions = sorted((c for c in found if c.kind is kind), key=lambda c: -c.version)
        if versions:
            rows.append(ClauseRow(kind, tuple(versions)))
    return rows


def new_clause_version(session: Session, kind: ClauseKind, text: str) -> Clause:
    """Write a new version of a clause; older signatures keep the text they were given for. The chair confirms it."""
    session.require_keeper()
    text = text.strip()
    if len(text) < 40:
        raise Refused("A clause needs its full wording: this text is too short to bind anyone.")
    with session.work.step(f"new {kind.value} clause") as records:
        versions = records.find(Clause, kind=kind)
        if any(c.text == text and c.version == max(v.version for v in versions) for c in versions):
            raise Refused("This is the wording already in force. Change it first.")
        clause = Clause(new_id(), kind, max((c.version for c in versions), default=0) + 1, text, session.today)
        records.save(clause)
    return clause


def confirm_clause(session: Session, clause_id: str) -> Clause:
    """The chair confirms a wording, in the private file New Hope's lead; until then it is marked illustrative."""
    session.require(Role.NEW_HOPE_LEAD if session.private else Role.CHAIR)
    with session.work.step("confirmation of a clause") as records:
        clause = replace(records.get(Clause, clause_id), confirmed_by=session.user_name, confirmed_at=session.now())
        records.save(clause)
    return clause
