import pytest
from django import forms
from django.core.exceptions import ValidationError

from events.models import Event, Topic
from lib.fields import (
    LinesField,
    validate_ars,
    validate_country,
    validate_qid,
    validate_subdivision,
)


@pytest.mark.parametrize(
    ("validate", "right", "wrong"),
    [
        (validate_country, ["DE", "XK"], ["de", "DEU", "D"]),
        (validate_subdivision, ["DE-NW", "AT-9", "GB-ENG"], ["NW", "DE-", "DE-ABCD", "DE_NW"]),
        (validate_qid, ["Q1", "Q64"], ["64", "q64", "Q0", "Q64 "]),
        (validate_ars, ["05", "05111", "05111000", "051110000000"], ["5", "0511", "0511100000000", "O5"]),
    ],
)
def test_codes_are_checked(validate, right, wrong):
    for value in right:
        validate(value)
    for value in wrong:
        with pytest.raises(ValidationError):
            validate(value)


def test_several_short_texts_are_written_one_per_line():
    field = LinesField(required=False)
    assert field.clean(" OZG \r\n\r\nOnlinezugang\nOZG") == ["OZG", "Onlinezugang"]
    assert field.clean("") == []
    assert field.prepare_value(["OZG", "EfA"]) == "OZG\nEfA"
    assert field.prepare_value("as\ntyped") == "as\ntyped"


def test_a_list_counts_as_changed_only_if_it_was():
    field = LinesField()
    assert not field.has_changed(["OZG", "EfA"], "OZG\n EfA ")
    assert field.has_changed(["OZG", "EfA"], "EfA\nOZG")
    assert not field.has_changed(None, "")


def test_lists_of_choices_are_checkboxes_and_refuse_strangers():
    class Form(forms.ModelForm):
        class Meta:
            model = Event
            fields = ("formats",)

    assert isinstance(Form().fields["formats"].widget, forms.CheckboxSelectMultiple)
    assert Form({"formats": ["forum", "course"]}).fields["formats"].clean(["forum", "course"]) == [
        "forum",
        "course",
    ]
    assert "formats" in Form({"formats": ["party"]}).errors
    assert Form().fields["formats"].clean([]) == []


def test_lists_of_texts_keep_their_order():
    field = Topic._meta.get_field("synonyms").formfield()
    assert isinstance(field, LinesField)
    assert field.clean("Zweites\nErstes") == ["Zweites", "Erstes"]


def test_an_address_without_a_scheme_means_https():
    assert Event._meta.get_field("website").formfield().clean("tage.example") == "https://tage.example"
