"""The desk of those who answer: what is due stands first, nothing that came in can be changed."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from feedback.models import Report
from tests.factories import NOW, TODAY, EventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LIST = "/admin/feedback/report/"


def rows(response):
    return [str(report) for report in response.context["cl"].result_list]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    admin_client, make_report, django_assert_num_queries, number
):
    for _ in range(number):
        make_report(kind="error", answer_due_on=None, event=EventFactory())
    # Session, account, two counts, the rows.
    with django_assert_num_queries(5):
        assert len(rows(admin_client.get(LIST))) == number


def test_what_is_due_stands_first(admin_client, make_report):
    done = make_report(state="answered", settled_at=NOW)
    error = make_report(kind="error", answer_due_on=None)
    later = make_report(answer_due_on=TODAY + dt.timedelta(days=9))
    late = make_report(answer_due_on=TODAY - dt.timedelta(days=1))
    response = admin_client.get(LIST)
    assert rows(response) == [str(one) for one in (late, later, error, done)]
    assert response.content.decode().count("(überfällig)") == 1
    assert rows(admin_client.get(f"{LIST}?due=overdue")) == [str(late)]
    assert len(rows(admin_client.get(f"{LIST}?due=unsent"))) == 4


@pytest.mark.parametrize(("action", "state"), [("mark_answered", "answered"), ("mark_closed", "closed")])
def test_reports_are_settled_from_the_list(admin_client, make_report, action, state):
    report = make_report()
    admin_client.post(LIST, {"action": action, "_selected_action": [report.pk]})
    report.refresh_from_db()
    assert (report.state, report.settled_at) == (state, NOW)
    assert LogEntry.objects.get().object_id == str(report.pk)
    admin_client.post(LIST, {"action": "mark_new", "_selected_action": [report.pk]})
    report.refresh_from_db()
    assert (report.state, report.settled_at) == ("new", None)


def test_only_the_note_can_be_changed(admin_client, make_report):
    report = make_report(email="erika@example.org")
    address = f"{LIST}{report.pk}/change/"
    assert "Das Menü öffnet sich nicht." in admin_client.get(address).content.decode()
    admin_client.post(address, {"note": "Angerufen", "message": "anders", "email": "x@example.org"})
    assert list(Report.objects.values_list("note", "message", "email")) == [
        ("Angerufen", "Das Menü öffnet sich nicht.", "erika@example.org")
    ]
    assert admin_client.get(f"{LIST}add/").status_code == 403


@pytest.mark.parametrize(
    ("page", "is_link"),
    [("http://testserver/themen/", True), ("https://evil.example/", False), ("javascript:alert(1)", False)],
)
def test_only_pages_of_this_site_are_linked(admin_client, make_report, page, is_link):
    html = admin_client.get(f"{LIST}{make_report(page=page).pk}/change/").content.decode()
    assert (f'href="{page}"' in html) is is_link
    assert page in html


def test_nobody_is_asked_for_a_reason_that_no_history_would_tell(make_report, admin_client):
    """Reports have none; entries have."""
    report = reverse("admin:feedback_report_change", args=[make_report().pk])
    entry = reverse("admin:events_event_change", args=[EventFactory().pk])
    assert 'name="_reason"' not in admin_client.get(report).content.decode()
    assert 'name="_reason"' in admin_client.get(entry).content.decode()
