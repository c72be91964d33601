"""The accessibility statement as data: versions that stay, a draft, the yearly review."""

import datetime as dt
import json

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from journal import version
from lib.editing.tasks import find
from operations.facts import all_facts
from pages import statements
from pages.models import Barrier, Statement
from tests.accounts.cast import person
from tests.factories import NOW, TODAY
from tests.lasting import settle
from tests.pages.operator import legal
from tests.rules import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
YEAR = dt.timedelta(days=366)


@pytest.fixture(autouse=True)
def _town(settings):
    settings.LEGAL = legal()
    settings.CONTACT_EMAIL = "stadt@musterstadt.example"


def published(**changes):
    draft = statements.draft()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save()
    return statements.publish(draft, at=NOW)


def page(client, path="/barrierefreiheit/"):
    return client.get(path).content.decode()


# -- versions --------------------------------------------------------------------------------------


def test_before_the_first_version_the_settings_speak_and_it_begins_with_them(client):
    before = page(client)
    assert "Programmhefte der Veranstalter" in before
    published()
    assert page(client).split("<h2>Fassungen")[0] == before.split("<h2>Fassungen")[0]


def test_a_publication_shows_in_the_next_request(client):
    published()
    settle()
    number = version.current().number
    published(authority="Stadt Neustadt")
    settle()
    assert version.current().number > number
    assert "Öffentliche Stelle: Stadt Neustadt" in page(client)


def test_each_version_stays_at_its_address(client):
    published()
    published(authority="Stadt Neustadt")
    old, new = page(client, "/barrierefreiheit/fassung/1/"), page(client, "/barrierefreiheit/fassung/2/")
    assert "Stadt Musterstadt" in old
    assert "Fassung 1 gilt nicht mehr" in old
    assert "Stadt Neustadt" in new
    assert "gilt nicht mehr" not in new
    assert client.get("/barrierefreiheit/fassung/3/").status_code == 404
    assert 'name="robots" content="noindex"' in old


def test_a_draft_is_nobodys_to_read(client):
    statements.draft()
    assert client.get("/barrierefreiheit/fassung/1/").status_code == 404
    assert "Fassung 1" not in page(client)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(client, django_assert_num_queries, number):
    for _ in range(number):
        published()
    with django_assert_num_queries(3):
        client.get("/barrierefreiheit/")


def test_what_is_owed_keeps_a_draft_from_being_published(settings):
    settings.LEGAL = legal(ENFORCEMENT_NAME=settings.PLACEHOLDER, ACCESSIBILITY_STATUS="nonsense")
    draft = statements.draft()
    Barrier.objects.all().delete()
    draft.evaluated_on, draft.reviewed_on, draft.answer_days = None, TODAY + dt.timedelta(days=1), 7
    assert statements.owed(Statement.objects.get()) == [
        "„Durchsetzungsstelle“ ist noch einzutragen.",
        "Eine Website, die nicht vollständig vereinbar ist, nennt jeden Teil, der nicht barrierefrei ist.",
    ]
    assert len(statements.owed(draft)) == 5
    with pytest.raises(ValueError, match="Durchsetzungsstelle"):
        statements.publish(draft, at=NOW)


def test_a_confirmed_review_is_a_version_of_its_own():
    first = published()
    second = statements.confirm(at=NOW)
    assert (second.number, second.reviewed_on) == (2, TODAY)
    told = [(one.part, one.reason_en, one.ground) for one in first.barriers.all()]
    assert told == [(one.part, one.reason_en, one.ground) for one in second.barriers.all()]
    assert first.facts() | {"reviewed_on": TODAY} == second.facts()


def test_nothing_is_confirmed_that_is_not_published_or_being_changed():
    with pytest.raises(ValueError, match="veröffentlicht"):
        statements.confirm(at=NOW)
    published()
    statements.draft()
    with pytest.raises(ValueError, match="Entwurf"):
        statements.confirm(at=NOW)


# -- what the database keeps -------------------------------------------------------------------------


def test_a_published_version_stays_as_it_is(django_user_model):
    editor = django_user_model.objects.create(username="erika")
    one = published()
    Statement.objects.filter(pk=statements.draft().pk).delete()
    with refused("statement_published_stays"):
        Statement.objects.filter(pk=one.pk).update(status="full")
    with refused("statement_published_stays"):
        Barrier.objects.update(part="nichts")
    with refused("statement_published_stays"):
        Barrier.objects.create(statement=one, ground="exempt", part="a", reason="b")
    with refused("statement_published_stays"):
        one.delete()
    mine = statements.confirm(by=editor, at=NOW)
    editor.delete()
    mine.refresh_from_db()
    assert mine.published_by is None


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"status": "mostly"}, "statement_status_known"),
        ({"method": "guess"}, "statement_method_known"),
        ({"answer_days": 0}, "statement_answers_in_days"),
        ({"reviewed_on": dt.date(2020, 1, 1)}, "statement_reviewed_after_prepared"),
        ({"number": 1}, "statement_published_is_dated"),
    ],
)
def test_nonsense_is_refused(wrong, rule):
    draft = statements.draft()
    with refused(rule):
        Statement.objects.filter(pk=draft.pk).update(**wrong)


def test_there_is_one_draft():
    facts = statements.draft().facts()
    with refused("statement_number_unique"):
        Statement.objects.create(**facts)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [({"ground": "laziness"}, "barrier_ground_known"), ({"reason": ""}, "barrier_says_what_and_why")],
)
def test_a_barrier_says_what_and_why(wrong, rule):
    draft = statements.draft()
    with refused(rule):
        Barrier.objects.create(**{"statement": draft, "ground": "exempt", "part": "a", "reason": "b"} | wrong)


