"""The disk is full: that of the database, of pictures, of backups. Only the machine's owner can try."""

import argparse
import io
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import Error, connection
from PIL import Image

from events.models import Event
from lib.picture_field import keep
from lib.pictures import draw
from tools.faults import names, truth
from tools.faults.forms import Editor
from tools.faults.gate import Gate
from tools.faults.house import House
from tools.faults.kills import form_addresses, session
from tools.faults.ledger import Ledger
from tools.faults.places import fill, small_disk
from tools.faults.readers import get, pages_of
from tools.faults.telling import Told

DATABASE, SMALL = 500, 1
EDITS, TEXT = 40, 150_000
KEYS = names.keys(names.FORM, 6)


@contextmanager
def around(home: Path) -> Iterator[None]:
    """The database lies on a small disk."""
    with small_disk(home, DATABASE):
        yield


def tried(house: House, folder: Path, options: argparse.Namespace) -> Told:
    told = Told()
    _backups(told, folder)
    _pictures(told, folder)
    if not house.server.home.is_mount():
        told.say("the database's disk: not tried, none of that size can be made by this account")
        return told
    _database(told, house, folder)
    return told


def _database(told: Told, house: House, folder: Path) -> None:
    for key in KEYS:
        Event.objects.create(**names.facts(key, 0))
    ledger = Ledger(folder / "ledger")
    ledger.found(KEYS, 0)
    house.site.begin()
    editor = Editor(house.site.port, session(), form_addresses(KEYS), Gate(folder), ledger)
    filler = fill(house.server.home)
    statuses = []
    for number in range(EDITS):
        # Words that nothing can make shorter.
        editor.longer = secrets.token_urlsafe(TEXT)
        statuses.append(editor.edit(KEYS[number % len(KEYS)]))
    refused = [status for status in statuses if status != 302]
    kinds = sorted(set(refused))
    told.say(f"the database's disk: {EDITS} edits by the form, {len(refused)} refused: {kinds}")
    told.expect(
        bool(refused) and set(refused) <= {503, 507},
        f"each refusal is 507 or 503 in words, not 500: {editor.said}",
    )
    answers = [get(house.site.port, path) for key in KEYS for path in pages_of(key)]
    good = sum(answer.status == 200 for answer in answers)
    told.say(f"{good} of {len(answers)} pages are read meanwhile")
    filler.unlink()
    connection.close()
    house.look_after_database()
    told.say(f"with room again the site is back after {house.site.until_ready():.1f} s")
    status = editor.edit(KEYS[0])
    told.expect(status == 302, f"with room again edits are saved: {status}")
    told.wrong += truth.committed(ledger)
    told.wrong += truth.shown(house.site.port, ledger)


def _backups(told: Told, folder: Path) -> None:
    place = folder / "backups"
    place.mkdir()
    with small_disk(place, SMALL) as is_small:
        if not is_small:
            told.say("backups: not tried, no small disk can be made by this account")
            return
        filler = fill(place)
        said = _refusal("back_up", folder=str(place))
        told.expect(bool(said), f"a backup on a full disk is refused: {said}")
        left = [path.name for path in place.iterdir() if path != filler]
        told.expect(not left, f"nothing is left of it: {left}")
        dump = place / "catalogue.json"
        said = _refusal("dump_catalogue", output=dump)
        told.expect(bool(said) and not dump.exists(), f"so is a dump: {said}")


def _refusal(command: str, **options: object) -> str:
    try:
        call_command(command, stdout=io.StringIO(), **options)
    except (CommandError, Error) as error:
        return str(error)[:160]
    return ""


def _pictures(told: Told, folder: Path) -> None:
    """A picture that finds no room leaves no half of itself, and is kept when there is room."""
    place = folder / "media"
    place.mkdir()
    with small_disk(place, SMALL) as is_small:
        if not is_small:
            told.say("pictures: not tried, no small disk can be made by this account")
            return
        filler, storage = fill(place), FileSystemStorage(place)
        given = io.BytesIO()
        Image.effect_noise((400, 300), 80).convert("RGB").save(given, "JPEG")
        given.seek(0)
        drawn = draw(given)
        try:
            keep(drawn, storage, "events/")
            told.expect(False, "a picture on a full disk was said to be kept")
        except OSError as error:
            told.say(f"a picture on a full disk is refused: {error.strerror}")
        left = [path.name for path in place.rglob("*") if path.is_file() and path != filler]
        told.expect(not left, f"no part of it is left: {left}")
        filler.unlink()
        name = keep(drawn, storage, "events/")
        told.expect((place / name).stat().st_size > 0, "with room again it is kept")
