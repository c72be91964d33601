"""Large files: read through a window, held in portions, copied row by row, and the same in the end."""

import io
import json
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import documents, loading, spool
from catalogue.copying import cell
from catalogue.dumping import dump
from catalogue.entries import Entry, RefusedError
from catalogue.spool import Spool
from events.models import Event, PublishedVersion
from journal import version
from tests.catalogue.files import EVENT, ORGANISATION, changed_record, file, load, rejections
from tests.emptying import forget_measures, measured

HEAD = b'{"format": "kongressatlas-catalogue", "version": 1'


@pytest.fixture
def narrow(monkeypatch):
    """Portions of two entries."""
    monkeypatch.setattr(spool, "PORTION", 2)


def streamed(content, piece):
    """The records as they come through a window that moves on by so many bytes."""
    former = documents.PIECE, documents.BEGINNING
    documents.PIECE, documents.BEGINNING = piece, len(HEAD) + 8
    try:
        return list(documents.of(io.BytesIO(content)))
    finally:
        documents.PIECE, documents.BEGINNING = former


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(records=st.lists(values, max_size=5), piece=st.integers(1, 9), indent=st.sampled_from([None, 1]))
def test_a_window_of_any_width_sees_what_is_there(records, piece, indent):
    text = json.dumps(file(events=records), indent=indent, ensure_ascii=False)
    found = streamed(text.encode(errors="surrogatepass" if text.isascii() else "replace"), piece)
    assert [record for name, record in found if name == "events"] == json.loads(text)["events"]
    assert len(found) == 5 + len(records)


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (b', "events": [{}\n {}]}', "line 2, column 2: Expecting ',' delimiter."),
        (b', "events": [{]}', "line 1, column 65: Expecting property name enclosed in double quotes."),
        (b', "events": []} x', "line 1, column 67: Extra data."),
        (b', "events": [', "line 1, column 64: Expecting value."),
        (b', "events": [], "events": []}', "the key “events” stands twice in one object."),
        (b', "events": [{"a": 1, "a": 2}]}', "the key “a” stands twice in one object."),
        (b', "events": [NaN]}', "NaN is no number."),
        (b", 5: []}", "line 1, column 53: Expecting property name enclosed in double quotes."),
        (b"", "line 1, column 51: Expecting ',' delimiter."),
    ],
    ids=range(9),
)
@pytest.mark.parametrize("piece", [3, 1_000])
def test_what_is_wrong_is_told_with_its_place(rest, reason, piece):
    with pytest.raises(RefusedError) as refused:
        streamed(HEAD + rest, piece)
    assert str(refused.value).startswith("The file ")
    assert str(refused.value).endswith(reason), str(refused.value)


def test_a_byte_that_is_no_text_is_told_with_its_place():
    with pytest.raises(RefusedError, match="byte 0xf6 at position 64"):
        streamed(HEAD + b', "events":["K\xf6ln"]}', 3)


def test_a_file_as_dumps_are_may_be_larger_than_others(monkeypatch, tmp_path):
    path = tmp_path / "large.json"
    path.write_text(json.dumps(file()))
    monkeypatch.setattr(documents, "MOST_MEGABYTES", 0)
    assert len(list(documents.of_file(path))) == 6


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_what_waits_comes_back_in_portions_as_often_as_it_is_wanted(narrow, count):
    entries = [Entry("topics", f"t{number}", {}) for number in range(count)]
    waiting = Spool()
    for entry in entries:
        waiting.append(entry)
    for _time in range(2):
        portions = list(waiting.portions())
        assert [entry for portion in portions for entry in portion] == list(waiting) == entries
        assert all(len(portion) <= 2 for portion in portions)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, r"\N"),
        ("", ""),
        ("\\N", r"\\N"),
        ("a\tb\nc\rd\\", r"a\tb\nc\rd\\"),
        (True, "t"),
        (False, "f"),
        (7, "7"),
        (['a"b', "c\\d", "e,f", ""], r'{"a\\"b","c\\\\d","e,f",""}'),
        ([], "{}"),
    ],
)
def test_values_are_told_to_copy(value, text):
    assert cell(value) == text


