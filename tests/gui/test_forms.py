"""The forms keep to their rules: names with the role last, buddies, mnemonics, and nothing but structure."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

FORMS = sorted((Path(__file__).parents[2] / "ui").glob("*.ui"))
NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
INPUTS = {"QLineEdit", "QComboBox", "QDateEdit", "QPlainTextEdit"}
INPUTS |= {"NumberField", "TimeField", "PassphraseField", "NoteEditor"}


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
