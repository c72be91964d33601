import datetime as dt
import json
import os
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from catalogue import loading
from catalogue.management.commands import prepare
from events.models import Event
from tests.catalogue.files import EVENT, SECTIONS, file, load
from tests.factories import NOW

pytestmark = pytest.mark.django_db
User = get_user_model()


@pytest.fixture
def site(settings, tmp_path):
    """A checkout's own database and folders; the catalogue is a small one."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "catalogue.json").write_text(json.dumps(file()))
    real = Path(settings.BASE_DIR) / "data" / "samples.json"
    (tmp_path / "data" / "samples.json").write_bytes(real.read_bytes())
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "site.css").write_text("a{}")
    (tmp_path / "password").write_text("lange-genug-und-zufaellig\n")
    settings.BASE_DIR = tmp_path
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.SAMPLES_ALLOWED = True
    with time_machine.travel(NOW, tick=False):
        yield tmp_path


def run(site, **options):
    call_command("prepare", editor_password_file=site / "password", **options)


def written(capsys):
    return capsys.readouterr().out


def test_an_empty_database_is_filled_with_catalogue_and_samples(site, capsys):
    run(site)
    assert Event.objects.filter(is_sample=False).count() == 1
    assert Event.objects.filter(is_sample=True).count() == 65
    lines = written(capsys).splitlines()
    assert [line.split(" …")[0].strip() for line in lines] == [
        "Loading the catalogue",
        "Loading the samples",
        "Reading the entries for the search",
        "Making the account “editor”",
        "Collecting static files",
    ]
    assert all(line.endswith(" s") for line in lines)


def test_a_second_start_does_and_says_nothing(site, capsys):
    run(site)
    written(capsys)
    run(site)
    assert written(capsys) == ""


def test_what_editors_changed_survives_a_start(site):
    run(site)
    Event.objects.filter(slug="tagung").update(title="Von Hand")
    run(site)
    assert Event.objects.get(slug="tagung").title == "Von Hand"


def test_what_editors_deleted_stays_away_after_a_start(site):
    run(site, no_samples=True)
    Event.objects.all().delete()
    run(site)
    assert not Event.objects.exists()


def test_without_samples_there_are_none(site):
    run(site, no_samples=True)
    assert not Event.objects.filter(is_sample=True).exists()


def test_samples_come_into_an_empty_database_only(site):
    run(site, no_samples=True)
    run(site)
    assert not Event.objects.filter(is_sample=True).exists()


def test_an_operators_database_gets_no_samples_and_is_told_so(site, settings, capsys):
    settings.SAMPLES_ALLOWED = False
    run(site)
    assert not Event.objects.filter(is_sample=True).exists()
    assert "No samples: DATABASE_URL names a database of its operator." in written(capsys)


def test_empty_means_empty(site):
    run(site, empty=True)
    assert not Event.objects.exists()


def test_a_start_in_a_later_week_moves_the_samples(site, capsys):
    run(site)
    written(capsys)
    with time_machine.travel(NOW + dt.timedelta(weeks=3), tick=False):
        run(site)
    assert "Moving the samples to the coming weeks" in written(capsys)


def test_a_fill_that_fails_leaves_the_database_empty(site, monkeypatch):
    monkeypatch.setattr(prepare.samples, "load", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(site)
    assert not Event.objects.exists()


def test_a_broken_catalogue_stops_the_start_with_its_reason(site):
    (site / "data" / "catalogue.json").write_text("{")
    with pytest.raises(
        CommandError, match=r"Nothing was loaded and nothing was changed:\nThe file is no valid"
    ):
        run(site)


def test_the_account_gets_the_password_of_the_file_once(site):
    run(site, empty=True)
    user = User.objects.get(username="editor")
    assert (user.is_superuser, user.check_password("lange-genug-und-zufaellig")) == (True, True)
    user.set_password("selbst gewählt")
    user.save()
    run(site, empty=True)
    assert User.objects.get(username="editor").check_password("selbst gewählt")


def test_a_missing_password_file_is_named(site):
    (site / "password").unlink()
    with pytest.raises(CommandError, match=r"password cannot be read: No such file or directory."):
        run(site, empty=True)


def test_an_empty_password_is_refused(site):
    (site / "password").write_text("\n")
    with pytest.raises(CommandError, match=r"password holds no password."):
        run(site, empty=True)


def test_static_files_are_collected_again_when_a_source_changes(site, capsys):
    run(site, empty=True)
    source = site / "source" / "site.css"
    source.write_text("a{color:red}")
    tomorrow = (NOW + dt.timedelta(days=1)).timestamp()
    os.utime(source, (tomorrow, tomorrow))
    written(capsys)
    run(site, empty=True)
    assert "Collecting static files" in written(capsys)
    assert (site / "static" / "site.css").read_text() == "a{color:red}"


def test_static_files_are_collected_again_when_they_are_gone(site, capsys):
    run(site, empty=True)
    (site / "static").rename(site / "elsewhere")
    written(capsys)
    run(site, empty=True)
    assert "Collecting static files" in written(capsys)


def test_load_says_what_it_did_and_the_second_time_that_there_was_nothing_to_do(site, capsys):
    call_command("load_catalogue")
    assert "Loaded: 6 new, 0 changed entries in " in written(capsys)
    call_command("load_catalogue")
    assert written(capsys).startswith("Nothing to do: the database says the same already (")


def test_load_shows_progress_beside_its_answer(site, capsys):
    call_command("load_catalogue")
    assert "events: 1 new, 0 changed, 0 unchanged, 0 left alone" in capsys.readouterr().err


def test_load_lists_what_was_left_alone(site, capsys):
    load(file())
    Event.objects.update(title="Von Hand")
    call_command("load_catalogue")
    assert "Left alone:\n  events · tagung: changed by editors since the last load\n" in written(capsys)


def test_load_lists_every_rejection(site):
    (site / "bad.json").write_text(json.dumps(file(events=[EVENT | {"start": "bald", "mode": "x"}])))
    with pytest.raises(CommandError) as error:
        call_command("load_catalogue", site / "bad.json")
    lines = str(error.value).splitlines()
    assert lines[0] == "Nothing was loaded and nothing was changed:"
    assert [line.split(": ")[0] for line in lines[1:]] == [
        "events · tagung · start",
        "events · tagung · mode",
    ]


def test_a_thousand_rejections_are_not_all_shown(site):
    topics = [{"slug": f"t{number}"} for number in range(1_000)]
    (site / "bad.json").write_text(json.dumps(file(topics=[SECTIONS["topics"], *topics])))
    with pytest.raises(CommandError, match="… and 800 more"):
        call_command("load_catalogue", site / "bad.json")


def test_load_samples_refuses_an_operators_database(settings):
    settings.SAMPLES_ALLOWED = False
    with pytest.raises(CommandError, match="Samples are refused"):
        call_command("load_samples")


def test_remove_samples_says_what_it_removed(site, capsys):
    call_command("load_samples")
    call_command("remove_samples")
    assert "events: 65 removed" in written(capsys)
    call_command("remove_samples")
    assert written(capsys) == "There are no samples to remove.\n"


def test_a_dump_into_a_missing_folder_is_explained(site):
    loading.load(json.dumps(file()).encode())
    with pytest.raises(CommandError, match=r"out.json cannot be written: No such file or directory."):
        call_command("dump_catalogue", output=site / "none" / "out.json")
