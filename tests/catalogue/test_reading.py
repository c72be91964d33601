import json

import pytest

from catalogue import documents
from catalogue.entries import RefusedError
from catalogue.loading import load
from events.models import Event
from organisations.models import Organisation
from tests.catalogue.files import EVENT, ORGANISATION, file, rejections, with_event

pytestmark = pytest.mark.django_db


def refusal(content):
    with pytest.raises(RefusedError) as refused:
        load(content)
    assert not Organisation.objects.exists()
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"events": [', "The file is no valid JSON: line 1, column 13: Expecting value."),
        (b'{\n "a": Koeln\n}', "The file is no valid JSON: line 2, column 7: Expecting value."),
        (b"", "The file is no valid JSON: line 1, column 1: Expecting value."),
        ("Köln".encode("latin-1"), "The file is not UTF-8: byte 0xf6 at position 1. Save it as UTF-8."),
        ("{}".encode("utf-16"), "The file is not UTF-8: byte 0xff at position 0. Save it as UTF-8."),
        (b"[]", "The file must be a JSON object with the sections of the catalogue."),
        (b'"events"', "The file must be a JSON object with the sections of the catalogue."),
        (b'{"a": NaN}', "The file is no valid JSON: NaN is no number."),
        (b'{"a": 1, "a": 2}', "The file is no valid JSON: the key “a” stands twice in one object."),
        (b"[" * 200_000, "The file is nested too deeply."),
        (
            b'{"version": 2}',
            "The file must say “format”: “kongressatlas-catalogue” and “version”: 1.",
        ),
        (
            b'{"format": "kongressatlas-catalogue", "version": true}',
            "The file must say “format”: “kongressatlas-catalogue” and “version”: 1.",
        ),
        (
            b'{"dogs": []}',
            "“dogs” is no section. Sections are: organisations, people, venues, topics, series, events.",
        ),
        (b'{"events": {}}', "The section “events” must be a list of records."),
    ],
    ids=range(14),
)
def test_a_broken_file_gets_one_clear_reason(content, reason):
    assert refusal(content) == reason


def test_a_number_too_long_to_read_is_refused():
    assert refusal(b'{"a": ' + b"9" * 5_000 + b"}").startswith("The file is no valid JSON: ")


def test_a_file_of_50_megabytes_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "big.json"
    with path.open("wb") as big:
        big.truncate(50_000_000)
    with pytest.raises(RefusedError) as refused:
        list(documents.of_file(path))
    assert str(refused.value) == f"{path} has 50 MB; an exchange file has at most 40 MB."


def test_content_of_50_megabytes_is_refused():
    assert refusal(b" " * 50_000_000) == "An exchange file has at most 40 MB."


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(RefusedError, match=r"none.json cannot be read: No such file or directory."):
        list(documents.of_file(tmp_path / "none.json"))


def test_a_byte_order_mark_does_no_harm():
    load(b"\xef\xbb\xbf" + json.dumps(file()).encode())
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        (
            {"slug": "Tagung"},
            "slug",
            "must be lower-case letters, digits and single hyphens, at most 80 of them",
        ),
        ({"titel": "x"}, "titel", "is no field here"),
        ({"title": None}, "title", "is missing"),
        ({"title": ""}, "title", "must not be empty"),
        ({"title": "x" * 251}, "title", "Ensure this value has at most 250 characters (it has 251)."),
        ({"title": "a\x00b"}, "title", "contains a control character such as NUL"),
        (
            {"status": "moved"},
            "status",
            "“moved” is none of: scheduled, rescheduled, postponed, moved_online, cancelled",
        ),
        ({"languages": ["de", "xx"]}, "languages", "“xx” is none of: de, en"),
        ({"website": "javascript:alert(1)"}, "website", "Enter a valid URL."),
        ({"start": "2027-05-04", "end": "2027-05-03"}, "start", "lies after the end"),
        (
            {"start": "2027-05", "end": "2027-06-03"},
            "start",
            "must be known as exactly as the end: both a day, a month, a quarter or a year",
        ),
        ({"start": None}, "start", "is missing"),
        ({"edition": 100_000}, "edition", "Ensure this value is less than or equal to 32767."),
        ({"is_free": None, "sold_out": "yes"}, "sold_out", "must be true or false"),
        ({"venues": {"venue": "halle"}}, "venues", "must be a list"),
        ({"venues": ["halle"]}, "venues[1]", "must be an object"),
        ({"venues": [{"venue": "halle"}] * 2}, "venues[2]", "says the same as an earlier one of the list"),
        (
            {"venues": [{"venue": "halle", "start": "2027-05"}]},
            "venues[1].start",
            "must be a day such as 2027-05-31",
        ),
        ({"venues": [{"venue": "halle", "end": "2027-05-03"}]}, "venues[1].start", "is missing"),
        ({"topics": [5]}, "topics[1]", "must be a text"),
        ({"participations": [{"organisation": "verband"}]}, "participations[1].role", "is missing"),
        ({"image": "x" * 101}, "image", "Ensure this value has at most 100 characters (it has 101)."),
    ],
    ids=str,
)
def test_a_faulty_field_is_named_with_its_reason(changed, field, reason):
    found = rejections(with_event(**changed))
    assert found[field].startswith(reason)
    assert not Event.objects.exists()


def test_a_slug_that_stands_twice_is_refused():
    assert rejections(file(events=[EVENT, EVENT])) == {"slug": "stands twice in this section"}


def test_a_record_that_is_no_object_is_named_by_its_number():
    with pytest.raises(RefusedError) as refused:
        load(json.dumps(file(events=["tagung"])).encode())
    assert str(refused.value) == "events · [1]: must be an object"


def test_every_rejection_of_every_record_is_reported():
    wrong = ORGANISATION | {"kind": "club", "level": "galactic", "dog": 1}
    document = file(organisations=[wrong, {"slug": "x"}], events=[EVENT | {"start": "bald"}])
    with pytest.raises(RefusedError) as refused:
        load(json.dumps(document).encode())
    places = {(found.slug, found.field) for found in refused.value.rejections}
    wrong_places = {("verband", "kind"), ("verband", "level"), ("verband", "dog"), ("tagung", "start")}
    assert places == wrong_places | {("x", "name"), ("x", "kind"), ("x", "level")}


def test_a_reference_to_a_rejected_record_is_not_reported_as_well():
    assert rejections(file(organisations=[ORGANISATION | {"level": "x"}])).keys() == {"level"}


def test_reasons_are_told_in_the_readers_language():
    from django.utils import translation

    with translation.override("de"):
        assert rejections(with_event(title=None)) == {"title": "fehlt"}
