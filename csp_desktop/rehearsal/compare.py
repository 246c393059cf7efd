"""What came of the evening, asked of the file itself: the play may not look there, this may."""

from collections.abc import Iterable
from pathlib import Path

from csp_desktop.domain.actions import Action, ActionAnswer, Answer
from csp_desktop.domain.confidentiality import Attendance, Override
from csp_desktop.domain.days import clock
from csp_desktop.domain.meeting import CaseTurn, Meeting, MeetingState, Outcome, TurnState
from csp_desktop.sample import require_sample
from csp_desktop.services.preparing import meetings


def compare(folder: Path, pdf: Path) -> list[str]:
    """Sentences for everything that is not as the script says; none when all is well."""
    with require_sample(folder) as partnership:
        november = meetings(partnership.session)[-1]
        with partnership.work.reading() as records:
            turns = records.find(CaseTurn, meeting_id=november.id)
            actions = records.find(Action, meeting_id=november.id)
            answers = records.find(ActionAnswer, meeting_id=november.id)
            rows = records.find(Attendance, meeting_id=november.id)
            overrides = records.find(Override, meeting_id=november.id)
        sound = partnership.verify()
    walked = [t for t in turns if t.state is TurnState.DONE]
    facts = (
        (november.state is MeetingState.CLOSED, "The meeting is not closed."),
        (len(walked) >= 12, f"Only {len(walked)} cases were walked."),
        ({t.outcome for t in walked} == set(Outcome), "Not all six outcomes were chosen."),
        (all(t.read_back_at for t in walked), "A walked case has no read-back time."),
        (_began(november) == "14:00", f"The walk began at {_began(november)}."),
        (all(100 <= t.seconds <= 300 for t in walked), "A case did not take two to four minutes, or nearly."),
        (len(actions) >= 10, f"Only {len(actions)} actions were agreed."),
        ({a.answer for a in answers} == set(Answer), "Not all four answers were given."),
        (sum(a.signed for a in rows) == 24, f"{sum(a.signed for a in rows)} people signed."),
        (any(a.typed_name for a in rows) and any(a.strokes for a in rows), "Signatures were not both drawn and typed."),
        (any(a.read_at for a in rows), "Nobody heard the clause."),
        (sum(a.apology for a in rows) == 1, "There is not one apology."),
        (any(a.left_at for a in rows), "Nobody left before the end."),
        (len(overrides) == 1, f"{len(overrides)} overrides instead of one."),
        (pdf.is_file() and pdf.read_bytes()[:5] == b"%PDF-", "There are no minutes."),
        (sound["ok"], "The file is not sound."),
    )
    return _wrong(facts)


def _began(meeting: Meeting) -> str:
    return clock(meeting.started_at) if meeting.started_at else "no time"


def _wrong(facts: Iterable[tuple[bool, str]]) -> list[str]:
    return [sentence for right, sentence in facts if not right]