# -- data ------------------------------------------------------------------------------------------


def test_the_statement_as_data(client):
    published(notes="Bis Mai.", notes_en="Until May.")
    answer = client.get("/barrierefreiheit.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    told = json.loads(answer.content)
    assert told == json.loads(client.get("/en/accessibility.json").content)
    assert (told["conformance"], told["version"], told["reviewedOn"]) == ("partly", 1, "2027-01-30")
    assert told["reviewDueOn"] == "2028-01-31"
    assert told["notAccessible"][0]["part"] == {
        "de": "Programmhefte der Veranstalter",
        "en": "Organisers’ programme booklets",
    }
    assert told["remarks"] == {"de": "Bis Mai.", "en": "Until May."}
    assert told["feedback"]["address"] == ["Stadt Musterstadt", "Rathausplatz 1", "12345 Musterstadt"][1:]
    assert told["enforcement"]["website"] == "https://www.durchsetzungsstelle.musterland.example/"


def test_what_is_owed_is_null_in_the_data(client, settings):
    settings.LEGAL = legal(ACCESSIBILITY_STATUS=settings.PLACEHOLDER, ACCESSIBILITY_REVIEWED_ON=None)
    told = json.loads(client.get("/barrierefreiheit.json").content)
    assert (told["conformance"], told["reviewedOn"], told["version"]) == (None, None, None)


# -- the yearly review -------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "waits"), [(29, True), (30, True), (31, False), (-1, True)])
def test_the_review_waits_in_the_work_list_a_month_before(days, waits):
    one = published(prepared_on=dt.date(2025, 1, 1), reviewed_on=TODAY - YEAR + dt.timedelta(days=days))
    task = find("pages.Statement", "review")
    assert list(task.which(Statement.objects.all(), NOW)) == ([one] if waits else [])


@pytest.mark.parametrize(("days", "mails"), [(30, 1), (31, 0)])
def test_who_answers_reports_is_reminded(settings, days, mails):
    settings.REPORT_RECIPIENTS = ["redaktion@musterstadt.example"]
    published(prepared_on=dt.date(2025, 1, 1), reviewed_on=TODAY - YEAR + dt.timedelta(days=days))
    call_command("remind_of_review")
    assert len(mail.outbox) == mails
    if mails:
        assert "bis zum 31.03.2027" in mail.outbox[0].body
        assert "/admin/pages/statement/review/" in mail.outbox[0].body


def test_a_reminder_that_reaches_nobody_fails(settings):
    settings.REPORT_RECIPIENTS = []
    published(prepared_on=dt.date(2025, 1, 1), reviewed_on=TODAY - YEAR)
    with pytest.raises(CommandError):
        call_command("remind_of_review")


def test_operations_tell_when_it_is_late():
    published(prepared_on=dt.date(2025, 1, 1), reviewed_on=TODAY - YEAR - dt.timedelta(days=1))
    fact = next(one for one in all_facts(NOW) if one.metric and "statement" in one.metric.name)
    assert fact.metric.samples == {"": -1.0}
    assert fact.remedy


# -- the desk ----------------------------------------------------------------------------------------

LIST, REVIEW = "/admin/pages/statement/", "/admin/pages/statement/review/"


def test_a_publisher_writes_and_publishes(client):
    client.force_login(person("petra", "publisher"))
    assert "Noch keine Erklärung" in client.get(REVIEW).content.decode()
    form = client.post(REVIEW, {"draft": ""}, follow=True)
    draft = Statement.objects.get()
    assert form.redirect_chain[0][0] == f"{LIST}{draft.pk}/change/"
    assert "Vorschau eines Entwurfs" in page(client, f"{LIST}{draft.pk}/preview/")
    values = form.context["adminform"].form.initial | {"authority": "Stadt Neustadt", "_publish": "1"}
    rows = form.context["inline_admin_formsets"][0].formset
    values |= {f"barriers-{name}": value for name, value in rows.management_form.initial.items()}
    for row in rows.initial_forms:
        values |= {f"{row.prefix}-{name}": value for name, value in row.initial.items()}
        values |= {f"{row.prefix}-id": row.instance.pk, f"{row.prefix}-statement": draft.pk}
    answer = client.post(f"{LIST}{draft.pk}/change/", {k: v for k, v in values.items() if v is not None})
    assert not (answer.context and answer.context["errors"])
    assert answer.status_code == 302
    done = statements.in_force()
    assert (done.authority, done.number, done.published_by.username) == ("Stadt Neustadt", 1, "petra")
    client.post(REVIEW, {"confirm": ""})
    assert statements.in_force().number == 2
    assert client.get(f"{LIST}{done.pk}/change/").status_code == 200
    assert client.post(f"{LIST}{done.pk}/change/", {}).status_code == 403


def test_an_editor_writes_and_an_author_does_not_even_look(client):
    published()
    client.force_login(person("erika", "editor"))
    assert client.post(REVIEW, {"confirm": ""}).status_code == 403
    client.post(REVIEW, {"draft": ""})
    draft = Statement.objects.get(number=None)
    form = page(client, f"{LIST}{draft.pk}/change/")
    assert 'name="_publish"' not in form
    assert client.get(LIST).status_code == 200
    client.force_login(person("adam", "author"))
    for address in (LIST, REVIEW, f"{LIST}{draft.pk}/preview/"):
        assert client.get(address).status_code == 403
    assert reverse("admin:pages_statement_review") == REVIEW