def crowd(count):
    """Events that name each other across portions."""
    slugs = [f"tagung-{number}" for number in range(count)]
    return [EVENT | {"slug": slug, "parent": slugs[-1]} for slug in slugs[:-1]] + [
        EVENT | {"slug": slugs[-1]}
    ]


@pytest.mark.django_db
def test_portions_make_the_same_of_a_file_as_one(narrow, monkeypatch):
    load(file(events=crowd(5)))
    in_portions = dump()
    assert load(in_portions.encode()).changed_nothing
    assert Event.objects.filter(parent__slug="tagung-4").count() == 4
    monkeypatch.undo()
    assert load(in_portions.encode()).changed_nothing
    again = [event | {"title": "Neu\t\\N"} for event in crowd(5)]
    report = load(file(events=again))
    assert (report.updated["events"], dump().count(r"Neu\t\\N")) == (5, 5)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"start": "bald"}, {"start"}),
        ({"hashtag": "zwei Worte"}, {"hashtag"}),
        ({"topics": ["nichts"]}, {"topics[1]"}),
        ({"parent": "tagung-0"}, {"parent"}),
        ({"uid": "6f1b0e0c-7d0b-5b7e-9a53-0d5b0a4c2e11"}, {"uid"}),
    ],
    ids=["read", "checked", "refers", "circle", "identifier"],
)
def test_a_fault_in_the_last_portion_takes_back_the_first(narrow, changed, reason):
    events = crowd(5)
    events[0]["uid"] = "6f1b0e0c-7d0b-5b7e-9a53-0d5b0a4c2e11"
    events[-1] |= changed
    assert rejections(file(events=events)).keys() == reason
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_load_is_one_step_of_the_version_and_keeps_one_public_version_of_each_event(narrow):
    before = version.current().number
    load(file(events=crowd(5)))
    assert version.current().number == before + 1
    assert PublishedVersion.objects.count() == 5
    load(file(events=[event | {"title": "Neu"} for event in crowd(5)]))
    assert version.current().number == before + 2
    assert PublishedVersion.objects.count() == 10


@pytest.mark.django_db
def test_no_portion_asks_more_of_the_tables_than_the_first(monkeypatch):
    monkeypatch.setattr(spool, "PORTION", 150)
    # The database is young, whatever tests before have had measured.
    forget_measures(measured())
    asked, remember = [(0, 0)], loading._remember_versions

    def counted():
        remember()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sum(seq_scan)::int, sum(idx_tup_fetch)::int FROM pg_stat_xact_user_tables "
                "WHERE relname LIKE 'events_%'"
            )
            asked.append(cursor.fetchone())

    monkeypatch.setattr(loading, "_remember_versions", counted)
    series = (["reihe", None][number % 2] for number in range(600))
    events = [changed_record(EVENT, {"slug": f"t-{n}", "series": one}) for n, one in enumerate(series)]
    load(file(events=events))
    portions = [(scans - s, rows - r) for (s, r), (scans, rows) in pairwise(asked)]
    assert len(portions) == 4
    assert all(scans <= portions[0][0] and rows < 1.2 * portions[0][1] for scans, rows in portions), portions


@pytest.mark.django_db
def test_work_that_lasts_is_told_now_and_then(narrow, monkeypatch, tmp_path):
    monkeypatch.setattr(loading, "EVERY", 0)
    path, lines = tmp_path / "file.json", []
    path.write_text(json.dumps(file(events=crowd(5), organisations=[ORGANISATION])))
    loading.load_file(path, pulse=lines.append)
    assert [line.rpartition(" (")[0] for line in lines] == [
        "records read so far: 0",
        *(f"{name}: 1 of 1" for name in ("organisations", "people", "venues", "topics", "series")),
        *(f"events: {done} of 5" for done in (2, 4, 5)),
    ]
