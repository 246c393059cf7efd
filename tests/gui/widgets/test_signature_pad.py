"""A signature is drawn by one device: what a hand touches beside a pen never takes its place."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csp_desktop.gui.widgets.signature_pad import BESIDE, SignaturePad
from csp_desktop.gui.window.application import make_application

PEN = QPointingDevice(
    "pen", 7, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen, QInputDevice.Capability.All, 1, 1
)
WIDE, HIGH = 400, 200
WORD = [QPoint(40 + 30 * n, 60 + 40 * (n % 2)) for n in range(10)]
PALM = QPoint(300, 190)


class Hand:
    """Draws on the pad with any device, at times told, and in turns."""

    def __init__(self, qtbot: QtBot) -> None:
        make_application(["test"])
        self.pad = SignaturePad()
        qtbot.addWidget(self.pad)
        self.pad.resize(WIDE, HIGH)
        with qtbot.waitExposed(self.pad):
            self.pad.show()
        self.screen = QTest.createTouchDevice()
        self.at = 100_000  # ms

    def pen(self, kind: QEvent.Type, at: QPoint) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        down = left if kind is not QEvent.Type.TabletRelease else none
        spot, bare = QPointF(at), Qt.KeyboardModifier.NoModifier
        event = QTabletEvent(kind, PEN, spot, spot, 0.5, 0, 0, 0, 0, 0, bare, left, down)
        event.setTimestamp(self.at)
        QApplication.sendEvent(self.pad, event)

    def write(self, points: list[QPoint] = WORD) -> None:
        self.pen(QEvent.Type.TabletPress, points[0])
        for point in points[1:]:
            self.pen(QEvent.Type.TabletMove, point)
        self.pen(QEvent.Type.TabletRelease, points[-1])

    def touch(self, what: str, finger: int, at: QPoint) -> None:
        sequence = QTest.touchEvent(self.pad, self.screen)
        getattr(sequence, what)(finger, at, self.pad)
        sequence.commit()

    def mouse(self, kind: QEvent.Type, at: QPoint, source: Qt.MouseEventSource) -> None:
        left, bare = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, QPointF(at), QPointF(at), QPointF(at), left, left, bare, source)
        event.setTimestamp(self.at)
        QApplication.sendEvent(self.pad, event)

    def drawn(self) -> list[list[tuple[float, float]]]:
        return [[(x, y) for x, y, _ in stroke] for stroke in self.pad.strokes()]


def as_stroke(points: list[QPoint]) -> list[tuple[float, float]]:
    return [(round(point.x() / WIDE, 4), round(point.y() / HIGH, 4)) for point in [*points, points[-1]]][: len(points)]


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return Hand(qtbot)


def test_a_palm_laid_down_while_the_pen_writes_is_no_part_of_the_signature(hand: Hand) -> None:
    hand.pen(QEvent.Type.TabletPress, WORD[0])
    hand.touch("press", 1, PALM)
    for number, point in enumerate(WORD[1:]):
        hand.pen(QEvent.Type.TabletMove, point)
        hand.touch("move", 1, PALM + QPoint(number, 0))
    hand.touch("release", 1, PALM)
    hand.pen(QEvent.Type.TabletRelease, WORD[-1])
    assert hand.drawn() == [as_stroke(WORD)]
    assert hand.pad.is_enough()


def test_a_palm_laid_down_before_the_pen_makes_way_for_it(hand: Hand) -> None:
    hand.touch("press", 1, PALM)
    hand.write()
    hand.touch("move", 1, PALM - QPoint(200, 0))
    hand.touch("release", 1, PALM)
    assert hand.drawn() == [as_stroke(WORD)]


def test_a_palm_is_ignored_while_a_pen_is_near_and_has_not_written(hand: Hand) -> None:
    hand.pen(QEvent.Type.TabletMove, WORD[0])
    hand.mouse(QEvent.Type.MouseButtonPress, PALM, Qt.MouseEventSource.MouseEventSynthesizedBySystem)
    hand.mouse(QEvent.Type.MouseButtonRelease, PALM, Qt.MouseEventSource.MouseEventSynthesizedBySystem)
    assert hand.drawn() == []
    hand.at += BESIDE
    hand.mouse(QEvent.Type.MouseButtonPress, PALM, Qt.MouseEventSource.MouseEventNotSynthesized)
    hand.mouse(QEvent.Type.MouseButtonRelease, PALM, Qt.MouseEventSource.MouseEventNotSynthesized)
    assert len(hand.drawn()) == 1


def test_between_two_strokes_of_a_pen_nothing_else_writes_until_the_pad_is_cleared(hand: Hand) -> None:
    hand.write()
    hand.at += 10 * BESIDE
    for source in (Qt.MouseEventSource.MouseEventNotSynthesized, Qt.MouseEventSource.MouseEventSynthesizedBySystem):
        hand.mouse(QEvent.Type.MouseButtonPress, PALM, source)
        hand.mouse(QEvent.Type.MouseButtonRelease, PALM, source)
    hand.touch("press", 1, PALM)
    hand.touch("release", 1, PALM)
    hand.write([point + QPoint(0, 50) for point in WORD])
    assert len(hand.drawn()) == 2
    hand.pad.clear()
    hand.at += BESIDE
    hand.mouse(QEvent.Type.MouseButtonPress, PALM, Qt.MouseEventSource.MouseEventNotSynthesized)
    hand.mouse(QEvent.Type.MouseButtonRelease, PALM, Qt.MouseEventSource.MouseEventNotSynthesized)
    assert len(hand.drawn()) == 1


def test_a_touch_the_system_takes_back_leaves_the_pens_stroke(hand: Hand) -> None:
    hand.pen(QEvent.Type.TabletPress, WORD[0])
    QApplication.sendEvent(hand.pad, QEvent(QEvent.Type.TouchCancel))
    for point in WORD[1:]:
        hand.pen(QEvent.Type.TabletMove, point)
    hand.pen(QEvent.Type.TabletRelease, WORD[-1])
    assert hand.drawn() == [as_stroke(WORD)]


def test_a_second_finger_is_no_part_of_the_stroke_and_the_first_begins_the_next(hand: Hand) -> None:
    hand.touch("press", 1, WORD[0])
    sequence = QTest.touchEvent(hand.pad, hand.screen)
    sequence.stationary(1)
    sequence.press(2, PALM, hand.pad)
    sequence.commit()
    sequence = QTest.touchEvent(hand.pad, hand.screen)
    sequence.release(1, WORD[1], hand.pad)
    sequence.move(2, PALM - QPoint(9, 0), hand.pad)
    sequence.commit()
    assert len(hand.drawn()) == 1
    assert all(y < 0.6 for _, y in hand.drawn()[0])
    sequence = QTest.touchEvent(hand.pad, hand.screen)
    sequence.press(3, WORD[2], hand.pad)
    sequence.stationary(2)
    sequence.commit()
    sequence = QTest.touchEvent(hand.pad, hand.screen)
    sequence.release(3, WORD[3], hand.pad)
    sequence.release(2, PALM, hand.pad)
    sequence.commit()
    assert len(hand.drawn()) == 2
    assert all(y < 0.6 for stroke in hand.drawn() for _, y in stroke)


def test_finger_and_mouse_sign_as_before(hand: Hand) -> None:
    hand.touch("press", 1, WORD[0])
    for point in WORD[1:]:
        hand.touch("move", 1, point)
    hand.touch("release", 1, WORD[-1])
    assert hand.pad.is_enough()
    hand.pad.clear()
    QTest.mousePress(hand.pad, Qt.MouseButton.LeftButton, pos=WORD[0])
    for point in WORD[1:]:
        QTest.mouseMove(hand.pad, point)
    QTest.mouseRelease(hand.pad, Qt.MouseButton.LeftButton, pos=WORD[-1])
    assert hand.pad.is_enough() and len(hand.drawn()) == 1
