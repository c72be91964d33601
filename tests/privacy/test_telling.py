"""What is stored on somebody is told to who asks, and that it was told is kept; and what ends by its age."""

import datetime as dt
import json

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from accounts.leaving import Needed, leave
from accounts.models import Membership, SignIn
from catalogue.models import UploadedTable
from events.models import Event
from feedback.models import Report
from operations.models import ErrorNotice, JobRun
from privacy import periods
from privacy.models import Disclosure, Erasure
from speakers.models import Speaker
from tests import factories as make
from tests.factories import NOW
from trail.acting import acting
from trail.models import Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
PAGE = "/admin/privacy/"


@pytest.fixture
def erika():
    speaker = make.SpeakerFactory(given_name="Erika", family_name="Müßiggang", slug="erika-muessiggang")
    make.AppearanceFactory(speaker=speaker, office="Landrätin", event__summary="Mit Erika Müßiggang.")
    Speaker.objects.update(description="Leitet das Amt.", slug="e-muessiggang")
    return Speaker.objects.get()


@pytest.fixture
def account():
    user = User.objects.create_user("anna", "anna@amt.example", "x", first_name="Anna", is_staff=True)
    Membership.objects.create(user=user, organisation=make.OrganisationFactory(name="Landkreis"))
    SignIn.objects.create(user=user, network="203.0.113.0/24", method="password", outcome="signed_in")
    told = {"kind": "error", "message": "x", "language": "de", "email": "erika@amt.example"}
    Report.objects.create(**told, responsible=user)
    with acting(user):
        make.EventFactory()
    return user


def given(path, **which):
    call_command("give_data", into=path, **which)
    return path.read_text()


def test_a_person_is_told_everything_including_the_past(erika, tmp_path, capsys):
    told = json.loads(given(tmp_path / "a.json", person="e-muessiggang"))
    rows = {one["title"]: one["rows"] for one in told["sections"]}
    assert rows["Der Eintrag"][0]["Nachname"] == "Müßiggang"
    assert rows["Der Eintrag"][0]["Frühere Adressen"] == ["erika-muessiggang"]
    assert {"slug": "erika-muessiggang", "description": ""} in [
        one["Vorher"] for one in rows["Verlauf des Eintrags"]
    ]
    assert rows["Auftritte bei Veranstaltungen"][0]["Damalige Funktion"] == "Landrätin"
    assert rows["Texte, die den Namen nennen"][0]["Text"] == "Mit Erika Müßiggang."
    assert Disclosure.objects.get().which == str(erika.uid)


def test_an_account_is_told_what_it_has_done_but_no_secret(account, tmp_path, capsys):
    text = given(tmp_path / "a.html", account="anna")
    for words in ("anna@amt.example", "Landkreis", "203.0.113.0/24", "event ", "Fehler in einem Eintrag"):
        assert words in text
    assert "erika@amt.example" not in text
    assert account.password not in text


@pytest.mark.parametrize(
    "options", [{"person": "nobody", "into": "a.json"}, {"account": "anna", "into": "a.txt"}]
)
def test_what_cannot_be_told_is_refused(options, account, tmp_path):
    with pytest.raises(CommandError):
        call_command("give_data", **options | {"into": tmp_path / options["into"]})
    assert not Disclosure.objects.exists()


def test_the_page_gives_a_file_and_notes_it(erika, admin_client):
    answer = admin_client.post(PAGE, {"subject": "person", "which": "e-muessiggang", "do": "json"})
    assert json.loads(answer.content)["about"] == "Erika Müßiggang"
    assert "muessiggang" not in answer["Content-Disposition"]
    assert Disclosure.objects.get().by.username == "admin"
    assert "von admin" in admin_client.get(PAGE).content.decode()


def test_the_page_erases_an_address(admin_client):
    Report.objects.create(kind="error", message="x", language="de", email="a@b.example", name="A")
    asked = {"subject": "address", "which": "a@b.example", "do": "erase"}
    assert admin_client.post(PAGE, asked).status_code == 302
    assert Report.objects.get().email == ""
    again = admin_client.post(PAGE, {"subject": "account", "which": "niemand", "do": "json"})
    assert again.context["form"].errors["which"]


def test_the_page_is_for_administrators(client, account):
    client.force_login(account)
    assert client.get(PAGE).status_code == 403


# -- accounts that are left -------------------------------------------------------------------------


def test_who_leaves_stays_as_a_number(account):
    LogEntry.objects.create(user=account, object_repr="Tagung", action_flag=CHANGE)
    leave(account)
    account.refresh_from_db()
    assert account.username == f"konto-{account.pk}"
    assert (account.email, account.first_name, account.is_active, account.has_usable_password()) == (
        "", "", False, False,
    )  # fmt: skip
    assert not Membership.objects.exists()
    assert not SignIn.objects.exists()
    assert Change.objects.filter(actor=account, table="events_event").count() == 1
    assert Erasure.objects.get().which == str(account.pk)


def test_the_last_superuser_stays(admin_user):
    with pytest.raises(Needed):
        leave(admin_user)
    with pytest.raises(CommandError):
        call_command("anonymise_account", "admin")


def test_an_administrator_is_asked_first(account, admin_client):
    asked = {"action": "leave", "_selected_action": [account.pk]}
    assert "anna" in admin_client.post("/admin/auth/user/", asked).content.decode()
    admin_client.post("/admin/auth/user/", asked | {"confirmed": "yes"})
    account.refresh_from_db()
    assert account.username == f"konto-{account.pk}"


# -- what ends by its age ---------------------------------------------------------------------------


def test_what_has_been_kept_long_enough_is_deleted(account, settings):
    old, young = NOW - dt.timedelta(days=4000), NOW - dt.timedelta(hours=1)
    Change.objects.update(at=old)
    for at in (old, young):
        UploadedTable.objects.create(user=account, section="events", name="a", content=b"", uploaded_at=at)
        JobRun.objects.create(command="back_up", began_at=at)
        ErrorNotice.objects.create(error=f"of {at:%Y}", mailed_at=at)
        Disclosure.objects.create(subject="account", which="1", at=at)
        entry = LogEntry.objects.create(user=account, object_repr="x", action_flag=CHANGE)
        LogEntry.objects.filter(pk=entry.pk).update(action_time=at)
    done = periods.delete_expired()
    ends = (UploadedTable, JobRun, Disclosure, LogEntry)
    assert [model.objects.count() for model in ends] == [1] * 4
    # Others are written beside all transactions of tests.
    assert ErrorNotice.objects.filter(error__startswith="of ").count() == 1
    assert not Change.objects.exclude(actor=None).exists()
    assert Event.objects.exists()
    assert len(done) == len(periods.known())
    settings.ADMIN_LOG_DAYS = 0
    LogEntry.objects.update(action_time=old)
    assert "the admin's own log" not in periods.delete_expired()
