"""From a report to its answer: who deals with it, by when, and what the visitor gets."""

import datetime as dt
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command

from feedback import actions
from feedback.models import Report
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
    mail_server.refuses = False
    told = StringIO()
    call_command("send_unsent_reports", stdout=told)
    assert told.getvalue() == "1 mailed, 0 left.\n"
    assert not actions.deliver_answer(report.pk)
    assert list(client.get(f"{LIST}?due=unsent").context["cl"].result_list) == [report]
    assert len(mail_server.mails) == 1


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


def test_what_was_mailed_cannot_be_changed_but_answered_anew(client, erika, make_report):
    report = make_report(email="frau@example.org", state="answered", settled_at=NOW, answer="Alt")
    answered(client, report, answer="Neu")
    report.refresh_from_db()
    assert report.answer == "Alt"
    actions.settle(Report.objects.all(), state="new", at=NOW)
    answered(client, report, answer="Alt")
    actions.answer(report, "Neu", by=erika, at=NOW)
    report.refresh_from_db()
    assert (report.answer, report.note) == ("Neu", "Frühere Antwort:\n\nAlt")


def test_the_answer_is_erased_with_the_name(make_report, settings):
    settings.REPORT_CONTACT_DAYS = 30
    long_ago = NOW - dt.timedelta(days=31)
    values = {"answer": TEXT, "answer_mailed_at": NOW, "state": "answered", "settled_at": NOW}
    make_report(created_at=long_ago, **values)
    assert actions.erase_contacts(NOW) == 1
    assert list(Report.objects.values_list("answer", "answer_mailed_at")) == [("", None)]


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
