"""Rows inside a form that two have open."""

import re

import pytest

from events.models import Event, Source
from tests import factories as make
from tests.editing import errors_of, row
from tests.events.admin.entries import fill
from tests.trail.meanwhile.forms import Form, edit, row_errors, told
from trail.acting import acting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def sources(event):
    names = ("Programmheft", "Presse", "Website")
    return [
        make.SourceFactory(event=event, title=name, url=f"https://{n}.example", position=n)
        for n, name in enumerate(names)
    ]


def titles():
    return list(Source.objects.values_list("title", flat=True))


def test_rows_are_merged_field_by_field(event, sources, erna, otto):
    form = Form(event, otto)
    edit(sources[0], erna, title="Faltblatt")
    edit(sources[1], erna, position=7)
    page = form.save(sources__0__publisher="Stadt", sources__2__title="Webseite", title="Neu")
    assert page.status_code == 302
    assert list(Source.objects.values_list("title", "publisher", "position")) == [
        ("Faltblatt", "Stadt", 0), ("Webseite", "", 2), ("Presse", "", 7),
    ]  # fmt: skip
    assert "Source: Title, Source: Position (Erna Schmidt)" in told(page)[1]


def test_a_field_of_a_row_that_both_changed_is_asked_about(event, sources, erna, otto):
    form = Form(event, otto)
    edit(sources[0], erna, title="Faltblatt")
    edit(sources[1], erna, position=7)
    page = form.save(sources__0__title="Flugblatt", sources__1__position="5")
    errors = row_errors(page)
    assert {number: list(fields) for number, fields in errors.items()} == {0: ["title"], 1: ["position"]}
    assert "It says now: “Faltblatt”" in errors[0]["title"][0]
    assert "It says now: “7”" in errors[1]["position"][0]
    assert titles() == ["Faltblatt", "Website", "Presse"]
    assert form.save_again(page).status_code == 302
    assert titles() == ["Flugblatt", "Website", "Presse"]


def test_what_was_removed_and_added_by_others_stays_so(event, sources, erna, otto):
    first, second = Form(event, erna), Form(event, otto)
    new = row("sources", 3, title="Neu", url="https://neu.example")
    first.save(sources__0__DELETE="on", sources__1__DELETE="on", **new)
    mine = row("sources", 3, title="Ottos", url="https://otto.example")
    page = second.save(sources__1__DELETE="on", sources__2__title="Webseite", **mine)
    assert page.status_code == 302
    assert titles() == ["Webseite", "Neu", "Ottos"]
    kept = "kept: Source: Neu added, Source: Programmheft removed, Source: Presse removed (Erna Schmidt)"
    assert kept in told(page)[1]


def test_a_removed_row_that_was_worked_on_comes_back_as_a_new_one(event, sources, erna, otto):
    form = Form(event, otto)
    with acting(erna):
        Source.objects.filter(pk__in=[sources[0].pk, sources[1].pk]).delete()
    page = form.save(sources__0__publisher="Stadt Musterstadt", sources__2__title="Webseite")
    ((number, errors),) = row_errors(page).items()
    assert (number, list(errors)) == (1, ["__all__"])
    assert re.match(r"Erna Schmidt \(.*\) has removed this row meanwhile\. Save again", errors["__all__"][0])
    assert page.context_data["problems"][0].anchor == "sources-heading"
    assert titles() == ["Website"]
    assert form.save_again(page).status_code == 302
    assert list(Source.objects.values_list("title", "publisher")) == [
        ("Programmheft", "Stadt Musterstadt"), ("Webseite", ""),
    ]  # fmt: skip


def test_a_row_that_somebody_changed_is_not_removed_unasked(event, sources, erna, otto):
    form = Form(event, otto)
    edit(sources[0], erna, title="Faltblatt")
    page = form.save(sources__0__DELETE="on", title="Ottos Titel")
    told_of = [problem.message for problem in page.context_data["problems"]]
    assert len(told_of) == 1
    assert "has changed “Source: Faltblatt” meanwhile, which you have marked for removal." in told_of[0]
    assert len(titles()) == 3
    assert form.save_again(page).status_code == 302
    assert titles() == ["Presse", "Website"]


def test_what_the_database_refuses_is_told_of_once(event, erna, otto):
    form = Form(event, otto)
    edit(event, erna, summary="Ernas Worte.")
    with acting(erna):
        make.SourceFactory(event=event, title="Neu", url="https://neu.example")
    page = form.save(title="Ottos", **row("sources", 0, title="Neu", url="https://neu.example"))
    assert page.context_data["errors"]
    assert [text[:7] for text in told(page)] == ["Changed"]
    assert Event.objects.get().title == "Tagung"


def test_rows_that_went_over_to_another_entry_are_gone_from_here(event, sources, otto):
    form, other = Form(event, otto), make.EventFactory()
    Source.objects.filter(pk=sources[0].pk).update(event=other)
    assert form.save(title="Ottos Titel").status_code == 302
    assert titles() == ["Programmheft", "Presse", "Website"]
    assert Source.objects.get(pk=sources[0].pk).event == other


def test_every_kind_of_row_is_left_as_it_is_where_nobody_touched_it(event, erna, otto):
    fill(event, 0)
    form = Form(event, otto)
    names = ("participations", "sessions", "appearances", "previous_dates", "sources", "prices", "awards",
             "venue_links", "topic_links")  # fmt: skip
    with acting(erna):
        for name in names:
            getattr(event, name).update(position=4)
        event.prices.update(amount=20)
    page = form.save(title="Ottos Titel")
    assert (page.status_code, errors_of(page)) == (302, {})
    assert {name: getattr(event, name).get().position for name in names} == dict.fromkeys(names, 4)
    assert event.prices.get().amount == 20
