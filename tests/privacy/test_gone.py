"""Somebody who stands everywhere is anonymised: afterwards the name's bytes are nowhere."""

import datetime as dt
import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from PIL import ExifTags, Image

from catalogue.dumping import dump
from events.models import Event, Source, Topic
from index.refresh import refresh_all
from operations.backup import archive, making, programs, restoring, sealing
from operations.backup.targets import scratch_database
from privacy import remains
from privacy.finding import find
from privacy.names import Wording, spellings
from shelf import serving
from speakers.actions import anonymise, traces
from tests.config.test_sitemap import listed
from tests.factories import NOW
from tests.privacy.somebody import MARKS, SLUG, WHOLE, put_everywhere
from tools import binaries, environment, state

pytestmark = pytest.mark.django_db(transaction=True)
INSTEAD = Wording({"de": "eine Gästin", "en": "a guest"}, alone=True)
# Beside the pages that the sitemap lists.
OUTPUTS = [
    *(f"/veranstaltungen.{form}?when=all" for form in ("ics", "atom", "json", "csv", "jsonld")),
    *(f"/veranstaltungen/abend{form}" for form in (".ics", ".json", ".jsonld", "/programm.ics")),
    *("/reihen/abende.jsonld", "/daten/katalog.jsonld", "/dcat.rdf", "/suche/?q=abend"),
    *(f"/api/v1/{name}" for name in ("events", "speakers", "organisations", "series", "deleted", "changes")),
    "/en/events/abend/", "/en/people/", f"/personen/{SLUG}/", f"/personen/{SLUG}-2/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _places(settings, tmp_path, now, monkeypatch):
    # Tests at the same server have changes of their own under way.
    monkeypatch.setattr(remains, "PATIENCE", 600)
    settings.POSTGRES_PROGRAMS = str(binaries.find(environment.VENV, state.folder()).folder)
    settings.BACKUP_FOLDER, settings.MEDIA_ROOT = str(tmp_path / "backups"), str(tmp_path / "media")
    settings.PAGE_CACHE_MEGABYTES = 8
    Path(settings.BACKUP_FOLDER).mkdir()
    serving.forget()
    yield
    serving.forget()


def marks_in(data):
    """Those of the marks that stand in these bytes, in whatever spelling."""
    text = data.lower()
    return [mark for mark in MARKS for form in spellings(mark) if form.lower().encode() in text]


def photographed(slug):
    """The event shows a picture in which the camera has noted the name."""
    noted, made = Image.Exif(), io.BytesIO()
    noted[ExifTags.Base.Artist] = WHOLE
    Image.new("RGB", (64, 48), (20, 90, 160)).save(made, "JPEG", exif=noted)
    assert marks_in(made.getvalue())
    event = Event.objects.get(slug=slug)
    event.image_alt, event.image_licence = f"{WHOLE} am Meer", "CC BY 4.0"
    event.image.save(f"{SLUG}.jpg", ContentFile(made.getvalue()))


def files(folder):
    """{path: its bytes with the path} of all files below the folder."""
    return {path: str(path).encode() + path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def backed_up(folder, at, recipient="", identity=None):
    """The bytes of a new backup, as it lies there and unpacked, the dump as plain text."""
    made = making.back_up(folder, at, recipient=recipient).path
    into = folder / f"unpacked-{made.name}"
    with sealing.opened(made, identity) as source:
        archive.unpack(source, into)
    words = [programs._find("pg_restore"), "--file=-", str(into / archive.DATABASE)]
    plain = subprocess.run(words, capture_output=True, check=True).stdout
    assert b"COPY public.events_event " in plain
    return [made.read_bytes(), plain, *files(into).values()]


def told(client, paths):
    """{address: bytes}"""
    return {path: client.get(path).getvalue() for path in paths}


def everything_public(client):
    """But for the description of the API: no entry stands there."""
    return told(client, [*(path for path in listed(client) if not path.endswith("/docs")), *OUTPUTS])


def dumped(database):
    """The bytes of a dump by PostgreSQL's own program, as plain text."""
    words = [programs._find("pg_dump"), "--format=plain"]
    return subprocess.run(words, env=programs.environment(database), capture_output=True, check=True).stdout


def called(*words):
    written = io.StringIO()
    call_command(*words, stdout=written)
    return written.getvalue()


def data_files():
    """The files in which the database keeps its tables and indexes."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database"
            " WHERE datname = current_database()"
        )
        folder, number = cursor.fetchone()
    return [path for path in (Path(folder) / "base" / str(number)).iterdir() if path.is_file()]


def test_the_name_is_nowhere_and_no_backup_brings_it_back(client, settings, tmp_path, monkeypatch):
    speaker = put_everywhere()
    photographed("abend")
    refresh_all()
    # Kept from now on, so that what is told afterwards might be these.
    assert len([path for path, data in told(client, OUTPUTS).items() if marks_in(data)]) > 12
    found = find(MARKS)
    assert {"events_pagepiece", "events_nodepiece", "events_recordpiece"} <= found.keys()
    assert len(found) > 15
    by_hand(traces(speaker, INSTEAD))
    called("back_up")
    (old,) = making.backups(Path(settings.BACKUP_FOLDER))

    assert anonymise(speaker, INSTEAD).mentions == []
    refresh_all()
    called("tidy_after_erasures", "--thoroughly")

    assert find(MARKS) == {}
    public = everything_public(client)
    assert {path: marks_in(data) for path, data in public.items() if marks_in(data)} == {}
    assert marks_in(dumped(connection.settings_dict)) == []
    assert marks_in(repr(dump()).encode()) == []
    assert [path.name for path in data_files() if marks_in(path.read_bytes())] == []
    pictures = files(Path(settings.MEDIA_ROOT))
    assert pictures
    assert [path for path, data in pictures.items() if marks_in(data)] == []
    assert marks_in((Path(settings.BACKUP_FOLDER) / "erased.json").read_bytes()) == []
    gone_from_new_backups(tmp_path / "new")
    restored_without_the_name(old, tmp_path, monkeypatch)


def gone_from_new_backups(folder):
    folder.mkdir()
    assert [marks_in(data) for data in backed_up(folder, NOW) if marks_in(data)] == []
    if program := shutil.which("age-keygen"):
        identity = folder / "key.txt"
        subprocess.run([program, "--output", str(identity)], capture_output=True, check=True)
        recipient = re.search(r"age1\w+", identity.read_text())[0]
        data = backed_up(folder, NOW + dt.timedelta(hours=1), recipient, identity)
        assert [marks_in(one) for one in data if marks_in(one)] == []


def restored_without_the_name(old, tmp_path, monkeypatch):
    """The backup still names the person; what is restored from it does not. Comparing is another test's."""
    monkeypatch.setattr(restoring, "_differing", lambda *_: [])
    with scratch_database() as (database, url):
        said = called("restore_backup", str(old), "--into", url, "--media", str(tmp_path / "restored"))
        assert "erased again: person: 1" in said
        assert marks_in(dumped(database)) == []


def by_hand(found):
    """What nobody can rewrite blindly is told to editors: an address elsewhere, a word made of the name."""
    fields = {(one.field, one.is_text, one.is_certain) for one in found.mentions}
    assert {("url", False, True), ("synonyms", True, False), ("title", True, True)} < fields
    Source.objects.update(url="https://quelle.example/interview")
    Topic.objects.update(synonyms=[])
