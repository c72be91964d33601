"""Two colleagues at the same report: nobody takes back what the other has noted, unless they are told."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import translation

from feedback.models import Report
from tests.editing import answer, as_sent, errors_of
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def report(make_report):
    return make_report(note="Gelesen.", email="erika@example.org")


@pytest.fixture
def open_form(report):
    """Opens the form as somebody; what it gives sends it with something typed into it."""

    def opened(name):
        by, _new = User.objects.get_or_create(username=name, is_superuser=True, is_staff=True)
        url = reverse("admin:feedback_report_change", args=[report.pk])
        shown = as_sent(url, by)

        def save(**typed):
            return answer("post", url, shown | typed, by)

        return save

    return opened


def told(page):
    return [re.sub(r"<[^>]+>", "", str(message)) for message in page.messages]


def kept():
    return Report.objects.values_list("note", "answer").get()


def test_what_one_left_alone_stays_as_the_other_saved_it(open_form):
    first, second = open_form("erna"), open_form("otto")
    first(note="Angerufen.\r\nKommt morgen.")
    page = second(answer="Guten Tag")
    assert page.status_code == 302
    assert re.fullmatch(r"Changed while the form was open, and kept: Note \(erna\)\. History", told(page)[1])
    assert [text.replace("\r", "") for text in kept()] == ["Angerufen.\nKommt morgen.", "Guten Tag"]


def test_what_both_wrote_is_asked_about_and_then_replaced(open_form):
    first, second = open_form("erna"), open_form("otto")
    first(note="Ernas Notiz")
    page = second(note="Ottos Notiz", answer="Guten Tag")
    text = re.sub(r" \([^)]*\d[^)]*\)", "", errors_of(page)["note"][0])
    assert text == "erna has changed this meanwhile. It says now: “Ernas Notiz”. Save again to replace it."
    assert page.context_data["adminform"].form["answer"].value() == "Guten Tag"
    assert kept() == ("Ernas Notiz", "")
    page = second(note="Ottos Notiz", answer="Guten Tag", _since=page.context_data["since"].moment)
    assert page.status_code == 302
    assert kept() == ("Ottos Notiz", "Guten Tag")


def test_an_answer_goes_out_only_with_what_its_sender_has_seen(open_form, report):
    first, second = open_form("erna"), open_form("otto")
    first(answer="Ernas Antwort")
    assert "answer" in errors_of(second(answer="Ottos Antwort", _answer="1"))
    assert Report.objects.get().state == "new"


def test_what_can_no_longer_be_said_is_shown_once_more(open_form, report):
    second = open_form("otto")
    Report.objects.update(state="answered", settled_at=NOW, answer="Ernas Antwort")
    page = second(answer="Ottos Antwort", note="Neu")
    assert errors_of(page)["__all__"] == [
        "Somebody has settled the report meanwhile. What you have typed was not saved: “Ottos Antwort”"
    ]
    page = second(answer="Ottos Antwort", note="Neu", _since=page.context_data["since"].moment)
    assert page.status_code == 302
    assert kept() == ("Neu", "Ernas Antwort")


@pytest.mark.parametrize("since", ["", "x", "nichts:2 : ::"])
def test_what_does_not_say_what_it_showed_breaks_nothing(open_form, since):
    page = open_form("otto")(note="Neu", _since=since)
    assert page.status_code == 302
    assert kept()[0] == "Neu"


def test_without_interference_nothing_is_told(open_form):
    save = open_form("otto")
    page = save(note="Neu", responsible="")
    assert (page.status_code, len(told(page))) == (302, 1)
    assert kept()[0] == "Neu"


@pytest.mark.parametrize("is_logged", [True, False])
def test_of_a_report_that_was_deleted_the_answer_is_not_lost(open_form, report, is_logged):
    second = open_form("otto")
    open_form("erna")
    erna = User.objects.get(username="erna")
    if is_logged:
        answer("post", reverse("admin:feedback_report_delete", args=[report.pk]), {"post": "yes"}, erna)
    else:
        report.delete()
    page = second(answer="Ottos Antwort", _answer="1")
    assert (page.status_code, Report.objects.count()) == (409, 0)
    assert page.context_data["told"].who.split(" (")[0] == ("erna" if is_logged else "Somebody")
    assert [one.lines for one in page.context_data["typed"]] == [[("Answer", "Ottos Antwort")]]
    assert not {"add_fields", "return_fields"} & page.context_data.keys()
