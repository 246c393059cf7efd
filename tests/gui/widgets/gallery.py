"""Every widget with the content of the sample evening, arranged like the pages, for looking at and for the tests."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.action_entry import ActionEntry
from csp_desktop.gui.widgets.avatar import Avatar
from csp_desktop.gui.widgets.badges import BigNumber, Pill, RatingBadge, Trend
from csp_desktop.gui.widgets.buttons import LinkButton, OutcomeButton, PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.case_clock import CaseClock, ClockMark
from csp_desktop.gui.widgets.charts import Bar, BarList, RiskBand, RiskChart, RiskPoint
from csp_desktop.gui.widgets.chips import Chip
from csp_desktop.gui.widgets.containers import Flow, Scroll
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import SavedLabel, TitleLabel
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.meeting_bar import BarKind, BarNote, BarState, Figure, Segment, SegmentState, progress
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.note_editor import NoteEditor
from csp_desktop.gui.widgets.panels import Card, EmptyState
from csp_desktop.gui.widgets.rail import Rail
from csp_desktop.gui.widgets.search_box import SearchBox
from csp_desktop.gui.widgets.signature_pad import SignaturePad
from csp_desktop.gui.widgets.steps import ProgressTicks, StepLine, StepMark, StepState
from csp_desktop.gui.widgets.three_columns import ThreeColumns
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.page import Page
from tests.support.fakes import fake_session
from tests.support.pages import desk_of

BANDS = (RiskBand("Standard", 0, Tone.LOW), RiskBand("Medium", 20, Tone.MEDIUM), RiskBand("High", 34, Tone.HIGH))
CASES = (
    ("Harwoods Road: dispute", "SN-2026-0371, Repeat victim", EntryMark.DONE, "22", Tone.MEDIUM, Trend.DOWN),
    ("Town centre: shop theft", "SN-2026-0388, Acquisitive", EntryMark.DONE, "27", Tone.MEDIUM, Trend.FLAT),
    ("Queens Road: cuckooing", "SN-2026-0412, Complex needs", EntryMark.CURRENT, "38", Tone.HIGH, Trend.DOWN),
    ("Whippendell Road: knife", "SN-2026-0415, Youth violence", EntryMark.AHEAD, "44", Tone.HIGH, Trend.UP),
    ("Leggatts Way: noise", "SN-2026-0419, Repeat victim", EntryMark.SKIPPED, "31", Tone.MEDIUM, Trend.DOWN),
    ("St Albans Road: begging", "SN-2026-0420, Complex needs", EntryMark.AHEAD, "18", Tone.LOW, Trend.DOWN),
    ("Radlett Road: mopeds", "SN-2026-0423, Youth violence", EntryMark.AHEAD, "24", Tone.MEDIUM, Trend.FLAT),
    ("Vicarage Road: hate", "SN-2026-0424, Repeat victim", EntryMark.AHEAD, "36", Tone.HIGH, Trend.UP),
)


class LivePage(Page):
    """The live case walk, as a picture of the widgets together."""

    def bar_state(self) -> BarState:
        return BarState(
            "Community Protection Group",
            "Thu 26 November 2026, started 14:00",
            BarKind.NAVY,
            "live",
            "Case 8 of 23",
            progress(7, 23),
            (BarNote("4 min behind", amber=True),),
            (
                Figure("hourglass", "48 min", "left for cases"),
                Figure("user-check", "21", "present, all signed"),
                Figure("clock", "14:52", "ends 16:00"),
            ),
        )

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("F2", "minute"),
            ("F3", "action"),
            ("Ctrl 1–6", "outcome"),
            ("Ctrl Enter", "next case"),
            ("Ctrl Z", "undo"),
            ("F5", "room screen"),
            ("F12", "hide"),
            ("F1", "all keys"),
        ]

    def __init__(self) -> None:
        super().__init__(desk_of(fake_session()))
        columns = ThreeColumns(self)
        columns.set_columns(_rail(), _work(), _side())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(columns)
        self.columns = columns


def _rail() -> Rail:
    rail = Rail()
    cases = [
        Entry(
            title,
            title,
            sub,
            mark=mark,
            rating=rating,
            rating_word="",
            rating_tone=tone,
            trend=trend,
            dim=mark is EntryMark.DONE,
        )
        for title, sub, mark, rating, tone, trend in CASES
    ]
    rail.set_entries(
        [
            Entry("c", "Confidentiality signed", mark=EntryMark.STEP_DONE, number="1", dim=True),
            Entry("m", "Matters arising", mark=EntryMark.STEP_DONE, number="2", dim=True),
            Entry("s", "Safety Net cases", mark=EntryMark.CURRENT, number="3", caption="8 of 23"),
            *cases,
            Entry("r", "New referrals", number="4", caption="3"),
            Entry("t", "Six areas of work", number="5", caption="6"),
            Entry("p", "ASB case reviews", number="6", caption="1"),
            Entry("o", "Other business", number="7", caption="2"),
        ]
    )
    rail.set_current("Queens Road: cuckooing")
    return rail


def _risk_card() -> Card:
    card = Card(title="Risk rating", caption="Matrix scored 24 Nov")
    number, pill, moved = BigNumber(), Pill(text="High", tone=Tone.HIGH), QLabel("down 6")
    number.set_number("38", tone=Tone.HIGH)
    set_role(moved, "low")
    chart = RiskChart()
    points = [RiskPoint("6 Nov", 44, Tone.HIGH), RiskPoint("19 Nov", 41, Tone.HIGH), RiskPoint("24 Nov", 38, Tone.HIGH)]
    chart.set_history(points, BANDS, 60, ("6 Dec", 30))
    left, below, row = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
    below.addWidget(pill)
    below.addWidget(moved)
    below.addStretch()
    left.addWidget(number)
    left.addLayout(below)
    left.addStretch()
    row.addLayout(left)
    row.addWidget(chart, 1)
    card.add(row, 1)
    return card


def _clock_card() -> Card:
    card = Card()
    card.set_title("Deadlines", "10 days left")
    clock, words = CaseClock(), QLabel("Two-week review held on day 13. Rating is falling as expected.")
    marks = [
        ClockMark("Opened", "6 Nov", 0, True),
        ClockMark("1st review", "19 Nov", 0.43, True),
        ClockMark("Reduction due", "6 Dec", 1),
    ]
    clock.set_clock(marks, "Day 20", 0.667)
    words.setWordWrap(True)
    set_role(words, "second")
    card.add(clock)
    card.add(words, 1)
    return card


def _work() -> QWidget:
    work = QFrame()
    set_role(work, "work")
    top, lead = Flow(), QLabel("PS Dan Holt")
    reference, title = QLabel("SN-2026-0412"), TitleLabel()
    set_role(reference, "accent")
    title.setText("Queens Road: cuckooing, threats to neighbour")
    set_role(lead, "strong")
    top.addWidget(reference)
    top.addWidget(Pill(text="Adult with complex needs"))
    top.addWidget(Pill(text="CMHT involved"))
    top.addWidget(Avatar(name="PS Dan Holt", group="Police", size=24))
    top.addWidget(lead)
    drives, bars = Card(title="Risk factors"), BarList()
    bars.set_bars(
        [
            Bar("Threats to neighbour", "9", 0.9, Tone.HIGH),
            Bar("Missed depot (MH)", "8", 0.8, Tone.HIGH),
            Bar("Drug debt, visitors", "7", 0.7, Tone.MEDIUM),
            Bar("5 reports in 30 days", "6", 0.6, Tone.MEDIUM),
        ]
    )
    drives.add(bars, 1)
    grid = Flow(fill=True, spacing=12)
    for card in (_risk_card(), _clock_card(), drives):
        grid.addWidget(card)
    layout = QVBoxLayout(work)
    layout.setContentsMargins(20, 14, 20, 14)
    layout.setSpacing(10)
    layout.addLayout(top)
    layout.addWidget(title)
    layout.addLayout(grid)
    layout.addLayout(_minute(), 1)
    layout.addWidget(_bar())
    layout.addWidget(_outcomes())
    return work


def _bar() -> InlineBar:
    bar = InlineBar()
    bar.say("Continue recorded for Town centre", "review by 10 December", stay=True)
    return bar


def _minute() -> QHBoxLayout:
    minute, note, saved = Card(title="Minute for this case"), NoteEditor(), SavedLabel()
    note.setAccessibleName("Minute for this case")
    note.set_text(
        "CMHT confirm two missed depot appointments; home visit booked for 1 December. Neighbour has moved in with "
        "family and will only give evidence anonymously.\n\nHousing changed the locks on 18 November."
    )
    saved.set_saved("14:52:07")
    minute.head.addWidget(saved)
    minute.add(note, 1)
    last, rows = Card(title="Agreed last time", caption="2 of 3 done"), EntryList()
    rows.setAccessibleName("Agreed last time")
    rows.set_entries(
        [
            Entry(
                "",
                "Assess M.T. and report",
                "Joy Okafor, due 20 Nov",
                person="Joy Okafor",
                pill="Done",
                pill_tone=Tone.LOW,
            ),
            Entry(
                "",
                "Serve tenancy warning",
                "Liam Reed, due 18 Nov",
                person="Liam Reed",
                pill="Done",
                pill_tone=Tone.LOW,
            ),
            Entry(
                "",
                "Closure notice: evidence pack",
                "PS Dan Holt, due 24 Nov",
                person="PS Dan Holt",
                pill="2 days overdue",
                pill_tone=Tone.HIGH,
            ),
        ]
    )
    rows.set_flush(True)
    last.add(rows, 1)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(minute, 4)
    row.addWidget(last, 3)
    return row


def _outcomes() -> Card:
    card, row = Card(), Flow(fill=True)
    names = (
        ("De-escalate", "monitor to 26 Dec"),
        ("Continue", "review by 10 Dec"),
        ("Intensify", "refer to specialist"),
        ("Close", "risk resolved"),
    )
    for number, (title, below) in enumerate(names, 1):
        button = OutcomeButton(text=title, subtitle=below, key=str(number))
        button.setChecked(number == 1)
        row.addWidget(button)
    row.addWidget(PrimaryButton(text="Next case", height=56))
    card.add(row)
    return card


def _side() -> QFrame:
    side, entry, scroll = QFrame(), ActionEntry(), Scroll(margins=(16, 14, 16, 14))
    set_role(side, "side")
    head, heading, count = QHBoxLayout(), QLabel("Actions agreed now"), QLabel("3")
    set_role(heading, "subheading")
    set_role(count, "count")
    head.addWidget(heading)
    head.addStretch()
    head.addWidget(count)
    entry.set_text("rn detox place, visit with CGL fri")
    entry.set_chips([Chip("Ravi Nair", person="Ravi Nair"), Chip("Fri 4 Dec", icon="calendar")])
    scroll.body.addLayout(head)
    scroll.body.addWidget(entry)
    people = EntryList()
    people.setAccessibleName("In the room")
    people.set_entries(
        [
            Entry("h", "In the room", caption="open actions", heading=True),
            *(
                Entry("", name, agency, person=name, group=agency, caption=str(n))
                for n, (name, agency) in enumerate(
                    (("Amira Shah", "Council"), ("Joy Okafor", "CMHT"), ("Ewa Łukasik", "CGL")), 2
                )
            ),
        ]
    )
    people.set_flush(True)
    scroll.body.addWidget(people, 1)
    ticks = ProgressTicks()
    ticks.set_counts(6, 3, 14, "due by 26 Nov")
    scroll.body.addWidget(ticks)
    layout = QVBoxLayout(side)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scroll)
    return side


def live() -> MainWindow:
    """The whole window in the live case walk."""
    window = MainWindow()
    window.add_page("live", LivePage())
    window.show_page("live")
    return window


class HomePage(Page):
    """Countdowns, needs-you rows, and the small widgets not seen in the walk."""

    def bar_state(self) -> BarState:
        marks = [Segment(SegmentState.DONE)] * 17 + [Segment(SegmentState.CURRENT)] + [Segment(SegmentState.AHEAD)] * 2
        marks += [Segment(SegmentState.MARKED)] + [Segment(SegmentState.AHEAD)] * 6 + [Segment(SegmentState.GOAL)]
        return BarState(
            "Community Safety Partnership",
            "Mon 16 November 2026, no meeting in progress",
            BarKind.GREY,
            "shield-check",
            "Day 18 of 28",
            tuple(marks),
            (BarNote("19 Nov circulate", marker=SegmentState.MARKED), BarNote("26 Nov CPG", marker=SegmentState.GOAL)),
            (
                Figure("layers", "23", "open cases"),
                Figure("list-checks", "31", "open actions"),
                Figure("clock", "10:20", "locks at 10:25"),
            ),
        )

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", "next step"),
            ("↑ ↓", "choose"),
            ("Ctrl K", "find anything"),
            ("Ctrl L", "lock"),
            ("F1", "all keys"),
        ]

    def __init__(self) -> None:
        super().__init__(desk_of(fake_session()))
        columns = ThreeColumns(self)
        columns.set_columns(None, self._make_work(), self._make_side())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(columns)

    def _make_work(self) -> QWidget:
        work, title = Scroll(margins=(20, 16, 20, 16)), TitleLabel()
        title.setText("Approve the minutes of 29 October")
        head, row = Flow(fill=True, spacing=12), Flow(fill=True, spacing=12)
        head.addWidget(title)
        head.addWidget(PrimaryButton(text="Open minutes", icon="file-check", height=52, key="Enter"))
        work.body.addLayout(head)
        row.addWidget(self._countdown("Circulate minutes", "by Thu 19 November", "3", Tone.MEDIUM))
        row.addWidget(self._countdown("Next CPG", "Thu 26 November, 14:00", "10", None))
        work.body.addLayout(row)
        needs, rows = Card(title="To do", caption="6 items, most urgent first"), EntryList()
        rows.setAccessibleName("To do")
        rows.set_entries(
            [
                Entry(
                    "1",
                    "7 actions overdue, with 4 officers",
                    "Oldest: tenancy warning at Cassio Road, due 4 Nov",
                    icon="clock",
                    tile=Tone.HIGH,
                    pill="12 days overdue",
                    pill_tone=Tone.HIGH,
                ),
                Entry(
                    "2",
                    "Risk not reduced: 3 cases",
                    "Cassio Road, Gammons Lane, Town centre",
                    icon="trending-up",
                    tile=Tone.HIGH,
                    pill="11 days over",
                    pill_tone=Tone.HIGH,
                ),
                Entry(
                    "3",
                    "ASB case review waiting: 1",
                    "Leavesden Road: answer by Tue 24 Nov",
                    icon="scroll-text",
                    tile=Tone.ACCENT,
                    pill="in 8 days",
                ),
            ]
        )
        rows.set_flush(True)
        needs.add(rows, 1)
        work.body.addWidget(needs, 1)
        return work

    def _countdown(self, title: str, when: str, days: str, tone: Tone | None) -> Card:
        card, number, steps = Card(title=title, caption=when), BigNumber(), StepLine()
        number.set_number(days, "days", tone)
        number.set_size(72)
        steps.set_steps(
            [
                StepMark("Drafted", "2 Nov", StepState.DONE),
                StepMark("Checked", "13 Nov", StepState.DONE),
                StepMark("Approve", "next", StepState.CURRENT),
                StepMark("Circulate", "19 Nov"),
            ]
        )
        card.add(number)
        card.add(steps)
        return card

    def _make_side(self) -> QWidget:
        side, badge, saved, error = Scroll(), RatingBadge(), SavedLabel(), FieldError()
        badge.set_rating(41, "High", Tone.HIGH, Trend.UP)
        saved.set_not_saved(12)
        error.set_error("Two officers have the initials DH. Choose one of them.")
        pad, find = SignaturePad(), SearchBox(hint="Find a person", key="/")
        pad.set_strokes([[(0.1 + i / 40, 0.6 - 0.3 * ((i % 7) / 7), i / 10) for i in range(24)]])
        row = QHBoxLayout()
        for widget in (badge, saved):
            row.addWidget(widget)
        row.addStretch()
        buttons = Flow()
        for button in (
            SecondaryButton(text="Clear", icon="eraser", height=32),
            LinkButton(text="All cases", key="Ctrl O"),
        ):
            buttons.addWidget(button)
        off = PrimaryButton(text="Send", icon="send")
        off.setEnabled(False)
        buttons.addWidget(off)
        empty = EmptyState()
        empty.set_content(
            "No people yet", "Bring in the member list, or add the first person by hand.", "Bring in a list", "users"
        )
        for item in (find, error, pad, empty):
            side.body.addWidget(item)
        side.body.insertLayout(0, row)
        side.body.insertLayout(2, buttons)
        return side


def home() -> MainWindow:
    """The whole window on Home."""
    window = MainWindow()
    window.add_page("home", HomePage())
    window.show_page("home")
    return window
