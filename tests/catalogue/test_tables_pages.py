"""The pages of tables: fetch, bring back, look, agree; for those who may, and nobody else."""

import csv
import datetime as dt
import re
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from catalogue.models import UploadedTable
from catalogue.schema import SECTIONS
from events.models import Event
from tests import factories as make
from tests.accounts.cast import make_people

pytestmark = pytest.mark.django_db
EVENTS = "/admin/catalogue/tables/events/"
LIST = "/admin/events/event/"


@pytest.fixture
def people():
    return make_people()


def as_user(user):
    client = Client()
    client.force_login(user)
    return client


def upload(client, content, name="tabelle.csv", address=EVENTS):
    content = content if isinstance(content, bytes) else content.encode()
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def fingerprint(page):
    return re.search(r'name="fingerprint" value="(\w+)"', page.content.decode())[1]


# -- fetch ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_each_noun_has_a_table(admin_client, section):
    page = admin_client.get(f"/admin/catalogue/tables/{section.name}/")
    assert page.status_code == 200
    answer = admin_client.get(f"/admin/catalogue/tables/{section.name}/?format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert b"".join(answer.streaming_content).startswith(b"\xef\xbb\xbfslug,")
    assert (
        f"/admin/catalogue/tables/{section.name}/"
        in admin_client.get(
            LIST.replace("events/event", section.model._meta.label_lower.replace(".", "/"))
        ).content.decode()
    )


def test_a_selection_of_the_list_is_fetched(admin_client):
    for name in ("eins", "zwei", "drei"):
        make.EventFactory(slug=name, title=f"Tagung {name}")
    keys = list(Event.objects.exclude(slug="drei").values_list("pk", flat=True))
    data = {"action": "export_table", "_selected_action": keys, "select_across": "0", "index": "0"}
    page = admin_client.post(LIST, data)
    assert "<h1>2 Einträge als Tabelle</h1>" in page.content.decode()
    answer = admin_client.post(LIST, {**data, "format": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert sorted(row[0] for row in sheet.iter_rows(min_row=2, values_only=True)) == ["eins", "zwei"]


def test_all_that_match_are_fetched(admin_client):
    for number in range(60):
        make.EventFactory(slug=f"t{number}", status="cancelled" if number % 2 else "scheduled")
    data = {"action": "export_table", "_selected_action": ["0"], "select_across": "1", "index": "0"}
    answer = admin_client.post(f"{LIST}?status__exact=cancelled", {**data, "format": "csv"})
    assert len(b"".join(answer.streaming_content).splitlines()) == 31


# -- bring back ----------------------------------------------------------------------------------


def test_looking_changes_nothing_and_agreeing_all(admin_client):
    event = make.EventFactory(slug="tagung", title="Tagung")
    answer = upload(admin_client, "slug;title\ntagung;Neuer <Titel>\n")
    page = admin_client.get(answer.url)
    content = page.content.decode()
    assert "<del>Tagung</del> <ins>Neuer &lt;Titel&gt;</ins>" in content
    assert Event.objects.get().title == "Tagung"
    done = admin_client.post(answer.url, {"fingerprint": fingerprint(page)}, follow=True)
    assert "1 Eintrag wurde geändert." in done.content.decode()
    event.refresh_from_db()
    assert (event.title, UploadedTable.objects.count()) == ("Neuer <Titel>", 0)


def test_mistakes_are_shown_and_nothing_can_be_agreed_to(admin_client):
    make.EventFactory(slug="tagung")
    answer = upload(admin_client, "slug;title;status\ntagung;Neu;vielleicht\n")
    page = admin_client.get(answer.url).content.decode()
    assert "Zeile 2:" in page
    assert "<code>status</code>: „vielleicht“ ist" in page
    assert 'name="fingerprint"' not in page


def test_others_changes_in_between_are_shown(admin_client):
    make.EventFactory(slug="tagung", title="Tagung")
    answer = upload(admin_client, "slug;title\ntagung;Neu\n")
    agreed = fingerprint(admin_client.get(answer.url))
    Event.objects.update(title="Von anderen")
    page = admin_client.post(answer.url, {"fingerprint": agreed}).content.decode()
    assert "In der Zwischenzeit haben andere Einträge geändert" in page
    assert "<del>Von anderen</del> <ins>Neu</ins>" in page


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("titel\nx\n", "Die Spalte „slug“ fehlt"),
        ("slug;farbe\na;b\n", "In dieser Tabelle gibt es keine Spalte „farbe“."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Das ist keine Tabelle"),
        (b"PK\x03\x04xxxx", "Die Arbeitsmappe ist beschädigt."),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_form(admin_client, content, reason):
    page = upload(admin_client, content)
    assert page.status_code == 200
    assert reason in page.content.decode()
    assert UploadedTable.objects.count() == 0


# -- rights --------------------------------------------------------------------------------------


def test_a_member_fetches_own_events_only(people):
    answer = as_user(people.member).get(f"{EVENTS}?format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    slugs = {row[0] for row in csv.reader(StringIO(text, newline=""))} - {"slug"}
    own = set(Event.objects.own_of(people.member).values_list("slug", flat=True))
    assert slugs == own
    assert not slugs & {event.slug for event in people.theirs.values()}


@pytest.mark.parametrize("who", ["member", "author", "nobody", "stranger"])
def test_who_may_not_import_is_refused(people, who):
    client = as_user(getattr(people, who))
    assert upload(client, "slug;title\na;b\n").status_code == 403
    kept = UploadedTable.objects.create(
        user=getattr(people, who), section="events", name="x", content=b"slug\n"
    )
    assert client.get(f"{EVENTS}{kept.pk}/").status_code == 403


def test_rows_about_foreign_entries_are_mistakes(people):
    """A member who was given the right to import still changes own events alone."""
    from django.contrib.auth.models import Permission

    people.member.user_permissions.add(Permission.objects.get(codename="import_entries"))
    client = as_user(people.member)
    own, foreign = people.ours["draft"], people.theirs["published"]
    answer = upload(client, f"slug;title\n{own.slug};Meine\n{foreign.slug};Deine\n")
    page = client.get(answer.url).content.decode()
    assert "Sie dürfen diesen Eintrag nicht ändern." in page
    assert page.count('<ul class="faults">') == 1
    answer = upload(client, f"slug;title;start\n{own.slug};Meine;\nneu;Neu;2027-05-04\n")
    page = client.get(answer.url).content.decode()
    assert "participations" in page


def test_an_upload_is_its_owners_alone_and_for_a_day(people, admin_client):
    make.EventFactory(slug="tagung")
    answer = upload(admin_client, "slug;title\ntagung;Neu\n")
    assert as_user(people.administrator).get(answer.url).status_code == 404
    assert admin_client.get(answer.url.replace("events", "series")).status_code == 404
    UploadedTable.objects.update(uploaded_at=timezone.now() - dt.timedelta(days=2))
    assert admin_client.get(answer.url).status_code == 404
    upload(admin_client, "slug;title\ntagung;Neu\n")
    assert UploadedTable.objects.count() == 1


def test_one_person_leaves_no_more_than_five_lying_about(admin_client):
    for _number in range(7):
        upload(admin_client, "slug;title\n")
    assert UploadedTable.objects.count() == 5
