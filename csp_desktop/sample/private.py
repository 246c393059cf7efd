"""The sample's private file: apart, so that the window on the group's sample loads nothing of it.

New Hope's register, invented people over months, October's session, November's planned. Made through the services
alone; who was in October's room came over from the group's meeting, as it does at the table.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

from csp_desktop.bootstrap.partnership import Founder, create_partnership
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.private_handover import RoomList
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import Consent, Offer, OfferAnswer, RoughSleeper, Sighting
from csp_desktop.sample.clock import ScriptedClock
from csp_desktop.services.meeting import agenda as meeting_agenda
from csp_desktop.services.people import settings
from csp_desktop.services.private import agenda, circulation, people, register, room, scoring
from csp_desktop.services.private.room import Place
from csp_desktop.services.private.session import PrivateSitting
from csp_desktop.services.private.settings import change_private_settings, send_to
from csp_desktop.services.session import Session
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind

SESSION_HOUR, BY_DAY = time(9, 30), time(16, 0)
PICKED = 6
OUTCOMES = {outcome.rule.word: outcome for outcome in PersonOutcome}


def make_private(
    folder: Path, group: Mapping[str, Any], data: Mapping[str, Any], october: RoomList, clock: ScriptedClock
) -> list[dict[str, str]]:
    """Make `rough-sleeping/` beside the group's file; `group` is the group's script, `data` the private one. Returns
    its meetings."""
    lead = next(u for u in group["users"] if u["role"] == Role.NEW_HOPE_LEAD.value)
    job = next(m for m in group["members"] if m["name"] == lead["name"])
    roles = (Role.NEW_HOPE_LEAD,)
    founder = Founder(lead["name"], job["agency"], AgencyKind.SUPPORT, job["job"], lead["passphrase"], roles)
    days = sorted({day for person in data["people"] for day in map(date.fromisoformat, person["scores"])})
    held = date.fromisoformat(data["october"]["on"])
    clock.on(days[0], SESSION_HOUR)
    partnership, _ = create_partnership(
        folder, [founder], Cost.quick(), clock, with_recovery=False, kind=VaultKind.ROUGH_SLEEPING
    )
    with partnership:
        session = partnership.session
        _register(session, group, data)
        for day in (day for day in days if day < held):
            clock.on(day, BY_DAY)
            _write_down(session, data["people"], day)
        _hold_october(session, clock, data, october)
        for day in (day for day in days if day > held):
            clock.on(day, BY_DAY)
            _write_down(session, data["people"], day)
        _plan_november(session, data)
        return [
            {"date": m.on.isoformat(), "kind": m.kind.value, "state": m.state.value}
            for m in meeting_agenda.meetings(session)
        ]


def _register(session: Session, group: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    """Who may be in the room, the clause confirmed, who gets the minutes."""
    kinds = {a["name"]: AgencyKind(a["kind"]) for a in group["agencies"]}
    for member in group["members"]:
        if member["name"] in data["register"]:
            kind = kinds[member["agency"]]
            register.save_member(session, "", member["name"], member["agency"], kind, job_title=member["job"])
    for member in data["only_here"]:
        kind = AgencyKind(member["kind"])
        register.save_member(session, "", member["name"], member["agency"], kind, job_title=member["job"])
    for row in settings.clauses(session):
        if row.current:
            settings.confirm_clause(session, row.current.id)
    ids = _members(session)
    for name in data["circulation"]:
        send_to(session, ids[name], receives=True)


def _members(session: Session) -> dict[str, str]:
    return {row.member.name: row.member.id for row in register.rows(session)}


def _people(session: Session) -> dict[str, RoughSleeper]:
    return {line.person.name: line.person for line in people.people(session, with_former=True)}


# what is known of the people, as it came in


def _write_down(session: Session, script: Sequence[Mapping[str, Any]], day: date) -> None:
    """Everything that had happened by this day and is not in the file yet."""
    for said in script:
        if date.fromisoformat(said.get("entered", "2026-10-12")) > day:
            continue
        person = _people(session).get(said["name"]) or people.add(session, said["name"], said["aliases"])
        _keep(session, person, said)
        page = people.page(session, person.id)
        _involve(session, person.id, said, {row.member.name for row in page.workers})
        _seen(session, person.id, said, {seen.on for seen in page.sightings})
        _offered(session, person.id, said, {offer.what for offer in page.offers})
        if answers := said["scores"].get(day.isoformat()):
            scoring.assess(session, person.id, answers)


def _keep(session: Session, person: RoughSleeper, said: Mapping[str, Any]) -> None:
    has_come = _come_by(session)
    answer, asked_on, limits = said["consent"]
    asked = bool(asked_on) and has_come(asked_on)
    begging_on = said.get("begging_on", "")
    begs = bool(begging_on) and has_come(begging_on)
    known = replace(
        person,
        headline=said["headline"],
        contact=said["contact"],
        lead_id=_members(session)[said["lead"]],
        needs=tuple(said["needs"]),
        consent=Consent(answer) if asked else Consent.NOT_ASKED,
        consent_on=date.fromisoformat(asked_on) if asked else None,
        consent_limits=limits if asked else "",
        why_not=said["why_not"],
        begging=said["begging"] if begs else "",
        begging_on=date.fromisoformat(begging_on) if begs else None,
        safety_net=said.get("safety_net", ""),
    )
    people.save(session, known)


def _come_by(session: Session) -> Callable[[str], bool]:
    return lambda day: date.fromisoformat(day) <= session.today


def _involve(session: Session, person_id: str, said: Mapping[str, Any], known: set[str]) -> None:
    has_come, ids = _come_by(session), _members(session)
    for name, since, what in said["workers"]:
        if name not in known and has_come(since):
            people.involve(session, person_id, ids[name], date.fromisoformat(since), what)


def _seen(session: Session, person_id: str, said: Mapping[str, Any], known: set[date]) -> None:
    has_come = _come_by(session)
    for nights in said["nights"]:
        for on in nights["on"]:
            if has_come(on) and date.fromisoformat(on) not in known:
                seen = Sighting(
                    "",
                    person_id,
                    date.fromisoformat(on),
                    nights["where"],
                    nights["by"],
                    bedded_down=True,
                    unwell=nights.get("unwell", False),
                    hour=nights.get("hour", ""),
                    note=nights.get("note", ""),
                )
                people.note_sighting(session, seen)


def _offered(session: Session, person_id: str, said: Mapping[str, Any], known: set[str]) -> None:
    has_come = _come_by(session)
    for on, what, by, answer, why in said["offers"]:
        if has_come(on) and what not in known:
            made = Offer("", person_id, date.fromisoformat(on), what, by, OfferAnswer(answer), why=why)
            people.offer(session, made)


# October's session


def _hold_october(session: Session, clock: ScriptedClock, data: Mapping[str, Any], group: RoomList) -> None:
    """Straight after the group's: the room cleared, person by person, the day of the next one fixed."""
    script = data["october"]
    day = date.fromisoformat(script["on"])
    clock.on(day, time.fromisoformat(script["begins"]))
    meeting = _plan(session, script)
    known, turns = _people(session), {said["name"]: said for said in data["people"] if "turn" in said}
    agenda.pick(session, meeting, [known[name].id for name in turns])
    room.receive(session, meeting, group.people)
    _clear_the_room(session, clock, meeting, data)
    sitting = PrivateSitting(session, meeting)
    sitting.begin()
    by_id = {person.id: turns[name] for name, person in known.items() if name in turns}
    with session.work.reading() as records:
        order = [turn.person_id for turn in agenda.turns_of(records, meeting)]
    for person_id in order:
        clock.pass_seconds(25)
        _clear_for(session, sitting, meeting, by_id[person_id], data["override"])
        _speak_of(session, clock, sitting, by_id[person_id])
    sitting.close(next_on=date.fromisoformat(script["next"]))
    clock.on(date.fromisoformat(script["circulated"]), SESSION_HOUR)
    circulation.approve(session, meeting)
    for row in circulation.circulation_of(session, meeting).rows:
        circulation.note_given(session, circulation.copy_for(session, meeting, row.member_id), row.member_id)


