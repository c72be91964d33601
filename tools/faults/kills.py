"""Processes are killed with SIGKILL at random moments, amid edits, imports, visits and dumps.

Hands edit by code, by SQL, by the editors' form and by loading files, and write down outside of the database
what was acknowledged. After each kill everything comes back by itself or by its process manager, the hands
rest for a moment, and all that must hold is looked at.
"""

import argparse
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import Error, connection
from django.test import Client
from django.urls import reverse
from django.utils.crypto import get_random_string

from catalogue import dumping
from events.models import Event
from index.rebuilding import rebuild
from tools.faults import names, truth
from tools.faults.forms import FORMS, Editor
from tools.faults.gate import Gate
from tools.faults.hands import EDITED, Hand
from tools.faults.house import House
from tools.faults.ledger import Ledger
from tools.faults.readers import Visitor
from tools.faults.telling import Told
from tools.terminal import say

VICTIMS = ("site", "worker", "postmaster", "session", "hand", "import")
# Seconds from the hands' beginning to the kill.
SOONEST, LATEST = 0.05, 1.5
VISITORS = 2
# After so many kills what costs more is looked at, too: the index made anew, a dump loaded.
EACH = 4


@dataclass
class Storm:
    house: House
    folder: Path
    draw: random.Random
    # What edits apart from the form: by code and SQL, by loading files.
    kinds: tuple[str, ...] = ("hand", "import")
    killed: Counter[str] = field(default_factory=Counter)
    dumps: int = 0
    reloaded: int = 0
    # Seconds until the site had noticed that the database was back.
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ledger, self.gate = Ledger(self.folder / "ledger"), Gate(self.folder)

    def fill(self) -> None:
        """The entries that will be edited, and somebody who may do so."""
        for key in self.edited:
            Event.objects.create(**names.facts(key, 0))
        self.ledger.found(self.edited, 0)
        rebuild()

    @property
    def edited(self) -> list[str]:
        return names.keys(names.CODE, EDITED) + names.keys(names.FORM, FORMS)

    @contextmanager
    def raging(self) -> Iterator[None]:
        """Hands edit and visitors read as long as the block lasts."""
        variables = self.house.variables
        kinds = {"hand": names.CODE, "import": names.IMPORT}
        self.hands = {kind: Hand(kinds[kind], self.folder, variables) for kind in self.kinds}
        port = self.house.site.port
        self.editor = Editor(
            port, session(), form_addresses(names.keys(names.FORM, FORMS)), self.gate, self.ledger
        )
        self.visitors = [Visitor(port, self.edited, self.ledger, seed) for seed in range(VISITORS)]
        with self.gate.closed():
            for thread in (self.editor, *self.visitors):
                thread.start()
            self._look_after()
        try:
            yield
        finally:
            self.editor.stopped.set()
            for visitor in self.visitors:
                visitor.stopped.set()
            with self.gate.closed():
                for hand in self.hands.values():
                    hand.kill()
            for thread in (self.editor, *self.visitors):
                thread.join(60)
            self.wrong += [*self.editor.refused, *(line for one in self.visitors for line in one.wrong)]

    def strike(self, victim: str, *, thoroughly: bool = True) -> None:
        """One kill, and what is found when all is back."""
        kill = self._kills()[victim]
        # Who has ended already, by an earlier kill, is not counted.
        killer = threading.Timer(
            self.draw.uniform(SOONEST, LATEST), lambda: self.killed.update([victim] if kill() else [])
        )
        killer.start()
        self._dump_until(lambda: not killer.is_alive())
        self._look_after()
        with self.gate.closed():
            for line in self._looked_at(thoroughly):
                # At once: who sees that something is wrong need not wait for the rest.
                say(f"  wrong after a kill ({victim}): {line}")
                self.wrong.append(f"after a kill ({victim}): {line}")

    def _kills(self) -> dict[str, Callable[[], bool]]:
        house = self.house
        return {
            "site": house.site.kill,
            "worker": lambda: house.site.kill_worker(self.draw),
            "postmaster": house.kill_postmaster,
            "session": lambda: house.kill_session(self.draw),
            **{name: hand.kill for name, hand in self.hands.items()},
        }

    def _look_after(self) -> None:
        self.house.look_after_database()
        # Long enough for the parts of a server to notice that one of them is gone.
        time.sleep(0.1)
        self.house.site.look_after()
        self.slowest = max(self.slowest, self.house.site.until_ready())
        for hand in self.hands.values():
            hand.look_after()

    def _dump_until(self, is_over: Callable[[], bool]) -> None:
        """Dumps amid the edits; one that breaks is none."""
        while True:
            with suppress(Error):
                self.wrong += truth.mixed(dumping.dump())
                self.dumps += 1
            if connection.connection and connection.errors_occurred:
                connection.close()
            if is_over():
                return

    def _looked_at(self, thoroughly: bool) -> Iterator[str]:
        connection.close()
        yield from truth.committed(self.ledger)
        yield from truth.shown(self.house.site.port, self.ledger)
        if thoroughly:
            yield from truth.derived(self.house.site.port)
            yield from truth.dumped(self.house, self.folder)
            self.reloaded += 1


def tried(house: House, folder: Path, options: argparse.Namespace) -> Told:
    """`options.kills` of them, by the numbers of `options.seed`."""
    storm = Storm(house, folder, random.Random(options.seed))
    connection.close()
    truth.blank(house)
    storm.fill()
    house.site.begin()
    begun = time.monotonic()
    with storm.raging():
        for number in range(1, options.kills + 1):
            storm.strike(storm.draw.choice(VICTIMS), thoroughly=number % EACH == 0)
            if number % 10 == 0:
                say(f"  {number} kills, {time.monotonic() - begun:.0f} s, {len(storm.wrong)} wrong")
    told = report(storm, time.monotonic() - begun)
    told.expect(storm.killed.total() > 0.9 * options.kills, "nine of ten kills met somebody")
    return told


def report(storm: Storm, seconds: float) -> Told:
    told = Told(wrong=storm.wrong)
    times = storm.ledger.told().times
    edits = sum(number for key, number in times.items() if key != names.IMPORT)
    forms = sum(number for key, number in times.items() if key.startswith(names.FORM))
    statuses = sum((one.statuses for one in storm.visitors), Counter())
    kinds = ", ".join(f"{number} × {name}" for name, number in sorted(storm.killed.items()))
    told.say(f"{storm.killed.total()} kills in {seconds:.0f} s: {kinds}")
    told.say(f"{edits} edits acknowledged ({forms} by the form), {times.get(names.IMPORT, 0)} imports")
    shelf = sum(one.unasked for one in storm.visitors)
    told.say(
        f"{statuses[200]} pages read meanwhile, {shelf} of them from the shelf and marked so;"
        f" {statuses[503]} × 503, {statuses[0]} without an answer"
    )
    told.say(f"{storm.dumps} dumps amid the edits; {storm.reloaded} dumps loaded again and compared")
    told.say(f"the site was back at most {storm.slowest:.1f} s after the database")
    return told


def session() -> str:
    """The cookie of somebody who may do everything."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("pruefung", password=get_random_string(20)))
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def form_addresses(keys: list[str]) -> dict[str, str]:
    """{key: path of the form} of these events."""
    known = {names.slug(key): key for key in keys}
    found = Event.objects.filter(slug__in=known).values_list("slug", "pk")
    return {known[slug]: reverse("admin:events_event_change", args=[pk]) for slug, pk in found}
