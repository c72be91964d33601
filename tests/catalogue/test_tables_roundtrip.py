"""What leaves as a table comes back as it was: nothing to change, and what somebody changed, exactly."""

import re
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue import loading
from catalogue.dumping import dump
from catalogue.schema import BY_NAME, SECTIONS
from catalogue.tables import csv_files, files
from catalogue.tables.cells import normal
from catalogue.tables.columns import columns_of
from tests.catalogue import tables
from tests.lasting import lasting, settle

pytestmark = pytest.mark.django_db
NAMES = [section.name for section in SECTIONS]
FORMS = {
    "workbook": tables.as_workbook,
    "german": tables.as_csv,
    "plain": lambda table, name: tables.as_csv(table, name, csv_files.PLAIN),
}


@pytest.fixture(scope="module", autouse=True)
def _catalogue(django_db_setup, django_db_blocker):
    """The whole real catalogue."""
    with lasting(django_db_blocker):
        loading.load((Path(site.BASE_DIR) / "data/catalogue.json").read_bytes())
        settle()
        yield


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_catalogue_comes_back_with_nothing_to_change(name):
    table = tables.exported(name)
    for form in FORMS.values():
        content = form(table, name)
        examined = tables.looked_at(name, content)
        assert tables.faults(examined) == {}
        assert tables.outcomes(examined) == ["same"] * (len(table) - 1)


def test_the_other_fields_of_a_changed_row_stay_as_they_are():
    before = without_revisions(dump())
    table = tables.exported("events", 20)
    place = table[0].index("summary")
    kept = table[1][place]
    for text in ("Etwas anderes.", kept):
        table[1][place] = text
        tables.applied("events", files.read(tables.as_workbook(table, "events")))
    assert without_revisions(dump()) == before


def without_revisions(text):
    return re.sub(r',\s*"revision": \d+', "", text)


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]) | st.sampled_from(";|\\\"',\n=+-@\t")
)


@pytest.mark.parametrize("form", FORMS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=texts, names=st.lists(texts.filter(str.strip), min_size=1, max_size=3))
def test_any_text_survives_any_form(form, text, names):
    """Typed into a cell, saved, read: the same text, whatever signs are in it."""
    section = BY_NAME["series"]
    columns = {column.key: column for column in columns_of(section)}
    record = {"slug": "reihe", "summary": text.strip(), "aliases": [name.strip() for name in names]}
    row = [column.text(record) for column in columns.values()]
    grid = files.read(FORMS[form]([list(columns), row], "series"))
    cells = dict(zip(columns, grid.rows[0][1], strict=True))
    assert cells["summary"] == normal(record["summary"])
    assert columns["aliases"].value(cells["aliases"]) == [normal(name) for name in record["aliases"]]


EDITS = {
    "title": ["Ein neuer Titel", "Noch einer; mit Strich | und = davor"],
    "subtitle": ["", "=1+1", "+49", "'so"],
    "status": ["scheduled", "cancelled", "postponed"],
    "topics": ["", "ki", "ki; cloud"],
    "languages": ["de", "de; en", ""],
    "is_free": ["", "yes", "no"],
    "checked_on": ["2026-11-01", ""],
    "speaker_count": ["", "12"],
    "sources": ["", "https://a.example | Ein \\| Strich;\nhttps://b.example | B | Verlag | 2020-01-01"],
}


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_random_edits_do_what_they_say_and_nothing_else(data):
    """The differences shown are the edited cells; afterwards the table says what was typed."""
    before = tables.exported("events", 20)
    edited = [list(row) for row in before]
    cells = st.tuples(st.integers(1, 20), st.sampled_from(sorted(EDITS)))
    for row, key in data.draw(st.sets(cells, min_size=1, max_size=8)):
        edited[row][before[0].index(key)] = data.draw(st.sampled_from(EDITS[key]))
    uploaded = files.read(FORMS[data.draw(st.sampled_from(sorted(FORMS)))](edited, "events"))
    with transaction.atomic():
        examined = tables.looked_at("events", uploaded)
        assert tables.changes(examined) == differing(before, edited)
        tables.applied("events", uploaded)
        assert tables.exported("events", 20) == edited
        assert set(tables.outcomes(tables.looked_at("events", uploaded))) == {"same"}
        transaction.set_rollback(True)


def differing(before, after):
    return {
        (old[0], key): (old[place], new[place])
        for old, new in zip(before[1:], after[1:], strict=True)
        for place, key in enumerate(before[0])
        if old[place] != new[place]
    }
