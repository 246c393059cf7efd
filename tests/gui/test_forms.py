"""The forms keep to their rules: names with the role last, buddies, mnemonics, and nothing but structure."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

FORMS = sorted((Path(__file__).parents[2] / "ui").glob("*.ui"))
NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
INPUTS = {"QLineEdit", "QComboBox", "DayField", "QPlainTextEdit"}
INPUTS |= {"NumberField", "TimeField", "PassphraseField", "NoteEditor"}
BUTTONS = {"PrimaryButton", "SecondaryButton", "LinkButton"}
LISTS = {"AgendaList", "AttendeeList", "CandidateStrip", "CaseTable", "EntryList", "PeopleList", "QTableView"}
CONTROLS = INPUTS | BUTTONS | (LISTS - {"CandidateStrip"}) | {"QCheckBox", "QRadioButton", "SearchBox", "SignaturePad"}
LAST_WORDS = {
    **dict.fromkeys(BUTTONS, ("button", "chip")),
    **dict.fromkeys(LISTS, ("view",)),
    **dict.fromkeys(("QLineEdit", "QPlainTextEdit", "QTimeEdit"), ("edit", "field")),
    **dict.fromkeys(("NumberField", "TimeField"), ("field",)),
    **dict.fromkeys(("PassphraseField", "SearchBox"), ("edit",)),
    **dict.fromkeys(("StillStack", "QStackedWidget"), ("stack",)),
    "DayField": ("edit", "field", "day"),
    "QComboBox": ("box", "combo", "filter", "field"),
    "QCheckBox": ("box", "check"),
    "QRadioButton": ("radio",),
    "FieldError": ("error", "error_label"),
    "InlineBar": ("bar",),
    "ThreeColumns": ("columns",),
}


def widgets(form: Path) -> list[ET.Element]:
    """All widgets of a form but the page itself."""
    root = ET.parse(form).getroot().find("widget")
    assert root is not None
    return list(root.iter("widget"))[1:]


def text_of(widget: ET.Element, name: str) -> str:
    """A property's text, or empty."""
    found = widget.find(f"property[@name='{name}']/string")
    return (found.text or "") if found is not None else ""


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_names_are_words_with_underscores_and_stand_once(form: Path) -> None:
    names = [widget.get("name", "") for widget in widgets(form)]
    assert [name for name in names if not NAME.match(name)] == []
    assert len(names) == len(set(names))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_date_is_typed_as_people_write_it_in_every_form(form: Path) -> None:
    assert [w.get("name") for w in widgets(form) if w.get("class") in ("QDateEdit", "QDateTimeEdit")] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_holds_structure_only(form: Path) -> None:
    content = form.read_text(encoding="utf-8")
    assert 'name="styleSheet"' not in content
    assert "<slot>" not in content and "<signal>" not in content


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_label_with_a_mnemonic_has_a_buddy_in_the_form(form: Path) -> None:
    names = {widget.get("name") for widget in widgets(form)}
    for label in (w for w in widgets(form) if w.get("class") == "QLabel" and "&" in text_of(w, "text")):
        buddy = label.find("property[@name='buddy']/cstring")
        assert buddy is not None and buddy.text in names, label.get("name")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_every_field_can_be_called_by_name(form: Path) -> None:
    buddies = {b.text for b in ET.parse(form).getroot().iter("cstring")}
    unnamed = [
        widget.get("name")
        for widget in widgets(form)
        if widget.get("class") in INPUTS and widget.get("name") not in buddies and not text_of(widget, "accessibleName")
    ]
    assert unnamed == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_the_tab_order_names_widgets_of_the_form_once(form: Path) -> None:
    order = [stop.text for stop in ET.parse(form).getroot().iter("tabstop")]
    assert set(order) <= {widget.get("name") for widget in widgets(form)}
    assert len(order) == len(set(order))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_name_ends_with_what_its_widget_is(form: Path) -> None:
    wrong = [
        f"{widget.get('class')} {widget.get('name')}"
        for widget in widgets(form)
        for ends in [LAST_WORDS.get(widget.get("class", ""))]
        if ends and not re.search(rf"(^|_)({'|'.join(ends)})(_[1-9])?\Z", widget.get("name", ""))
    ]
    assert wrong == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_what_is_no_word_for_people_is_never_translated(form: Path) -> None:
    strings = [
        (prop.get("name"), string.text)
        for prop in ET.parse(form).getroot().iter("property")
        for string in prop.iter("string")
        if prop.get("stdset") == "0" and string.get("notr") != "true"
    ]
    assert strings == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_every_control_of_a_form_has_its_place_in_the_tab_order(form: Path) -> None:
    order = {stop.text for stop in ET.parse(form).getroot().iter("tabstop")}
    controls = [widget.get("name", "") for widget in widgets(form) if widget.get("class") in CONTROLS]
    assert [name for name in controls if name not in order] == []
