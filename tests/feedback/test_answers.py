"""From a report to its answer: who deals with it, by when, and what the visitor gets."""

import datetime as dt
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback import actions
from feedback.models import Report
from feedback.privacy import erase_address
from lib.days_off import working_day_until
from lib.editing.tasks import find
from operations.facts import all_facts
from tests.accounts.cast import person
from tests.factories import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
LIST = "/admin/feedback/report/"
TEXT = "Guten Tag Frau Muster,\n\ndas Menü öffnet sich jetzt."


@pytest.fixture
def erika(client):
    account = person("erika", "editor")
    client.force_login(account)
    return account


def answered(client, report, **typed):
    return client.post(f"{LIST}{report.pk}/change/", {"note": "", "responsible": "", "answer": TEXT} | typed)


# -- by when ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "state", "expected"),
    [
        ("2027-03-25", None, "2027-03-25"),
        ("2027-03-29", None, "2027-03-25"),  # Easter Monday, Sunday, Saturday, Good Friday
        ("2027-05-27", None, "2027-05-27"),
        ("2027-05-27", "DE-NW", "2027-05-26"),  # Corpus Christi
    ],
)
def test_an_answer_is_due_on_a_working_day(day, state, expected):
    assert working_day_until(dt.date.fromisoformat(day), state) == dt.date.fromisoformat(expected)


def test_barriers_have_the_time_of_the_law_and_errors_the_operators(settings):
    settings.LEGAL = settings.LEGAL | {"ACCESSIBILITY_ANSWER_DAYS": 10}
    settings.FEEDBACK_ANSWER_DAYS = 4
    assert actions.answer_due_on("barrier", NOW) == TODAY + dt.timedelta(days=10)
    assert actions.answer_due_on("error", NOW) == TODAY + dt.timedelta(days=4)


# -- the answer --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("de", "Durchsetzungsstelle"), ("en", "enforcement body")])
def test_the_answer_goes_to_who_reported(
    client, erika, make_report, mail_server, settings, django_capture_on_commit_callbacks, language, words
):
    settings.CONTACT_EMAIL = "stadt@musterstadt.example"
    secret = {"message": "Geheimnis", "page": "Geheimnis"}
    report = make_report(email="frau@example.org", language=language, **secret)
    with django_capture_on_commit_callbacks(execute=True):
        assert answered(client, report, _answer="1").status_code == 302
    ((recipients, mail),) = mail_server.mails
    assert (recipients, mail["Reply-To"]) == (["frau@example.org"], "stadt@musterstadt.example")
    body = mail.get_content().replace("\r\n", "\n")
    assert body.startswith(TEXT)
    assert words in body
    assert "Geheimnis" not in body
    report.refresh_from_db()
    assert (report.state, report.settled_at, report.answer_mailed_at) == ("answered", NOW, NOW)
    assert report.responsible == erika
    assert LogEntry.objects.filter(change_message="new → answered").count() == 1


def test_an_answer_that_could_not_be_mailed_is_mailed_later(client, erika, make_report, mail_server):
    report = make_report(email="frau@example.org", mailed_at=NOW)
    mail_server.refuses = True
    actions.answer(report, TEXT, at=NOW)
    assert not actions.deliver_answer(report.pk)
    assert list(find("feedback.Report", "unsent").which(Report.objects.all(), NOW)) == [report]
    assert list(client.get(f"{LIST}?due=unsent").context["cl"].result_list) == [report]
    mail_server.refuses = False
    told = StringIO()
    call_command("send_unsent_reports", stdout=told)
    assert told.getvalue() == "1 mailed, 0 left.\n"
    assert not actions.deliver_answer(report.pk)
    assert len(mail_server.mails) == 1


def test_closing_ends_what_no_mail_server_takes(make_report):
    values = {"email": "frau@nirgends.example", "answer": TEXT, "state": "answered", "settled_at": NOW}
    report = make_report(**values, mailed_at=NOW)
    assert Report.objects.unmailed().get() == report
    actions.settle(Report.objects.all(), state="closed", at=NOW)
    assert not Report.objects.unmailed().exists()
    report.refresh_from_db()
    assert report.earlier_answers == f"Nie gesendet:\n\n{TEXT}"


def test_without_an_address_the_answer_is_noted_only(client, erika, make_report, mail_server):
    report = make_report()
    answered(client, report, _answer="1")
    assert not actions.deliver_answer(report.pk)
    report.refresh_from_db()
    assert (report.state, report.answer, report.answer_mailed_at) == ("answered", TEXT, None)
    assert mail_server.mails == []


def test_an_empty_answer_is_none(client, erika, make_report):
    report = make_report(email="frau@example.org")
    answered(client, report, answer=" ", _answer="1")
    report.refresh_from_db()
    assert report.state == "new"