def _plan(session: Session, script: Mapping[str, Any]) -> str:
    starts, ends = time.fromisoformat(script["starts"]), time.fromisoformat(script["ends"])
    return agenda.plan(session, date.fromisoformat(script["on"]), starts, ends).id


def _clear_the_room(session: Session, clock: ScriptedClock, meeting: str, data: Mapping[str, Any]) -> None:
    """Whoever is nobody's worker goes; the others sign, and the heads are counted."""
    interest = data["interest"]
    for row in room.check(session, meeting).leaving:
        if row.name == data["override"]["name"]:
            room.decide(session, row.id, stays=True)
    check = room.check(session, meeting)
    for row in (*check.staying, *check.leaving):
        clock.pass_seconds(6)
        if row.place in (Place.NOT_KNOWN, Place.MUST_LEAVE):
            room.leave(session, row.id)
        else:
            room.sign(session, row.id, typed_name=row.name)
        if row.name == interest["name"]:
            room.declare_interest(session, row.id, _people(session)[interest["person"]].id)
    room.count_heads(session, meeting, sum(row.present for row in room.check(session, meeting).staying))


def _clear_for(
    session: Session, sitting: PrivateSitting, meeting: str, said: Mapping[str, Any], decision: Mapping[str, Any]
) -> None:
    """Who may not hear this person steps out, who belongs to their history comes in again."""
    wanted = {worker.name for worker in sitting.gate().call_in}
    if said["name"] == decision["person"]:
        wanted.add(decision["name"])
    check = room.check(session, meeting)
    for row in (*check.staying, *check.leaving):
        if not row.present and row.signed_at is not None and row.name in wanted:
            room.come_back(session, row.id)
    for barred in sitting.gate().clearance.must_leave:
        if (barred.who.name, said["name"]) == (decision["name"], decision["person"]):
            sitting.admit([barred.who.id], decision["reason"])
        else:
            room.leave(session, barred.who.id)


def _speak_of(session: Session, clock: ScriptedClock, sitting: PrivateSitting, said: Mapping[str, Any]) -> None:
    turn = said["turn"]
    sitting.open_person()
    clock.pass_seconds(95)
    sitting.keep_typing(turn["note"])
    sitting.end_note()
    for officer, what, due in turn["actions"]:
        sitting.agree(f"{officer}: {what} {due}")
    sitting.choose(OUTCOMES[turn["outcome"]], reason=turn.get("reason"))
    clock.pass_seconds(150)
    sitting.accept()


def _plan_november(session: Session, data: Mapping[str, Any]) -> None:
    """The next one stands planned, with those at the highest risk picked; the winter protocol is on."""
    change_private_settings(
        session, people_on_list=PICKED, winter_protocol=True, winter_protocol_note=data["winter_protocol"]
    )
    _plan(session, data["november"])
