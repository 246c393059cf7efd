"""The sample's private file: New Hope's lead opens it with the same passphrase as the group's, and nobody else does."""

from pathlib import Path

import pytest

from csp_desktop.bootstrap.partnership import Partnership, is_sample, open_partnership
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.domain.private.admission import AdmissionOverride
from csp_desktop.resources import private_sample_data, sample_data
from csp_desktop.sample.clock import private_clock
from csp_desktop.sample.partnership import sample_users
from csp_desktop.services.meeting import agenda as meeting_agenda
from csp_desktop.services.private import agenda, people, register, scoring
from csp_desktop.vault.errors import WrongPassphrase
from csp_desktop.vault.header import VaultKind

PRIVATE = VaultKind.ROUGH_SLEEPING
LEAD = next(user for user in sample_users() if user["role"] == "new-hope-lead")


def opened_privately(folder: Path) -> Partnership:
    return open_partnership(folder, LEAD["name"], LEAD["passphrase"], private_clock, kind=PRIVATE)


def test_new_hopes_lead_has_a_slot_in_each_file_and_the_others_none_in_the_private_one(sample: Path):
    assert sorted(path.name for path in sample.iterdir()) == ["cpg", "rough-sleeping"]
    assert is_sample(sample, PRIVATE)
    with opened_privately(sample) as private:
        assert private.verify()["ok"]
    with open_partnership(sample, LEAD["name"], LEAD["passphrase"], private_clock) as group:
        assert group.session.user_name == LEAD["name"]
    for user in sample_users():
        if user != LEAD:
            with pytest.raises(WrongPassphrase):
                open_partnership(sample, user["name"], user["passphrase"], private_clock, kind=PRIVATE)


def test_october_was_held_with_those_who_may_hear_and_november_has_six_people(sample: Path):
    with opened_privately(sample) as private:
        session = private.session
        held, planned = meeting_agenda.meetings(session)
        assert (held.state, planned.state) == (MeetingState.CLOSED, MeetingState.PLANNED)
        with session.work.reading() as records:
            names = {row.name: row for row in records.find(Attendance, meeting_id=held.id)}
            decided = records.find(AdmissionOverride, meeting_id=held.id)
            actions = records.find(Action, meeting_id=held.id)
        in_register = {row.member.name for row in register.rows(session)}
        assert {name for name, row in names.items() if row.signed} <= in_register
        assert {name for name, row in names.items() if not row.signed} == set(names) - in_register != set()
        assert [one.names for one in decided] == [("Grace Tan",)]
        assert [row.name for row in names.values() if row.interests] == ["PS Dan Holt"]
        assert len(actions) == 8
        assert len(agenda.sub_agenda_of(session, planned.id).picked) == 6


def test_everyone_was_scored_twice_so_that_something_moved(sample: Path):
    with opened_privately(sample) as private:
        lines = people.people(private.session)
        assert [line.person.name for line in lines if line.person.safety_net] == ["Pete Tarrow"]
        assert {line.label.value for line in lines} == {"new", "returning", "long-term", "known"}
        for line in lines:
            marks = people.page(private.session, line.person.id).assessments
            assert scoring.moved(private.session, marks[-2], marks[-1]), line.person.reference


def test_no_name_of_the_private_list_is_also_somebody_at_the_table(sample: Path):
    at_table = {name for said in private_sample_data()["people"] for name in (said["name"], *said["aliases"])}
    with opened_privately(sample) as private:
        assert not at_table & {row.member.name for row in register.rows(private.session)}


def test_every_action_of_the_sample_says_what_was_agreed_and_nothing_more(sample: Path):
    agreed = {
        False: {what for topic in sample_data()["topics"] for what, *_ in topic["actions"]},
        True: {
            what for said in private_sample_data()["people"] if "turn" in said for _, what, _ in said["turn"]["actions"]
        },
    }
    group = open_partnership(sample, LEAD["name"], LEAD["passphrase"], private_clock)
    for private, partnership in ((False, group), (True, opened_privately(sample))):
        with partnership, partnership.session.work.reading() as records:
            words = {action.what for action in records.find(Action)}
        assert words and words <= agreed[private]
