"""Every text of the sample's papers is looked at, and hardly one is marked that names nobody."""

from pathlib import Path

from csp_desktop.domain.agencies import Agency, Member
from csp_desktop.domain.personal_text import Text, find
from csp_desktop.domain.printed_text import names_in, texts_of
from csp_desktop.rehearsal import walking
from csp_desktop.services.writing_minutes import draft_minutes, held_meetings
from tests.scenarios.in_session import opened

MOST_FALSE = 5


def test_the_sample_evening_bears_at_most_five_false_marks(sample: Path) -> None:
    partnership, _ = opened(sample)
    with partnership:
        session = partnership.session
        with session.work.reading() as records:
            members = [member.name for member in records.find(Member)]
            agencies = [name for agency in records.find(Agency) for name in (agency.name, agency.short_name)]
        minutes = draft_minutes(session, held_meetings(session)[0].id)
    names, texts = names_in(minutes, members, agencies), texts_of(minutes)
    typed = [Text(turn.note, "Discussion") for turn in walking.TURNS]
    typed += [Text(line, "Action", members=True) for turn in walking.TURNS for line in turn.actions]
    typed += [Text(words, "Answer", members=True) for _, words in walking.ANSWERS]
    hits = find([*texts, *typed], names)
    assert len(hits) <= MOST_FALSE, [hit.words for hit in hits]
    assert len(texts) > 300