def test_what_was_mailed_cannot_be_changed_but_answered_anew(
    client, erika, make_report, mail_server, django_capture_on_commit_callbacks
):
    report = make_report(email="frau@example.org", mailed_at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        answered(client, report, answer="Alt", _answer="1")
    answered(client, report, answer="Heimlich anders")
    client.post(LIST, {"action": "mark_new", "_selected_action": [report.pk]})
    with django_capture_on_commit_callbacks(execute=True):
        answered(client, report, answer="Neu", _answer="1")
    report.refresh_from_db()
    assert (report.answer, report.answer_mailed_at) == ("Neu", NOW)
    assert (report.earlier_answers, report.note) == ("Antwort vom 01.03.2027:\n\nAlt", "")
    assert [mail.get_content().split()[0] for _, mail in mail_server.mails] == ["Alt", "Neu"]


def test_the_button_pressed_twice_answers_once(
    client, erika, make_report, mail_server, django_capture_on_commit_callbacks
):
    report = make_report(email="frau@example.org")
    for typed in (TEXT, "Etwas anderes"):
        with django_capture_on_commit_callbacks(execute=True):
            answered(client, report, answer=typed, _answer="1")
    report.refresh_from_db()
    assert (report.answer, len(mail_server.mails)) == (TEXT, 1)


def test_a_form_that_is_saved_holds_the_report(client, erika, make_report):
    report = make_report()
    with CaptureQueriesContext(connection) as asked:
        answered(client, report)
    told = [one["sql"] for one in asked if "feedback_report" in one["sql"]]
    locked = next(number for number, sql in enumerate(told) if sql.endswith("FOR UPDATE"))
    assert locked < next(number for number, sql in enumerate(told) if sql.startswith("UPDATE"))


@pytest.mark.parametrize("state", ["answered", "closed"])
def test_no_draft_is_mailed_without_the_button_for_it(make_report, mail_server, state):
    report = make_report(email="frau@example.org", mailed_at=NOW, answer="Entwu", state="in_work")
    actions.settle(Report.objects.all(), state=state, at=NOW)
    assert not Report.objects.unsent_answers().exists()
    report.refresh_from_db()
    assert (report.answer, report.earlier_answers) == ("", "Nie gesendet:\n\nEntwu")


@pytest.mark.parametrize("state", ["answered", "closed"])
def test_what_is_typed_into_a_settled_report_is_no_answer(client, erika, make_report, state):
    report = make_report(email="frau@example.org", state=state, settled_at=NOW)
    answered(client, report)
    answered(client, report, _answer="1")
    report.refresh_from_db()
    assert (report.answer, report.state) == ("", state)


def test_a_draft_stays_one_while_the_report_is_open(make_report):
    report = make_report(answer="Entwurf", state="in_work")
    actions.settle(Report.objects.all(), state="new", at=NOW)
    report.refresh_from_db()
    assert (report.answer, report.earlier_answers) == ("Entwurf", "")


def test_an_answer_that_never_went_out_is_a_draft_again(make_report):
    values = {"email": "frau@example.org", "answer": TEXT, "state": "answered", "settled_at": NOW}
    report = make_report(**values)
    actions.settle(Report.objects.all(), state="new", at=NOW)
    report.refresh_from_db()
    assert (report.answer, report.earlier_answers) == (TEXT, "")


def test_answers_are_erased_with_the_name(make_report, settings):
    settings.REPORT_CONTACT_DAYS = 30
    long_ago = NOW - dt.timedelta(days=31)
    values = {"answer": TEXT, "answer_mailed_at": NOW, "state": "answered", "settled_at": NOW}
    make_report(created_at=long_ago, **values)
    make_report(created_at=long_ago, earlier_answers=TEXT)
    make_report(email="frau@example.org", earlier_answers=TEXT)
    assert actions.erase_contacts(NOW) == 2
    assert erase_address("Frau@example.org") == 1
    assert set(Report.objects.values_list("answer", "answer_mailed_at", "earlier_answers")) == {
        ("", None, "")
    }


@pytest.mark.parametrize(
    ("note", "left", "moved"),
    [
        ("Angerufen\n\nFrühere Antwort:\n\nGuten Tag", "Angerufen", "Frühere Antwort:\n\nGuten Tag"),
        ("Earlier answer:\r\n\r\nHello\r\n\r\nx", "", "Earlier answer:\r\n\r\nHello\r\n\r\nx"),
        ("Die Frühere Antwort: gut", "Die Frühere Antwort: gut", ""),
    ],
)
def test_answers_leave_the_notes_of_before(make_report, note, left, moved):
    migration = import_module("feedback.migrations.0003_earlier_answers")
    report, erased = make_report(note=note, answer=TEXT), make_report(note=note)
    migration.move_out_of_notes(apps, None)
    report.refresh_from_db()
    erased.refresh_from_db()
    assert (report.note, report.earlier_answers) == (left, moved)
    assert (erased.note, erased.earlier_answers) == (left, "")
    migration.move_back(apps, None)
    report.refresh_from_db()
    assert report.note.split() == note.split()


# -- who ---------------------------------------------------------------------------------------------


def test_somebody_deals_with_it(client, erika, make_report):
    report, done = make_report(), make_report(state="closed", settled_at=NOW)
    answered(client, report, answer="Entwurf", _take="1")
    report.refresh_from_db()
    assert (report.state, report.responsible, report.answer) == ("in_work", erika, "Entwurf")
    client.post(LIST, {"action": "take_on", "_selected_action": [report.pk, done.pk]})
    done.refresh_from_db()
    assert done.state == "closed"
    assert [one.pk for one in client.get(f"{LIST}?whose=mine").context["cl"].result_list] == [report.pk]
    assert len(client.get(f"{LIST}?whose=nobodys").context["cl"].result_list) == 1
    assert len(client.get(f"{LIST}?due=open").context["cl"].result_list) == 1


def test_operations_tell_what_is_overdue(make_report):
    make_report(state="in_work", answer_due_on=TODAY - dt.timedelta(days=1), mailed_at=NOW)
    make_report(mailed_at=NOW)
    told = {fact.metric.name: (fact.value, bool(fact.remedy)) for fact in all_facts(NOW) if fact.metric}
    assert told["reports_waiting"] == ("2", False)
    assert told["reports_overdue"] == ("1", True)
    assert told["reports_unsent"] == ("0", False)
