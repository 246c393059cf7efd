"""How the private session turns what the services know into bar, rows, tones and words."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.common.days import dated_day, instant, screen_day
from csp_desktop.domain.meeting.confidentiality import where_words
from csp_desktop.domain.meeting.meeting import ItemKind, TurnState
from csp_desktop.domain.meeting.walk import has_changed_since, read_back_words
from csp_desktop.domain.private.admission import Admitted, Bar, Clearance, Ground
from csp_desktop.domain.private.people import Label, Offer, OfferAnswer, Sighting
from csp_desktop.gui.meeting.live_rows import MARKS, closing_entry, item_entry
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.meeting_bar import BarKind, BarState, Figure
from csp_desktop.gui.widgets.meeting_figures import day_and, ends_figure, pace_notes, segments
from csp_desktop.services.meeting.case_walk import ReadBack
from csp_desktop.services.private.session_rows import GateRow, LivePerson, PrivateState, RailRow, WorkerHere

NUMBERED = 9
BODY = "Private rough-sleeping meeting"
ANSWERS = {
    OfferAnswer.TAKEN_UP: ("Taken up", Tone.LOW),
    OfferAnswer.THINKING: ("Thinking", Tone.MEDIUM),
    OfferAnswer.DECLINED: ("Declined", Tone.HIGH),
    OfferAnswer.NO_ANSWER: ("No answer", Tone.MEDIUM),
}
TONES = {Band.HIGH.value: Tone.HIGH, Band.MEDIUM.value: Tone.MEDIUM, Band.STANDARD.value: Tone.LOW}
_SHORT = {ItemKind.PEOPLE: "People, highest risk first", ItemKind.WINTER: "Winter beds and SWEP"}  # in the rail
_LABELS = {Label.NEW: "New", Label.RETURNING: "Returning", Label.LONG_TERM: "Long-term", Label.KNOWN: ""}


def bar_of(state: PrivateState, now: datetime) -> BarState:
    """Everything the bar shows at this instant; never a word of a person."""
    meeting, pace = state.meeting, state.pace(now)
    item = next((one for one in state.items if one.id == meeting.current_item_id), None)
    headline = f"Person {state.number} of {state.of}" if state.number else item.title if item else "Close and lock"
    budget = round(pace.budget / timedelta(minutes=1))
    share = f"{budget} min for this person" if budget else ""
    ends_at = instant(meeting.on, meeting.ends)
    return BarState(
        title=BODY,
        subtitle=day_and(meeting, "opened"),
        kind=BarKind.PLUM,
        icon="lock",
        headline=headline,
        count=(str(state.number), f"of {state.of} people") if state.number else None,
        segments=segments(((turn.id, turn.state) for turn in state.turns), meeting.current_turn_id),
        notes=pace_notes(pace, ends_at, share, in_hand=bool(state.number)),
        figures=(_left(state, now), _hearing(state), ends_figure(meeting, now)),
    )


def _left(state: PrivateState, now: datetime) -> Figure:
    left = instant(state.meeting.on, state.meeting.ends) - now
    minutes = int(abs(left) / timedelta(minutes=1))
    over = left < timedelta()
    return Figure("hourglass", f"{minutes} min", "over time" if over else "left", amber=over, large=True)


def _hearing(state: PrivateState) -> Figure:
    if not state.number:
        return Figure("users", str(state.present), "present", large=True)
    if state.hearing == state.present:
        return Figure("users", str(state.hearing), "may stay, everyone here", large=True)
    return Figure("users", str(state.hearing), f"of {state.present} may stay", amber=True, large=True)


def rail_entries(state: PrivateState) -> list[Entry]:
    """The agenda with the people under their item, and the close at the end. A person is named only if everyone in the
    room may hear them."""
    entries = []
    for number, item in enumerate(state.items, 1):
        here, done = item.id == state.meeting.current_item_id, item.state is TurnState.DONE
        caption, people = f"{item.planned_minutes} min", item.kind is ItemKind.PEOPLE
        if people:
            here, done, caption = bool(state.number), state.done == state.of, f"{state.done} of {state.of}"
        short = "" if item.title_before else _SHORT.get(item.kind, "")
        entries.append(item_entry(item, number, here=here, done=done, caption=caption, title=short))
        entries += [_person_entry(row) for row in state.rail] if people else []
    others = [item for item in state.items if item.kind is not ItemKind.PEOPLE]
    return [*entries, closing_entry("Close and lock", "lock", others if state.done == state.of else state.items)]


def _person_entry(row: RailRow) -> Entry:
    mark = EntryMark.CURRENT if row.current else MARKS[row.state]
    below = row.reference or "hidden until the access check"
    return Entry(
        f"turn:{row.turn_id}",
        row.title,
        below,
        mark=mark,
        rating=row.total_words,
        rating_word=row.risk_band,
        rating_tone=TONES.get(row.risk_band, Tone.NEUTRAL),
        dim=row.state is TurnState.DONE and not row.current,
    )


def must_leave_entries(gate: GateRow, numbers: Mapping[str, int]) -> list[Entry]:
    """Who must step out, each with the number it has kept since this gate was first shown, and why."""
    return [
        Entry(
            one.who.id,
            one.who.name,
            f"{one.who.agency}, {one.bar.value}",
            number=str(n) if n <= NUMBERED else "",
            person="" if n <= NUMBERED else one.who.name,
            pill="Not admitted yet" if one.bar is Bar.REMOTE else f"Still {where_words(one.who.remote)}",
            pill_tone=Tone.HIGH,
        )
        for one in gate.clearance.must_leave
        for n in [numbers[one.who.id]]
    ]


def call_in_entries(gate: GateRow) -> list[Entry]:
    """Involved workers who are not here, by name and agency: what they do tells of the person, who is not shown yet."""
    return [
        Entry(worker.member_id, worker.name, worker.agency, person=worker.name, pill="Not here")
        for worker in gate.call_in
    ]


def hearing_entries(clear: Clearance) -> list[Entry]:
    """Everyone in the room and on what ground they may hear; first who may not."""
    barred = [
        Entry(
            f"bar:{one.who.id}",
            one.who.name,
            one.who.agency,
            person=one.who.name,
            group=one.who.agency,
            pill="Must leave",
            pill_tone=Tone.HIGH,
        )
        for one in clear.must_leave
    ]
    return [*barred, *(_admitted(one) for one in clear.may_hear)]


def _admitted(one: Admitted) -> Entry:
    """Police and council may hear as such; of the others it is said why."""
    told = one.ground in (Ground.POLICE, Ground.COUNCIL)
    below = one.who.agency if told else f"{one.who.agency}, {one.ground.value}"
    return Entry(
        one.who.id, one.who.name, below, person=one.who.name, group=one.who.agency, pill="✓", pill_tone=Tone.LOW
    )


def worker_entries(workers: tuple[WorkerHere, ...]) -> list[Entry]:
    """Involved workers, here or not."""
    return [
        Entry(
            w.member_id,
            w.name,
            f"{w.agency}, {w.what}",
            person=w.name,
            group=w.agency,
            pill="Here" if w.here else "Not here",
            pill_tone=Tone.LOW if w.here else Tone.NEUTRAL,
        )
        for w in workers
    ]


def grounds_words(clear: Clearance) -> str:
    """'2 police, 1 council, New Hope, 3 workers in this history'"""
    counted = Counter(one.ground for one in clear.may_hear)
    workers = counted[Ground.INVOLVED]
    words = [
        f"{counted[Ground.POLICE]} police" if counted[Ground.POLICE] else "",
        f"{counted[Ground.COUNCIL]} council" if counted[Ground.COUNCIL] else "",
        "New Hope" if counted[Ground.LEADS] else "",
        f"{workers} worker{'' if workers == 1 else 's'} involved" if workers else "",
        f"{counted[Ground.OVERRIDE]} by decision of New Hope's lead" if counted[Ground.OVERRIDE] else "",
    ]
    return ", ".join(word for word in words if word)


def chips(row: LivePerson) -> list[tuple[str, Tone]]:
    """Label, consent, where the path has led so far, read back."""
    person, made = row.page.person, []
    if _LABELS[row.page.label]:
        made.append((_LABELS[row.page.label], Tone.ACCENT))
    since = f" since {screen_day(person.accommodation_since, row.on)}" if person.accommodation_since else ""
    made.append((f"{person.accommodation.value[:1].upper()}{person.accommodation.value[1:]}{since}", Tone.NEUTRAL))
    later = any(action.later for action in row.agreed)
    if words := read_back_words(row.turn, later=later):
        made.append((words, Tone.MEDIUM if has_changed_since(row.turn, later=later) else Tone.LOW))
    return made


def offer_entry(offer: Offer) -> Entry:
    """One offer, with what the person said to it."""
    words, tone = ANSWERS[offer.answer]
    below = f"{dated_day(offer.on)}, {offer.by}" if offer.by else dated_day(offer.on)
    if offer.why:
        below += f": “{offer.why}”"
    return Entry(offer.id, offer.what, below, pill=words, pill_tone=tone)


def seen_at(seen: Sighting, today: date) -> str:
    """'Sun 22 Nov, 23:40'"""
    return f"{screen_day(seen.on, today)}, {seen.hour}" if seen.hour else screen_day(seen.on, today)


def read_back(row: LivePerson) -> ReadBack:
    """What is read out, by initials only."""
    person, turn = row.page.person, row.turn
    decision = turn.outcome.rule.label if turn.outcome else ""
    details = [turn.reason] if turn.reason else []
    again = turn.outcome.again_words(turn.see_again_on) if turn.outcome else ""
    details += [again] if again else []
    return ReadBack(f"{person.reference}  {person.initials}", decision, tuple(details), row.agreed, ())
