"""Who may hear a person: the sentences of the terms of reference, and no way around them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.domain.private.admission import Bar, Ground, InRoom, Sitting, clearance, override

AT = datetime(2026, 11, 26, 15, 46, tzinfo=UTC)
LEAD = InRoom("lead", "Ravi Nair", "New Hope", "m-lead", AgencyKind.SUPPORT, signed=True)
PC = InRoom("pc", "PC Sara Lyle", "Police", "m-pc", AgencyKind.POLICE, signed=True)
COUNCIL = InRoom("council", "Amira Shah", "Council", "m-council", AgencyKind.COUNCIL, signed=True)
WORKER = InRoom("worker", "Joy Okafor", "CMHT", "m-worker", AgencyKind.HEALTH, signed=True)
OTHER = InRoom("other", "Ewa Lukasik", "CGL", "m-other", AgencyKind.SUPPORT, signed=True)
LEADS = frozenset({"m-lead"})
INVOLVED = frozenset({"m-worker"})


def judged(*room, involved=INVOLVED, overrides=()):
    return clearance("kb", room, involved, LEADS, overrides)


def test_only_members_of_the_police_and_council_and_support_workers_directly_involved_are_present():
    clear = judged(LEAD, PC, COUNCIL, WORKER, OTHER)
    assert {one.who.id: one.ground for one in clear.may_hear} == {
        "lead": Ground.LEADS,
        "pc": Ground.POLICE,
        "council": Ground.COUNCIL,
        "worker": Ground.INVOLVED,
    }
    assert [(one.who.id, one.bar) for one in clear.must_leave] == [("other", Bar.NOT_INVOLVED)]
    assert not clear.cleared


def test_a_support_worker_is_admitted_for_their_own_people_only():
    assert judged(LEAD, WORKER).cleared
    assert not judged(LEAD, WORKER, involved=frozenset()).cleared


def test_new_hope_leads_so_without_its_lead_nobody_is_heard():
    assert not judged(PC, COUNCIL).cleared
    assert not judged(InRoom("lead", "Ravi Nair", "New Hope", "m-lead", AgencyKind.SUPPORT, signed=False)).cleared


def test_an_unmatched_person_is_not_cleared_even_if_they_say_they_are_police():
    stranger = InRoom("x", "A Constable", "Police", "", AgencyKind.POLICE, signed=True)
    assert [one.bar for one in judged(LEAD, stranger).must_leave] == [Bar.UNKNOWN]


def test_everybody_signs_the_private_clause_afresh():
    unsigned = InRoom("pc", "PC Sara Lyle", "Police", "m-pc", AgencyKind.POLICE, signed=False)
    assert [one.bar for one in judged(LEAD, unsigned).must_leave] == [Bar.UNSIGNED]


def test_whoever_declared_an_interest_steps_out_for_that_person_alone():
    sister = InRoom("pc", "PC Sara Lyle", "Police", "m-pc", AgencyKind.POLICE, True, frozenset({"kb"}))
    assert [one.bar for one in judged(LEAD, sister).must_leave] == [Bar.INTEREST]
    assert clearance("someone else", [LEAD, sister], INVOLVED, LEADS).cleared


def test_an_involved_worker_outside_is_named_to_be_called_in():
    assert judged(LEAD, PC).to_call_in == ("m-worker",)
    assert judged(LEAD, WORKER).to_call_in == ()


def test_only_new_hopes_lead_overrides_and_says_why_and_it_counts_for_this_person_alone():
    clear = judged(LEAD, OTHER)
    with pytest.raises(NotAllowed):
        override(clear, "m", ["other"], "PC Sara Lyle", False, "knows K.B. well", AT)
    with pytest.raises(Refused, match="why"):
        override(clear, "m", ["other"], "Ravi Nair", True, "  ", AT)
    decided = override(clear, "m", ["other"], "Ravi Nair", True, "knows  K.B. well", AT)
    assert decided.names == ("Ewa Lukasik",)
    assert decided.reason == "knows K.B. well"
    assert judged(LEAD, OTHER, overrides=[decided]).cleared
    assert not clearance("someone else", [LEAD, OTHER], INVOLVED, LEADS, [decided]).cleared


def test_a_signature_is_never_waived():
    unsigned = InRoom("other", "Ewa Lukasik", "CGL", "m-other", AgencyKind.SUPPORT, signed=False)
    with pytest.raises(Refused, match="must sign"):
        override(judged(LEAD, unsigned), "m", ["other"], "Ravi Nair", True, "in a hurry", AT)


def test_after_a_lock_the_session_is_at_the_gate_and_not_at_the_person():
    sitting = Sitting((LEAD, PC), LEADS, {"kb": INVOLVED}).turned_to("kb").opened()
    assert sitting.visible
    back = sitting.locked_now().unlocked()
    assert not back.visible
    assert back.opened().visible


def test_someone_coming_in_covers_the_person_and_their_going_does_not_uncover_them_by_itself():
    sitting = Sitting((LEAD, PC), LEADS, {"kb": INVOLVED}).turned_to("kb").opened()
    covered = sitting.with_room((LEAD, PC, OTHER))
    assert not covered.visible
    assert not covered.with_room((LEAD, PC)).visible
    with pytest.raises(Refused, match="Ewa Lukasik is not recorded as working with this person"):
        covered.opened()


PEOPLE = ("kb", "dw")
ENTRIES = tuple(
    InRoom(f"e{n}", f"Person {n}", "Agency", member, kind, signed, frozenset(interests))
    for n, (member, kind, signed, interests) in enumerate(
        [
            ("m-lead", AgencyKind.SUPPORT, True, ()),
            ("m-lead", AgencyKind.SUPPORT, False, ()),
            ("m-pc", AgencyKind.POLICE, True, ()),
            ("m-pc", AgencyKind.POLICE, True, ("kb",)),
            ("m-worker", AgencyKind.HEALTH, True, ()),
            ("m-other", AgencyKind.HOUSING, True, ()),
            ("", None, True, ()),
            ("m-council", AgencyKind.COUNCIL, False, ()),
        ]
    )
)
rooms = st.lists(st.sampled_from(ENTRIES), unique_by=lambda e: e.id, max_size=6)
histories = st.fixed_dictionaries({p: st.frozensets(st.sampled_from(["m-worker", "m-other"])) for p in PEOPLE})
events = st.lists(
    st.one_of(
        st.tuples(st.just("room"), rooms),
        st.tuples(st.just("turn"), st.sampled_from(PEOPLE)),
        st.tuples(st.just("open"), st.none()),
        st.tuples(st.just("lock"), st.none()),
        st.tuples(st.just("unlock"), st.none()),
        st.tuples(st.just("histories"), histories),
        st.tuples(st.just("override"), st.sampled_from(PEOPLE)),
    ),
    max_size=25,
)


def _happen(sitting: Sitting, what: str, said) -> Sitting:
    if what == "room":
        return sitting.with_room(said)
    if what == "turn":
        return sitting.turned_to(said)
    if what == "lock":
        return sitting.locked_now()
    if what == "unlock":
        return sitting.unlocked()
    if what == "histories":
        return sitting.with_rules(said, sitting.overrides)
    if what == "override":
        clear = clearance(said, sitting.room, sitting.involved.get(said, frozenset()), sitting.leads, sitting.overrides)
        decided = override(clear, "m", [b.who.id for b in clear.must_leave], "lead", True, "why", AT)
        return sitting.with_rules(sitting.involved, (*sitting.overrides, decided))
    return sitting.opened()


@given(events)
def test_no_path_shows_a_person_while_someone_not_cleared_is_present(happening):
    sitting = Sitting(leads=LEADS)
    for what, said in happening:
        before = sitting
        try:
            sitting = _happen(sitting, what, said)
        except Refused:
            sitting = before
        if not sitting.visible:
            continue
        assert not sitting.locked
        assert any(e.member_id in LEADS and e.signed for e in sitting.room)
        allowed = {i for o in sitting.overrides if o.person_id == sitting.person_id for i in o.entry_ids}
        for entry in sitting.room:
            involved = entry.member_id in sitting.involved.get(sitting.person_id, frozenset())
            by_rule = entry.kind in (AgencyKind.POLICE, AgencyKind.COUNCIL) or involved or entry.member_id in LEADS
            known = bool(entry.member_id) and sitting.person_id not in entry.interests
            assert entry.signed
            assert entry.id in allowed or (by_rule and known)
        if what in ("room", "lock", "unlock", "turn", "histories") and not before.visible:
            raise AssertionError("only opening, at the gate, shows a person")


def test_why_somebody_may_or_may_not_hear_has_its_words():
    assert [ground.value for ground in Ground] == [
        "police",
        "council",
        "leads for New Hope",
        "directly involved",
        "New Hope's lead decided",
    ]
    assert [bar.value for bar in Bar] == [
        "has not signed the private session's clause",
        "is not confirmed in the private register",
        "declared an interest",
        "is not recorded as working with this person",
        "is on Teams or telephone, and New Hope's lead has not admitted them",
    ]


def test_nobody_is_shown_while_locked_without_a_person_or_without_a_lead():
    for sitting, words in (
        (Sitting(locked=True, person_id="kb"), "^Unlock first.$"),
        (Sitting(), "^Choose a person first.$"),
        (Sitting(person_id="kb", room=(PC,), leads=LEADS), "^New Hope's lead or deputy is not here. Nobody is"),
        (
            Sitting(person_id="kb", room=(LEAD, OTHER), leads=LEADS),
            "^Ewa Lukasik is not recorded as working with this person and is",
        ),
    ):
        with pytest.raises(Refused, match=words):
            sitting.opened()
    assert Sitting(person_id="kb", room=(LEAD, PC), leads=LEADS).opened().visible


def test_nobody_on_teams_or_telephone_hears_anybody_unless_the_lead_admits_them() -> None:
    away = replace(PC, outside=True)
    assert judged(LEAD, away).must_leave[0].bar is Bar.REMOTE
    assert judged(LEAD, PC).cleared and not judged(LEAD, away).cleared
    assert not judged(replace(LEAD, outside=True)).led
