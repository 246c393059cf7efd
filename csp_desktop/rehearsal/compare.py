"""What came of the evening, asked of both files: apart, for the play may not look there and this may."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from csp_desktop.domain.common.days import clock
from csp_desktop.domain.meeting.actions import Action, ActionAnswer, Answer
from csp_desktop.domain.meeting.confidentiality import Attendance, Override
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingState, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.meeting.private_handover import token_of
from csp_desktop.domain.minutes.circulation import CopyState, How
from csp_desktop.domain.minutes.rights import Rights
from csp_desktop.domain.minutes.versions import ApprovedHow, MinutesState
from csp_desktop.domain.private.admission import AdmissionOverride
from csp_desktop.domain.private.meeting import Crossing, PersonTurn, RoomEntry
from csp_desktop.sample.partnership import require_private_sample, require_sample
from csp_desktop.services.meeting.agenda import meetings
from csp_desktop.services.minutes import circulation, versions
from csp_desktop.services.session import Session

NOVEMBER, DECEMBER = date(2026, 11, 26), date(2026, 12, 17)
CHAIR = "Hannah Price"


def compare(folder: Path, pdf: Path, copies: Path) -> list[str]:
    """Sentences for everything that is not as the script says; none when all is well. `copies` is the folder they were
    written to."""
    with require_sample(folder) as partnership:
        november = _meeting(partnership.session, NOVEMBER)
        record = _of_record(partnership.session, november.id)
        record += _of_copies(partnership.session, november.id, copies)
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
        ({t.outcome for t in walked} == set(Outcome), "Not every outcome was chosen."),
        (all(t.read_back_at for t in walked), "A walked case has no read-back time."),
        (_began(november) == "14:00", f"The walk began at {_began(november)}."),
        (all(100 <= t.seconds <= 300 for t in walked), "A case did not take two to four minutes, or nearly."),
        (any(one.factor for one in actions), "No task for a risk factor was agreed."),
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
    return [
        *_wrong((*facts, *record)),
        *_compare_private(folder, {token_of(november.id, row.id): row.left_at for row in rows}),
    ]


def _of_record(session: Session, meeting_id: str) -> list[tuple[bool, str]]:
    """What became of the minutes, and that the next meeting was held."""
    now, kept = versions.standing(session, meeting_id), versions.versions(session, meeting_id)
    by = now.approval.by if now.approval else "nobody"
    own = now.approval is not None and now.approval.how is ApprovedHow.OWN
    paper = versions.printed_version(session, meeting_id, 1) if kept else b""
    return [
        (now.state is MinutesState.AGREED, f"The minutes stand at {now.state.value}."),
        (own and by == CHAIR, f"The minutes were approved by {by}."),
        (now.checked is not None and now.checked.by != CHAIR, "Nobody but the chair checked the minutes."),
        ([one.number for one in kept] == [1], f"{len(kept)} versions of the minutes are kept."),
        (bool(kept) and sha256(paper).hexdigest() == kept[0].pdf_sha256, "The version kept is not the one approved."),
        (_meeting(session, DECEMBER).state is MeetingState.CLOSED, "December's meeting is not closed."),
    ]


def _of_copies(session: Session, meeting_id: str, folder: Path) -> list[tuple[bool, str]]:
    """Who got what, and whether the files in the folder are those that were noted."""
    listed, noted = circulation.circulation_list(session, meeting_id), circulation.register(session, meeting_id)
    written = {sha256(file.read_bytes()).hexdigest() for file in folder.glob("*.pdf")}
    drafts, by_mail = list(folder.glob("*.eml")), sum(one.how is not How.HAND for one in noted)
    shares = {one.rights for one in noted}
    return [
        (len(noted) >= 24, f"Only {len(noted)} copies of the minutes are noted."),
        (all(one.state is CopyState.GIVEN for one in noted), "A copy was not given."),
        (listed.circulated_at is not None, "The minutes do not count as circulated."),
        (listed.late == 0, "The minutes were circulated late."),
        (written == {one.file_sha256 for one in noted}, "The files are not the copies that were noted."),
        (len(drafts) == by_mail, f"{len(drafts)} mail drafts were written instead of {by_mail}."),
        ({Rights.WHOLE, Rights.OWN_AGENCY} <= shares, "Everybody got the same."),
        (all(one.withheld for one in noted if one.rights is not Rights.WHOLE), "A copy of a part withholds nothing."),
    ]


def _meeting(session: Session, on: date) -> Meeting:
    return next(meeting for meeting in meetings(session) if meeting.on == on)


def _compare_private(folder: Path, group: Mapping[str, datetime | None]) -> list[str]:
    """The same of the private file. `group` is the group's attendance: who left when, and nothing else came of it."""
    with require_private_sample(folder) as private:
        november = _meeting(private.session, NOVEMBER)
        record = versions.standing(private.session, november.id)
        copies = circulation.circulation_list(private.session, november.id)
        with private.work.reading() as records:
            turns = records.find(PersonTurn, meeting_id=november.id)
            answers = records.find(ActionAnswer, meeting_id=november.id)
            rows = records.find(Attendance, meeting_id=november.id)
            places = [place for place in records.find(RoomEntry, meeting_id=november.id) if place.left_at_crossing]
            decided = records.find(AdmissionOverride, meeting_id=november.id)
            crossing = records.find(Crossing, meeting_id=november.id)[0]
        sound = private.verify()
    return _wrong(
        (
            (november.state is MeetingState.CLOSED, "The private session is not closed."),
            (len(turns) == 6 and all(t.read_back_at for t in turns), "Not all six people were talked about."),
            (len({t.outcome for t in turns}) == 4, "The private session has not the four outcomes of its script."),
            (len({a.answer for a in answers}) == 3, "The private actions were not answered in three ways."),
            (crossing.heads == sum(a.signed for a in rows), "The heads counted are not as many as signed."),
            (sum(bool(a.interests) for a in rows) == 1, "There is not one declared interest."),
            (len(decided) == 1, f"{len(decided)} people were let in to hear instead of one."),
            (len(places) >= 6, f"Only {len(places)} people left at the crossing."),
            (all(group.get(p.origin) == p.left_at_crossing for p in places), "The departures differ in the two files."),
            (november.next_on is not None, "The next private session has no day."),
            (record.is_approved, f"The private minutes stand at {record.state.value}."),
            (len(copies.rows) >= 4, f"Only {len(copies.rows)} people get the private minutes."),
            (copies.given == len(copies.rows), f"{copies.given} copies of the private minutes were given."),
            (len({row.gets for row in copies.rows}) > 1, "Everybody got the same of the private minutes."),
            (copies.late == 0, "The private minutes were given late."),
            (sound["ok"], "The private file is not sound."),
        )
    )


def _began(meeting: Meeting) -> str:
    return clock(meeting.started_at) if meeting.started_at else "no time"


def _wrong(facts: Iterable[tuple[bool, str]]) -> list[str]:
    return [sentence for right, sentence in facts if not right]
