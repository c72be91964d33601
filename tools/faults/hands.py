"""Hands that edit without end, each in a process of its own: by code and SQL, and by imports."""

import io
import random
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from django.core.management import call_command
from django.db import Error, connection, transaction

from events.models import Event
from tools import environment, processes, state
from tools.faults import names
from tools.faults.gate import Gate
from tools.faults.ledger import Ledger

EDITED = 20
# What a hand does when the database does not answer: as any client, try again.
_PAUSE = 0.05
_CALL = "import sys, django; django.setup(); from tools.faults.hands import work; work(*sys.argv[1:])"


class Hand:
    """A process that edits; whoever looks after it starts it again."""

    def __init__(self, kind: str, folder: Path, variables: Mapping[str, str]) -> None:
        self.kind, self.folder, self.variables = kind, folder, dict(variables)
        self.process: subprocess.Popen[bytes] | None = None

    def look_after(self) -> None:
        if self.process is not None and self.process.poll() is None:
            return
        self.process = subprocess.Popen(
            [str(environment.PYTHON), "-c", _CALL, self.kind, str(self.folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=self.variables,
            cwd=state.CHECKOUT,
            preexec_fn=processes.dies_with_us(signal.SIGKILL),
        )

    def kill(self) -> bool:
        """False where it has ended by itself."""
        if self.process is None or self.process.poll() is not None:
            return False
        self.process.kill()
        self.process.wait()
        return True


def work(kind: str, folder: str) -> None:
    """Edits until somebody ends it."""
    place = Path(folder)
    gate, ledger, draw = Gate(place), Ledger(place / "ledger"), random.Random()
    edit = {names.CODE: edit_in_code, names.IMPORT: load_file}[kind]
    while True:
        with gate.open():
            try:
                edit(ledger, draw, place)
            except Error:
                connection.close()
                time.sleep(_PAUSE)


def edit_in_code(ledger: Ledger, draw: random.Random, folder: Path) -> None:
    """One edit of some events, by some way."""
    mark = ledger.next(names.CODE)
    way = draw.choice((_saved, _in_bulk, _in_sql, _one_after_the_other))
    chosen = draw.sample(names.keys(names.CODE, EDITED), 1 if way is _saved else draw.randint(2, 6))
    ledger.begins(chosen, mark)
    way(chosen, mark)
    ledger.ends(chosen, mark)


def load_file(ledger: Ledger, draw: random.Random, folder: Path) -> None:
    """One load; its only key is that of all imports."""
    mark = ledger.next(names.IMPORT)
    path = folder / "import.json"
    path.write_text(names.exchange_file(mark))
    ledger.begins([names.IMPORT], mark)
    call_command("load_catalogue", str(path), stdout=io.StringIO(), stderr=io.StringIO())
    ledger.ends([names.IMPORT], mark)


def _saved(keys: list[str], mark: int) -> None:
    event = Event.objects.get(slug=names.slug(keys[0]))
    event.title = names.title(keys[0], mark)
    event.save()


def _in_bulk(keys: list[str], mark: int) -> None:
    events = list(Event.objects.filter(slug__in=map(names.slug, keys)))
    for event in events:
        event.title = names.title(event.slug[-3:], mark)
    Event.objects.bulk_update(events, ["title"])


def _in_sql(keys: list[str], mark: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE events_event SET title = 'Prüftagung ' || right(slug, 3) || %s WHERE slug = ANY(%s)",
            [f" Stand {mark}", [names.slug(key) for key in keys]],
        )


def _one_after_the_other(keys: list[str], mark: int) -> None:
    """Several statements, one transaction."""
    with transaction.atomic():
        for key in keys:
            Event.objects.filter(slug=names.slug(key)).update(title=names.title(key, mark))
