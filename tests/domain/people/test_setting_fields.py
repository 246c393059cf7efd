"""Every setting is one row of a table, or there is a reason why nobody can change it."""

import re
from dataclasses import fields

import pytest

from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.common.fields import Field, Line, Number, Numbers, Texts, kept
from csp_desktop.domain.people.settings import FIELDS, Settings
from csp_desktop.domain.private.settings import FIELDS as PRIVATE_FIELDS
from csp_desktop.domain.private.settings import PrivateSettings

NO_ROW = {
    Settings: {
        "id": "there is one record",
        "retention_confirmed": "set together with the years, by whoever may decide them",
        "made_as_sample_on": "set by the sample alone",
    },
    PrivateSettings: {"id": "there is one record"},
}
TABLES = {Settings: FIELDS, PrivateSettings: PRIVATE_FIELDS}


@pytest.mark.parametrize("record", TABLES)
def test_every_setting_has_a_row_or_a_reason_and_every_row_a_setting(record):
    rows = [field.name for field in TABLES[record]]
    assert sorted([*rows, *NO_ROW[record]]) == sorted(field.name for field in fields(record))


@pytest.mark.parametrize("record", TABLES)
def test_what_a_new_file_begins_with_can_be_kept(record):
    usual = record()
    changes = {field.name: getattr(usual, field.name) for field in TABLES[record]}
    assert kept(TABLES[record], changes) == changes


@pytest.mark.parametrize("field", [*FIELDS, *PRIVATE_FIELDS], ids=lambda field: field.name)
def test_every_row_says_where_it_stands_and_what_it_is_called(field: Field):
    label = field.plain_label
    assert field.section and label[0].isupper() and not label.isupper() and field.label.count("&") <= 1


@pytest.mark.parametrize(
    "field", [one for one in (*FIELDS, *PRIVATE_FIELDS) if isinstance(one, Number | Numbers)], ids=lambda one: one.name
)
def test_a_number_beyond_its_limits_is_refused_in_a_sentence_that_names_them(field: Number | Numbers):
    assert [int(figure) for figure in re.findall(r"[0-9]+", field.sentence)] == [field.least, field.most]


@pytest.mark.parametrize("field", [*FIELDS, *PRIVATE_FIELDS], ids=lambda field: field.name)
def test_a_setting_is_refused_in_whole_sentences_and_a_list_says_what_one_more_is(field: Field):
    said = [getattr(field, name, "") for name in ("sentence", "needed", "unnamed")]
    assert [words for words in said if words and not (words[0].isupper() and words.endswith("."))] == []
    if isinstance(field, Line | Texts):
        assert field.subject.startswith("The ")
    if isinstance(field, Texts):
        assert field.add.startswith("Add a") and all(column[0].isupper() for column in field.columns)


@pytest.mark.parametrize("record", TABLES)
def test_a_setting_whose_name_alone_does_not_say_what_it_does_is_explained(record):
    explained = {
        Settings: "leave_early first_review_days risk_drop_months monitoring_months acknowledge_days high_review_days "
        "medium_review_days standard_review_days area_aliases lock_after_minutes "
        "lock_after_minutes_in_meeting text_size",
        PrivateSettings: "new_within_days returning_after_days long_term_months small_count",
    }
    assert [field.name for field in TABLES[record] if field.help] == explained[record].split()


def test_a_line_is_kept_in_one_line_and_refused_with_its_subject():
    field = Line("venue", "Venue", subject="The venue", most=10, needed="A venue is needed.")
    assert field.kept(" Town \t Hall ") == "Town Hall"
    for text, sentence in (
        ("Town\u200b", "The venue contains a zero-width space after “Town”. Type it again there."),
        ("A very long hall", "The venue is longer than 10 characters. Shorten it."),
        (" ", "A venue is needed."),
    ):
        with pytest.raises(FieldRefused) as refused:
            field.kept(text)
        assert (refused.value.field, refused.value.sentence) == ("venue", sentence)


def test_a_list_of_one_column_holds_texts_and_one_of_several_holds_rows():
    one = Texts("areas", "Areas", columns=("Area",), add="Add", subject="The area")
    two = Texts("names", "Names", columns=("Name", "Area"), add="Add", subject="The name", unnamed="Name it.")
    assert one.kept((("Noise ",), "Litter")) == ("Noise", "Litter")
    assert two.kept((("Noise", " Streets "), ("Noise", "Parks"))) == (("Noise", "Streets"), ("Noise", "Parks"))
    for field, value in ((one, ("Noise", "noise")), (two, (("", "Parks"),)), (one, ("\u202eNoise",))):
        with pytest.raises(FieldRefused):
            field.kept(value)


def test_numbers_are_each_within_their_limits():
    field = Numbers("minutes", "Minutes", least=0, most=180, sentence="An item takes between 0 and 180 minutes.")
    assert field.kept((("cases", 0), ("apologies", 180))) == (("cases", 0), ("apologies", 180))
    with pytest.raises(FieldRefused, match="between 0 and 180"):
        field.kept((("cases", 0), ("apologies", 181)))
