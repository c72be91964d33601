"""The list of who was erased, and what comes back with an older backup."""

import datetime as dt
import json
from threading import Thread, current_thread
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from accounts.leaving import leave
from feedback.models import Report
from feedback.privacy import erase_address
from privacy import register
from privacy.management.commands import erase_again as erase_again_command
from privacy.models import Erasure
from privacy.names import Wording
from privacy.register import Unreadable
from speakers.actions import anonymise, erase_again
from speakers.models import ErasedPerson, Speaker
from tests.factories import NOW

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def written_on(day):
    """A report by the same address."""
    told = {"kind": "error", "message": "x", "language": "de", "name": "E", "email": "erika@amt.example"}
    return Report.objects.create(**told, created_at=NOW + day * DAY)


def test_the_list_names_nobody_and_only_grows(erika, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.BACKUP_FOLDER = str(tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        anonymise(erika, Wording({"de": "jemand"}))
    (entry,) = register.read(tmp_path / register.FILE)
    assert (entry.subject, entry.which, entry.words.texts) == ("person", str(erika.uid), {"de": "jemand"})
    assert "Erika" not in (tmp_path / register.FILE).read_text()
    # A database of before, that knows nothing of it yet.
    Erasure.objects.all().delete()
    register.note("account", "7", at=NOW)
    register.write(tmp_path)
    assert {one.subject for one in register.read(tmp_path / register.FILE)} == {"person", "account"}


def test_who_writes_the_list_meanwhile_waits(monkeypatch, tmp_path):
    ours, theirs = (register.Erased("account", number, NOW.isoformat()) for number in "12")
    other = Thread(target=register.write, args=[tmp_path])

    def rows():
        if current_thread() is other:
            return [theirs]
        other.start()
        # It cannot be ready; if it could, it would be by now.
        other.join(0.1)
        return [ours]

    monkeypatch.setattr(register, "_rows", rows)
    register.write(tmp_path)
    other.join()
    assert register.read(tmp_path / register.FILE) == [ours, theirs]
    assert (tmp_path / register.FILE).stat().st_mode & 0o777 == 0o600


def list_of(at):
    told = {"subject": "person", "which": str(UUID(int=1)), "at": at, "digests": [], "wording": {}}
    return json.dumps({"format": 1, "erased": [told]})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"format": 2, "erased": []}',
        '{"format": 1, "erased": [{}]}',
        list_of("gestern"),
        list_of("2027-03-01T09:00"),
    ],
)
def test_what_is_no_list_is_refused(text, tmp_path):
    (tmp_path / "erased.json").write_text(text)
    with pytest.raises(Unreadable):
        register.read(tmp_path / "erased.json")
    with pytest.raises(CommandError):
        call_command("erase_again", tmp_path / "erased.json")


def entry_of(slug, at=NOW):
    digests = (ErasedPerson.digest_of(slug),)
    return register.Erased("person", "00000000-0000-4000-8000-000000000000", at.isoformat(), digests)


def test_an_entry_that_was_merged_since_is_known_by_its_address(erika):
    assert erase_again([entry_of("erika-muessiggang")], NOW - dt.timedelta(days=1)).count == 1
    assert Speaker.objects.get().family_name == ""


def test_a_moment_without_an_offset_is_by_the_sites_clocks(erika, tmp_path, tidied, capsys):
    (tmp_path / "erased.json").write_text(list_of(NOW.isoformat()))
    call_command("erase_again", tmp_path / "erased.json", "--since", "2027-03-01T10:00")
    assert "1 on the list; erased again: nobody." in capsys.readouterr().out
    assert erase_again_command.moment("2027-03-01T10:00") == NOW


def test_whoever_got_the_address_later_is_somebody_else(erika):
    assert erase_again([entry_of("erika-muessiggang")], NOW + dt.timedelta(days=1)).count == 0
    assert Speaker.objects.get().family_name == "Müßiggang"


@pytest.fixture
def tidied(monkeypatch):
    """How often the room of what was erased has been freed, which no transaction can."""
    times = []
    monkeypatch.setattr("privacy.management.commands.erase_again.tidy", lambda: times.append(1))
    return times


def test_an_address_is_erased_again_too(tmp_path, tidied):
    written_on(1)
    assert erase_address("Erika@amt.example", at=NOW + 2 * DAY) == 1
    register.write(tmp_path)
    written_on(1)
    call_command("erase_again", tmp_path / register.FILE)
    assert set(Report.objects.values_list("name", "email")) == {("", "")}
    assert "amt.example" not in json.dumps([one.which for one in register.read(tmp_path / register.FILE)])
    call_command("erase_again", tmp_path / register.FILE)
    assert tidied == [1]


def test_who_writes_after_having_been_erased_is_erased_up_to_the_last_time(tmp_path, tidied):
    for day in (2, 4):
        erase_address("erika@amt.example", at=NOW + day * DAY)
    register.write(tmp_path)
    # As in a backup made on the third day; then life goes on.
    Erasure.objects.update(at=NOW + 2 * DAY)
    *_erased, last = (written_on(day) for day in (1, 3, 5))
    call_command("erase_again", tmp_path / register.FILE)
    assert Report.objects.exclude(email="").get() == last
    assert Erasure.objects.get().at == NOW + 4 * DAY
    Erasure.objects.update(at=NOW + 2 * DAY)
    register.write(tmp_path)
    assert [one.moment for one in register.read(tmp_path / register.FILE)] == [NOW + 4 * DAY]


def test_who_is_erased_again_was_erased_when_the_list_says(erika):
    anna = User.objects.create_user("anna", date_joined=NOW)
    entries = [
        register.Erased("person", str(erika.uid), NOW.isoformat()),
        register.Erased("account", str(anna.pk), NOW.isoformat()),
    ]
    assert [one.count for one in register.erase_again(entries).values()].count(1) == 2
    assert set(Erasure.objects.values_list("at", flat=True)) == {NOW}


def test_whoever_got_the_number_of_an_account_later_is_somebody_else():
    anna = User.objects.create_user("anna", date_joined=NOW + DAY)
    entry = register.Erased("account", str(anna.pk), NOW.isoformat())
    assert register.erase_again([entry])["account"].count == 0
    anna.refresh_from_db()
    assert (anna.username, anna.is_active) == ("anna", True)
    leave(anna, at=NOW + 2 * DAY)
    assert Erasure.objects.get().at == NOW + 2 * DAY


def test_no_import_brings_back_who_is_on_the_list_alone():
    """Entered after the backup was made and erased before it was restored."""
    register.erase_again([entry_of("erika-muessiggang")])
    assert ErasedPerson.objects.remembers("erika-muessiggang")
    assert ErasedPerson.objects.get().erased_at == NOW
