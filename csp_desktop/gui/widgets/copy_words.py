"""A circulation list in words and rows, as every page that circulates minutes shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from csp_desktop.domain.common.days import clock, dated_day, day_and_time, local, screen_day
from csp_desktop.domain.common.overdue import late_words as days_late
from csp_desktop.domain.common.overdue import overdue_words
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.minutes.circulation import CopyRecord, CopyState, How, ToldHow
from csp_desktop.domain.minutes.rights import Rights
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.people.agencies import PaperForm
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.copy_list import NOTHING, RECORD, CopyLine, Words
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.meeting_bar import BarKind, BarState
from csp_desktop.gui.widgets.meeting_figures import due_figure
from csp_desktop.gui.widgets.record_steps import RecordDates, record_steps
from csp_desktop.gui.widgets.steps import StepMark
from csp_desktop.services.minutes.circulation import CirculationList, CopyRow
from csp_desktop.services.minutes.versions import Standing

EVERY = "every"
REFUSAL, WITHOUT_RIGHTS, UNTOLD, WARNED, PROOF = "refusal", "refused", "untold", "warned", "proof"
LETTERS, LETTERS_SHOWN = "letters", 3
INTEREST, NOT_THEIRS = "declared interest", "none of their agency’s"
GETS = {
    Rights.WHOLE: Words("Whole", Tone.LOW),
    Rights.OWN_AGENCY: Words("Own agency's", Tone.ACCENT),
    Rights.ACTIONS_ONLY: Words("Actions only", Tone.MEDIUM),
    Rights.NOTHING: Words("Nothing"),
}
WAYS = {
    How.MAIL: ("Email draft, locked PDF", "send"),
    How.SECURE_MAIL: ("Email draft, secure email", "shield-check"),
    How.HAND: ("Locked PDF, by hand", "file-text"),
}
TOLD = {
    ToldHow.IN_PERSON: Words("In person", icon="user-check"),
    ToldHow.SIGN_IN: Words("At sign-in", icon="pencil"),
    ToldHow.SLIP: Words("Slip", icon="file-text"),
    ToldHow.PHONE: Words("By phone", icon="volume-2"),
}
NOT_TOLD = Words("Not given yet", Tone.MEDIUM, "circle-alert")
NONE_NEEDED = Words("none needed", icon="minus")


@dataclass(frozen=True)
class CirculationWords:
    """What each of the meetings calls otherwise. `part` names copies that hold some of it, `parts` the filter for
    them; empty `part`: each says itself what it holds. `rights` is where it is decided who may have what."""

    title: str = "Circulate the minutes"
    meeting: str = "CPG"
    approver: str = "the chair"
    part: str = "Own agency's"
    parts: str = "Own agency's cases"
    rights: str = "Table of rights"
    bar: BarKind = BarKind.GREY

    def filters(self) -> dict[Rights, str]:
        """The kinds of copies."""
        return {
            Rights.WHOLE: "Whole minutes",
            Rights.OWN_AGENCY: self.parts,
            Rights.ACTIONS_ONLY: "Actions only",
        }

    def gets(self, row: CopyRow) -> Words:
        """How much somebody gets."""
        words = GETS[row.rights]
        return words._replace(text=self.part or row.gets) if row.rights is Rights.OWN_AGENCY else words


OF_THE_GROUP = CirculationWords()


def filter_entries(now: CirculationList, called: CirculationWords = OF_THE_GROUP) -> list[Entry]:
    """How many copies of each kind, and how they go: every copy stands once in each group."""
    counts = [(kind, words, sum(row.rights is kind for row in now.rows)) for kind, words in called.filters().items()]
    entries = [Entry(EVERY, "All", caption=str(len(now.rows) + 1))]
    entries += [Entry(rights.name, words, caption=str(count)) for rights, words, count in counts if count]
    entries += [Entry(RECORD, "Record copy", caption="1"), Entry("", "How", heading=True)]
    for how, (words, icon) in WAYS.items():
        count = sum(row.how is how for row in now.rows)
        entries += [Entry(how.name, words, icon=icon, caption=str(count))] if count else []
    return [*entries, Entry(f"{RECORD} ", "Kept in this file", icon="save", caption="1")]


def is_shown(row: CopyRow, chosen: str, typed: str) -> bool:
    """Whether a row stands under what is chosen at the left and what is typed."""
    fits = chosen in ("", EVERY, row.rights.name, row.how.name)
    said = f"{row.person.name} {row.person.agency} {row.person.agency_short} {row.person.job_title}".casefold()
    return fits and all(word in said for word in typed.casefold().split())


def copy_lines(
    now: CirculationList, chosen: str, typed: str, called: CirculationWords = OF_THE_GROUP
) -> list[CopyLine]:
    """The rows shown, the record copy first."""
    found = []
    if chosen in ("", EVERY, RECORD, f"{RECORD} ") and not typed.strip():
        state = Words("Kept", Tone.LOW) if now.approval else Words("Draft")
        nothing = (NOTHING,)
        found = [
            CopyLine(
                RECORD,
                "01",
                "Record copy",
                "Kept in this file",
                GETS[Rights.WHOLE],
                nothing,
                NONE_NEEDED,
                state,
                icon="save",
            )
        ]
    return found + [_line(row, called) for row in now.rows if is_shown(row, chosen, typed)]


def _line(row: CopyRow, called: CirculationWords) -> CopyLine:
    person = row.person
    return CopyLine(
        row.member_id,
        f"{row.copy_number:02}",
        person.name,
        ", ".join(filter(None, (person.job_title, person.agency_short or person.agency, form_words(row)))),
        called.gets(row),
        _withheld(row),
        NONE_NEEDED if row.how is How.SECURE_MAIL else TOLD[row.told_how] if row.told_how else NOT_TOLD,
        state_words(row),
        offers=row.state is CopyState.WRITTEN,
    )


def form_words(row: CopyRow) -> str:
    """'large-print PDF'; nothing for what most people get."""
    return "" if row.form is PaperForm.PDF else row.form.value


def _withheld(row: CopyRow) -> tuple[Words, ...]:
    """How much, and under it why; amber where an interest was declared, for somebody looks at that."""
    if not row.withheld:
        return (NOTHING,)
    whose = f"not with {row.person.agency_short or row.person.agency}"
    much, why = [], []
    for words in row.withheld:
        count, _, reason = words.partition(", ")
        counted = words[:1].isdigit() and bool(reason) and ":" not in words
        much += [count if counted else words] if INTEREST not in words else []
        why += [whose if reason == NOT_THEIRS else reason] if counted else []
    interest = tuple(Words(words, Tone.MEDIUM) for words in row.withheld if INTEREST in words)
    below = interest or tuple(Words(words) for words in ["; ".join(why)] if words)
    return (*(Words(", ".join(much)) for _ in (1,) if much), *below)[:2]


def state_words(row: CopyRow) -> Words:
    """How far a copy is."""
    if row.problem:
        return Words("Left the group", Tone.MEDIUM)
    record = row.record
    match row.state:
        case CopyState.TELL_FIRST:
            return Words("Passphrase first", Tone.MEDIUM)
        case CopyState.WRITTEN:
            return Words("Saved")
        case CopyState.GIVEN if record is not None and record.given_at is not None:
            return Words(f"Given {dated_day(local(record.given_at).date())}", Tone.LOW, "check")
        case CopyState.RECALLED:
            return Words("Recalled", Tone.HIGH, "undo-2")
        case CopyState.LEFT_OUT:
            return Words("No copy", icon="x")
    return Words("Has an earlier one" if row.is_earlier else "Ready")


def holds_words(row: CopyRow) -> str:
    """'Sections 1 to 3, cases 4.1 and 4.2, section 5; their 3 own actions first'"""
    numbers = [title.split(" ", 1)[0] for title in row.sections]
    whole = [int(one) for one in numbers if one.isdigit()]
    dotted = [one for one in numbers if "." in one and one.split(".")[0].isdigit()]
    parts = [f"sections {_runs(whole)}"] if len(whole) > 1 else [f"section {whole[0]}"] if whole else []
    parts += (
        [f"with parts {_listed(dotted[:8])}{f' and {len(dotted) - 8} more' if len(dotted) > 8 else ''}"]
        if dotted
        else []
    )
    parts += [f"their {_own_words(row.own_actions)} first"] if row.own_actions else []
    words = ", ".join(parts) or "nothing"
    form = f" As a {row.form.value}." if form_words(row) else ""
    return f"{words[:1].upper()}{words[1:]}.{form}"


def _own_words(count: int) -> str:
    return "own action" if count == 1 else f"{count} own actions"


def _runs(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return _listed([f"{run[0]} to {run[-1]}" if len(run) > 2 else _listed([str(n) for n in run]) for run in runs])


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def left_out_words(row: CopyRow) -> str:
    """What is not in it, in words that tell nothing of it."""
    if not row.withheld:
        return "Nothing."
    return f"{'; '.join(row.withheld)}. It is not in the file, not just covered up."


def register_entries(copies: Iterable[CopyRecord]) -> list[Entry]:
    """Every copy there was: who, which version and number, how, when and by whom."""
    return [_register_entry(number, one) for number, one in enumerate(copies)]


def _register_entry(number: int, one: CopyRecord) -> Entry:
    words, pill, tone = _became(one)
    return Entry(
        str(number),
        f"{one.name}, version {one.version}",
        words,
        number=f"{one.copy_number:02}",
        pill=pill,
        pill_tone=tone,
    )


def _became(one: CopyRecord) -> tuple[str, str, Tone]:
    """What became of it last, when and by whom, with the reason where there is one."""
    if one.left_out_at is not None:
        return f"{_day(one.left_out_at)} by {one.left_out_by}: {one.left_out_reason}", "no copy", Tone.NEUTRAL
    if one.recalled_at is not None:
        return f"{_day(one.recalled_at)} by {one.recalled_by}: {one.recall_reason}", "recalled", Tone.HIGH
    if one.given_at is not None:
        return f"{_day(one.given_at)} by {one.given_by}, {_how(one)}", "given", Tone.LOW
    at = f"{_day(one.written_at)} by {one.written_by}, {_how(one)}" if one.written_at is not None else ""
    return at, "written", Tone.NEUTRAL


def _how(one: CopyRecord) -> str:
    return _SHORT[one.how] if one.form is PaperForm.PDF else f"{_SHORT[one.how]}, {one.form.value}"


_SHORT = {How.MAIL: "by email", How.SECURE_MAIL: "by secure email", How.HAND: "by hand"}


def _day(at: datetime) -> str:
    return dated_day(local(at).date())


def _when(at: datetime, today: date) -> str:
    return screen_day(local(at).date(), today)


@dataclass(frozen=True)
class Look:
    """Something a person has to look at: what it is, who, what is done about it, by which key. `about` is whose copy
    it is; one without a fix only tells."""

    key: str
    title: str
    detail: str
    fix: str = ""
    cap: str = ""
    about: str = ""
    tone: Tone = Tone.MEDIUM


def looks_of(now: CirculationList, missing: Sequence[str] = (), called: CirculationWords = OF_THE_GROUP) -> list[Look]:
    """What is to be looked at; once copies are written the proof stands where it was. `missing`: what cannot be printed
    of the copies that are written next."""
    found = []
    if missing:
        more = f"; and {len(missing) - LETTERS_SHOWN} more places" if len(missing) > LETTERS_SHOWN else ""
        found.append(Look(LETTERS, "Characters cannot be printed", "; ".join(missing[:LETTERS_SHOWN]) + more))
    written = len(_written_at(now))
    if written:
        files = "the 1 finished file" if written == 1 else f"all {written} finished files"
        found.append(Look(PROOF, "All withheld parts are absent", f"Searched in {files}", tone=Tone.LOW))
    if now.refusal:
        fix = (called.rights, "L") if now.approval else ("Minutes", "")
        found.append(Look(REFUSAL, "Nothing can be given out yet", now.refusal, *fix))
    elif now.refused:
        who = count_of(len(now.refused), "person without rights is", "people without rights are")
        found.append(Look(WITHOUT_RIGHTS, f"{who} not listed", _names([one.name for one in now.refused]), "Why", "W"))
    waiting = untold(now)
    if waiting:
        title = count_of(len(waiting), "passphrase not given yet", "passphrases not given yet")
        names = _names([row.person.name for row in waiting])
        found.append(Look(UNTOLD, title, names, "Give", "T", waiting[0].member_id))
    for row in now.rows:
        problem = (f"{row.person.name} {row.problem}.",) if row.problem else ()
        found += [
            Look(WARNED, row.person.name, words, "Show", "", row.member_id) for words in (*row.warnings, *problem)
        ]
    return found


def untold(now: CirculationList) -> list[CopyRow]:
    """Whose passphrase nobody told them yet, of those who need one."""
    waiting = (CopyState.TELL_FIRST, CopyState.WRITTEN, CopyState.GIVEN)
    return [row for row in now.rows if row.how is not How.SECURE_MAIL and row.told_at is None and row.state in waiting]


def _names(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) < 3 else f"{names[0]} and {len(names) - 1} more"


def late_words(now: CirculationList, today: date) -> str:
    """'was due Thu 10 Dec, 1 day overdue'; once out 'circulated 2 days late'; empty while there is time."""
    if not now.late:
        return ""
    if now.circulated_at is not None:
        return f"circulated {days_late(now.late)}"
    return f"was due {screen_day(now.due, today)}, {overdue_words(now.late)}"


def version_words(now: CirculationList) -> str:
    """'Version 1, approved', and where it was corrected since that this is not in it yet."""
    if now.approval is None:
        return f"Version {now.version}, draft"
    corrected = now.state not in (MinutesState.APPROVED, MinutesState.CIRCULATED)
    return f"Version {now.version}, approved{', corrected since' if corrected else ''}"


def place_words(now: CirculationList, folder: Path | None, warning: str, today: date) -> tuple[str, str]:
    """Where the copies go, or what is not given yet, or when all were: in a few words and some more."""
    if now.to_write:
        where = "On this computer. " if folder and not warning else ""
        drafts = sum(row.how is not How.HAND for row in now.to_write)
        mails = f", {count_of(drafts, 'email draft', 'email drafts')}" if drafts else ""
        open_by = "It opens" if len(now.to_write) == 1 else "Each opens"
        word = sum(row.form.is_word for row in now.to_write)
        pdfs = len(now.to_write) - word
        files = " and ".join(
            [count_of(pdfs, "PDF", "PDFs")] * bool(pdfs) + [count_of(word, "Word file", "Word files")] * bool(word)
        )
        return (
            folder.name if folder else "No folder chosen yet",
            f"{where}{files}{mails}. {open_by} with its own passphrase.",
        )
    if now.to_confirm:
        by_hand = sum(row.how is How.HAND for row in now.to_confirm)
        drafts = len(now.to_confirm) - by_hand
        parts = [f"{by_hand} by hand"] if by_hand else []
        parts += [count_of(drafts, "email draft not sent", "email drafts not sent")] if drafts else []
        return f"{len(now.to_confirm)} not given yet", ", ".join(parts)
    if now.circulated_at is not None:
        return (
            f"Circulated {_when(now.circulated_at, today)}",
            f"{clock(now.circulated_at)}: all copies are given or settled.",
        )
    return "Nothing to save", ""


def circulation_bar(
    now: CirculationList | None,
    meeting: Meeting | None,
    standing: Standing | None,
    today: date,
    called: CirculationWords = OF_THE_GROUP,
) -> BarState:
    """How far the minutes are, and how long until they must be out."""
    if now is None or meeting is None:
        return BarState(called.title, kind=called.bar, icon="send", headline="Nothing to circulate yet")
    figure = due_figure("send", now.due, today, f"to circulate, {screen_day(now.due, today)}")
    return BarState(
        title=called.title,
        subtitle=f"{called.meeting}, {screen_day(meeting.on, today)}",
        kind=called.bar,
        icon="send",
        headline=f"Version {now.version}",
        figures=() if now.circulated_at is not None else (figure,),
        steps=circulation_steps(now, standing, meeting, today, called) if standing else (),
    )


def circulation_steps(
    now: CirculationList,
    standing: Standing,
    held: Meeting,
    today: date,
    called: CirculationWords = OF_THE_GROUP,
) -> tuple[StepMark, ...]:
    """The five steps of the record; the fourth says how many have theirs, or when all had."""
    name = called.meeting
    following = f"{name}, {screen_day(held.next_on, today)}" if held.next_on is not None else f"at the next {name}"
    dates = RecordDates(held.on, 0, 0, called.approver, now.due, today, following)
    steps = list(record_steps(replace(standing, state=now.state), dates))
    at = list(MinutesState).index(MinutesState.CIRCULATED)
    if now.circulated_at is not None:
        late = f", {days_late(now.late)}" if now.late else ""
        steps[at] = replace(steps[at], caption=f"{_when(now.circulated_at, today)}{late}")
    elif now.given:
        steps[at] = replace(steps[at], caption=f"{now.given} of {len(now.rows)} given")
    return tuple(steps)


def _written_at(now: CirculationList) -> list[datetime]:
    """When each copy of this version was written."""
    return [row.record.written_at for row in now.rows if row.record and row.record.written_at and not row.is_earlier]


def written_words(now: CirculationList, today: date) -> str:
    """For the foot of the window: when the files were written, or that none was."""
    at = [row.record.written_at for row in now.rows if row.record and row.record.written_at and not row.is_earlier]
    if at:
        return f"{count_of(len(at), 'file', 'files')} saved {day_and_time(max(at), today)}, read back and checked."
    approved = f"approved {_when(now.approval.at, today)}" if now.approval else "not approved"
    return f"Version {now.version}, {approved}. No copies saved yet."
