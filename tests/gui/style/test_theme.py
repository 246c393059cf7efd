"""Every pair of colours can be read, in every look."""

import pytest
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QCheckBox

from csp_desktop.gui.style import fonts, icons, style
from csp_desktop.gui.style.painting import _AVATARS, Ink, initials_of, width_of
from csp_desktop.gui.style.theme import CONTRAST, DARK, LIGHT, Theme, Tokens, Tone, current, private

LOOKS = [LIGHT, DARK, CONTRAST, private(LIGHT), private(DARK), private(CONTRAST)]


def _light(value: str) -> float:
    colour = QColor(value)
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours."""
    darker, lighter = sorted((_light(one), _light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def text_pairs(t: Tokens) -> list[tuple[str, str, str]]:
    """Every text colour on every ground it is written on."""
    inks = [
        (f"{ink} on {ground}", getattr(t, ink), getattr(t, ground))
        for ink in ("ink", "ink2", "ink3", "accent")
        for ground in ("bg", "surface", "sunken", "tint")
    ]
    inks += [(f"{tone.value} on its ground", *t.tone(tone)) for tone in Tone]
    inks += [
        (f"{tone} on {ground}", getattr(t, tone), getattr(t, ground))
        for tone in ("high", "medium", "low")
        for ground in ("surface", "sunken", "bg")
    ]
    inks += [(f"ink2 on {tone}", t.ink2, getattr(t, f"{tone}_bg")) for tone in ("high", "medium", "low")]
    for bar, second in ((t.bar, t.bar_second), (t.idle_bar, t.idle_second), (t.plum_bar, t.plum_second)):
        inks += [("bar ink", t.bar_ink, bar), ("bar second", second, bar), ("pace", t.amber, bar)]
    return [*inks, ("primary button", t.on_accent, t.accent), ("tooltip", t.surface, t.ink)]


def control_pairs(t: Tokens) -> list[tuple[str, str, str]]:
    """Borders and marks one must see to act."""
    pairs = [(f"line2 on {ground}", t.line2, getattr(t, ground)) for ground in ("bg", "surface", "sunken")]
    pairs += [(f"focus on {ground}", t.accent, getattr(t, ground)) for ground in ("bg", "surface", "sunken", "tint")]
    pairs += [(f"{tick} tick", getattr(t, tick), t.surface) for tick in ("broken", "due", "kept")]
    return [*pairs, ("arrow of a choice", "#7E899C", t.surface), ("done tick", t.bar_done, t.bar)]


@pytest.mark.parametrize("tokens", LOOKS, ids=lambda tokens: tokens.name)
def test_every_text_can_be_read(tokens: Tokens) -> None:
    assert [(name, round(contrast(a, b), 2)) for name, a, b in text_pairs(tokens) if contrast(a, b) < 4.5] == []


@pytest.mark.parametrize("tokens", [CONTRAST, private(CONTRAST)], ids=lambda tokens: tokens.name)
def test_in_high_contrast_every_text_and_control_is_beyond_aaa(tokens: Tokens) -> None:
    pairs = text_pairs(tokens) + control_pairs(tokens)
    below = [(name, round(contrast(a, b), 2)) for name, a, b in pairs if contrast(a, b) < 7]
    assert [found for found in below if found[0] != "arrow of a choice"] == []


@pytest.mark.parametrize("tokens", LOOKS, ids=lambda tokens: tokens.name)
def test_every_control_can_be_seen(tokens: Tokens) -> None:
    assert [(name, round(contrast(a, b), 2)) for name, a, b in control_pairs(tokens) if contrast(a, b) < 3] == []


def test_initials_can_be_read_on_every_avatar() -> None:
    assert [pair for pair in _AVATARS if contrast(*pair) < 4.5] == []


def test_the_contrast_itself_is_measured_right() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 1) == 21.0
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("PS Dan Holt", "DH"),
        ("Ewa Łukasik", "EŁ"),
        ("Dr Priya Raman", "PR"),
        ("Cher", "C"),
        ("Anne-Marie O'Neil", "AO"),
    ],
)
def test_initials_leave_the_rank_out(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_a_theme_is_in_force_everywhere_once_applied(qapp) -> None:
    dark = Theme(DARK, 1.5)
    style.apply(qapp, dark)
    try:
        assert current() is dark
        assert qapp.font().pixelSize() == 20
        assert DARK.surface in qapp.styleSheet()
    finally:
        style.apply(qapp, Theme())


def test_inter_is_there_in_all_four_weights(qapp) -> None:
    assert set(fonts.register()) >= {"Inter"}
    drawn = {
        width_of(Theme(), "Community Protection Group", Ink(40, "#000000", weight)) for weight in (400, 500, 600, 700)
    }
    assert QFontInfo(Theme().font(13)).family() == "Inter"
    assert len(drawn) == 4


def test_an_icon_takes_the_colour_asked_for_and_an_unknown_one_is_refused(qapp) -> None:
    image = icons.pixmap("check", 24, "#ff0000").toImage()
    shown = {
        image.pixelColor(x, y).name() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 200
    }
    assert shown == {"#ff0000"}
    with pytest.raises(LookupError):
        icons.pixmap("no-such-icon", 24, "#ff0000")


def test_a_box_that_cannot_be_changed_still_shows_its_tick(qapp) -> None:
    style.apply(qapp, Theme())
    box = QCheckBox("Chair")
    box.setEnabled(False)
    box.resize(box.sizeHint())
    filled = []
    for checked in (True, False):
        box.setChecked(checked)
        picture = box.grab().toImage()
        across = [picture.pixelColor(x, picture.height() // 2).name() for x in range(20)]
        filled.append(sum(contrast(colour, LIGHT.surface) >= 3 for colour in across))
    box.deleteLater()
    assert filled[0] > 8 > filled[1]
