"""Two colleagues at the draft of the accessibility statement: nobody undoes what the other has written."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import translation

from pages import statements
from pages.models import Barrier, Statement
from tests.accounts.cast import person
from tests.editing import answer, errors_of, row
from tests.factories import NOW
from tests.pages.operator import legal
from tests.trail.meanwhile.forms import Form, clash, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture(autouse=True)
def _town(settings):
    settings.LEGAL = legal()
    settings.CONTACT_EMAIL = "stadt@musterstadt.example"
    with translation.override("en"):
        yield


@pytest.fixture
def erna():
    return User.objects.create_superuser("erna", first_name="Erna", last_name="Schmidt")


@pytest.fixture
def otto():
    return person("otto", "publisher")


@pytest.fixture
def draft():
    made = statements.draft()
    made.barriers.all().delete()
    for number, part in enumerate(("Karten", "Programmhefte", "Filme")):
        made.barriers.create(ground="burden", part=part, reason="Zu teuer.", position=number)
    return made


def barriers():
    return list(Barrier.objects.values_list("part", "reason"))


def without_moment(text):
    return re.sub(r" \([^)]*\d[^)]*\)", "", text)


def typed(page):
    return {one.where: one.lines for one in page.context_data["typed"]}


def test_what_one_left_alone_stays_as_the_other_saved_it(draft, erna, otto):
    first, second = Form(draft, erna), Form(draft, otto)
    first.save(status="full", evaluated_on="2027-01-05", barriers__0__reason="Kein Geld.")
    page = second.save(scope="Auch die App.", barriers__0__part="Alle Karten")
    assert page.status_code == 302
    found = Statement.objects.get()
    assert (found.status, str(found.evaluated_on), found.scope) == ("full", "2027-01-05", "Auch die App.")
    assert barriers()[0] == ("Alle Karten", "Kein Geld.")
    kept = "kept: Compliance status, Evaluated on, Barrier: Explanation (Erna Schmidt). History"
    assert kept in told(page)[1]


def test_what_both_wrote_is_asked_about_and_then_replaced(draft, erna, otto):
    form = Form(draft, otto)
    Form(draft, erna).save(status="full", barriers__1__reason="Ernas Grund.")
    page = form.save(status="not", barriers__1__reason="Ottos Grund.")
    assert clash(page, "status") == [
        "Erna Schmidt has changed this meanwhile. It says now: “Fully compliant”. Save again to replace it."
    ]
    (rows,) = page.context_data["inline_admin_formsets"]
    assert without_moment(rows.formset.forms[1].errors["reason"][0]) == (
        "Erna Schmidt has changed this meanwhile. It says now: “Ernas Grund.”. Save again to replace it."
    )
    assert Statement.objects.get().status == "full"
    assert form.save_again(page).status_code == 302
    assert (Statement.objects.get().status, barriers()[1][1]) == ("not", "Ottos Grund.")


def test_rows_that_came_and_went_stay_so(draft, erna, otto):
    first, second = Form(draft, erna), Form(draft, otto)
    first.save(barriers__0__DELETE="on", **row("barriers", 3, ground="exempt", part="Neu", reason="Archiv."))
    page = second.save(barriers__2__reason="Ottos Grund.")
    assert page.status_code == 302
    assert barriers() == [("Programmhefte", "Zu teuer."), ("Filme", "Ottos Grund."), ("Neu", "Archiv.")]
    assert "kept: Barrier: Neu added, Barrier removed (Erna Schmidt)" in told(page)[1]


def test_a_removed_row_that_was_worked_on_comes_back_as_a_new_one(draft, erna, otto):
    form = Form(draft, otto)
    Form(draft, erna).save(barriers__0__DELETE="on")
    page = form.save(barriers__0__reason="Ottos Grund.")
    (rows,) = page.context_data["inline_admin_formsets"]
    assert [number for number, one in enumerate(rows.formset.forms) if one.errors] == [2]
    assert "has removed this row meanwhile. Save again" in rows.formset.forms[2].errors["__all__"][0]
    assert form.save_again(page).status_code == 302
    assert ("Karten", "Ottos Grund.") in barriers()


def test_a_draft_that_was_published_meanwhile_keeps_what_was_typed(draft, erna, otto):
    form = Form(draft, otto)
    statements.publish(Statement.objects.get(), by=erna, at=NOW)
    page = form.save(scope="Auch die App.", barriers__1__reason="Ottos Grund.")
    assert page.status_code == 409
    assert page.context_data["title"] == "Not saved: “Version 1” can no longer be changed"
    assert typed(page) == {
        "": [("Scope", "Auch die App.")],
        "Barrier: Programmhefte": [("Explanation", "Ottos Grund.")],
    }
    assert page.context_data["way_on"][0] == reverse("admin:pages_statement_review")
    assert Statement.objects.get().scope == ""


def test_a_draft_that_was_deleted_meanwhile_keeps_what_was_typed(draft, erna, otto):
    form = Form(draft, otto)
    delete = reverse("admin:pages_statement_delete", args=[draft.pk])
    assert answer("post", delete, {"post": "yes"}, erna).status_code == 302
    page = form.save(scope="Auch die App.", barriers__1__reason="Ottos Grund.", _publish="1")
    assert page.status_code == 409
    assert re.match(r"Erna Schmidt \(.*\d", page.context_data["told"].who)
    assert typed(page) == {"": [("Scope", "Auch die App.")], "Barrier": [("Explanation", "Ottos Grund.")]}
    # A draft begins on the page of the review, with what holds.
    assert not {"add_fields", "return_fields"} & page.context_data.keys()
    assert page.context_data["way_on"] == (reverse("admin:pages_statement_review"), "Begin a new draft")
    assert not Statement.objects.exists()


def test_without_interference_nothing_is_told(draft, otto):
    page = Form(draft, otto).save(scope="Auch die App.")
    assert (page.status_code, errors_of(page), len(told(page))) == (302, {}, 1)


@pytest.mark.parametrize("since", [None, "x", "barrier-x-part:0 barrier-1:2 :::", "barrier-²-part:0"])
def test_what_does_not_say_what_it_showed_breaks_nothing(since, draft, otto):
    assert Form(draft, otto).save(scope="Auch die App.", _since=since).status_code == 302
    assert Statement.objects.get().scope == "Auch die App."
