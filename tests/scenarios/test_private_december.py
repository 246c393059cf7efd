"""A second month of the private meeting, played by key on the sample's own file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from csp_desktop.domain.common.days import instant
from csp_desktop.domain.meeting.actions import ActionAnswer, Answer
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.private.people import OfferAnswer
from csp_desktop.rehearsal.private import evening
from csp_desktop.services.private.minutes import draft_private_minutes
from tests.scenarios.private_windows import private_sitting

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_in_the_second_month_promises_are_asked_and_offers_and_answers_stand_in_the_minutes(
    sample: Path, tmp_path: Path, passphrase_of: Callable[[str], str]
) -> None:
    lead = {"name": "Ravi Nair", "passphrase": passphrase_of("new-hope-lead")}
    with private_sitting(sample, tmp_path, instant(*evening.DECEMBER)) as begun:
        begun.unlock(lead["name"], lead["passphrase"])
        evening.play_december(begun.hands, lead)
        session = begun.program._session
        assert session is not None
        with session.work.reading() as records:
            held = [one for one in records.find(Meeting, state=MeetingState.CLOSED) if one.on == evening.DECEMBER[0]]
            answers = records.find(ActionAnswer, meeting_id=held[0].id)
        minutes = draft_private_minutes(session, held[0].id)
    assert [one.answer for one in answers] == [Answer.DONE]
    offers = [(one.what, one.answer, one.why) for person in minutes.people for one in person.offers]
    assert (evening.OFFER, OfferAnswer.THINKING, "") in offers
    assert any(one[1:] == (OfferAnswer.DECLINED, evening.DECLINED) for one in offers)
    assert minutes.people[0].answers
