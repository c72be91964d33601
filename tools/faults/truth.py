"""What must hold when all is back: in the database, on pages, in what triggers keep up, in a dump."""

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from catalogue import dumping
from events.bits import reading
from events.bits.keeper import keeper
from events.bits.snapshot import Snapshot
from events.models import Event, Participation
from index.rebuilding import rebuild
from index.refresh import refresh_all
from journal.state import state
from lib.reading import SECONDS_OF_REST
from organisations.models import Organisation
from tools import environment, postgres
from tools.edits.watching import marks
from tools.faults import names
from tools.faults.house import House
from tools.faults.ledger import Account, Ledger
from tools.faults.readers import LISTS, Answer, get, older, pages_of

# A database of this version's tables with nothing in them, from which others are copied.
BLANK, TRIAL = "blank", "trial"
_RELOAD = (
    "import sys, django; django.setup(); from pathlib import Path; from catalogue import dumping, loading; "
)
_RELOAD += "loading.load_file(Path(sys.argv[1])); sys.stdout.write(dumping.digest())"


def committed(ledger: Ledger) -> Iterator[str]:
    """Sentences on edits that are lost, halved or made up; what was never acknowledged is now known."""
    account = ledger.told()
    there = dict(_marks_of_events())
    for key, last in list(account.known.items()):
        if key == names.IMPORT:
            continue
        if there.get(key) not in account.begun[key]:
            yield f"{key} stands at {there.get(key)}, acknowledged was {last}"
    yield from _halves(account, there)
    yield from _untraced(account)
    for mark in {there[key] for key in account.known if there.get(key, 0) > account.known[key]}:
        ledger.found([key for key in account.known if there.get(key) == mark], mark)
    yield from _imported(ledger, there)


def _marks_of_events() -> Iterator[tuple[str, int]]:
    titles = Event.objects.filter(slug__startswith="prueftagung-").values_list("title", flat=True)
    for title in titles:
        _word, key, _stand, mark = title.split()
        yield key, int(mark)


def _halves(account: Account, there: dict[str, int]) -> Iterator[str]:
    """What one transaction wrote is there for all of its keys, or for none."""
    for mark, group in account.groups.items():
        behind = [key for key in group if there.get(key, mark) < mark]
        if behind and any(there.get(key) == mark for key in group):
            yield f"of edit {mark} only a part is there: {', '.join(behind)} are behind"


def _untraced(account: Account) -> Iterator[str]:
    """The trail has a row for each edit that was acknowledged, and the journal owes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT right(slug, 3), (SELECT count(*) FROM trail_change AS one WHERE one.key = event.id"
            " AND one.table = 'events_event' AND before ? 'title')"
            " FROM events_event AS event WHERE slug LIKE 'prueftagung-%'"
        )
        for key, rows in cursor.fetchall():
            if rows < account.times.get(key, 0):
                yield f"{key}: {rows} changes on the trail, {account.times[key]} were acknowledged"
        cursor.execute(
            "SELECT (SELECT count(*) FROM journal_pending) + (SELECT count(*) FROM events_awaiting)"
        )
        if cursor.fetchone() != (0,):
            yield "transactions of before are still noted as pending"


def _imported(ledger: Ledger, there: dict[str, int]) -> Iterator[str]:
    """All that one load brings bears one mark: titles, names of organisers, how many of them there are."""
    titles = {mark for key, mark in there.items() if key.startswith(names.IMPORT)}
    hosts = Organisation.objects.filter(slug__startswith="pruefverband-")
    found = titles | {int(name.rpartition(" ")[2]) for name in hosts.values_list("name", flat=True)}
    if not found:
        return
    if len(found) > 1:
        yield f"half an import is there: marks {sorted(found)}"
        return
    (mark,) = found
    links = Participation.objects.filter(event__slug__startswith=f"prueftagung-{names.IMPORT}").count()
    if links != names.IMPORTED * names.hosts_of(mark):
        yield f"half an import is there: {links} participations at mark {mark}"
    if mark not in ledger.told().begun[names.IMPORT]:
        yield f"the import stands at {mark}, acknowledged was {ledger.told().known.get(names.IMPORT)}"
    ledger.found([names.IMPORT], mark)


def shown(port: int, ledger: Ledger) -> Iterator[str]:
    """Sentences on pages that do not show what the ledger says. Asked twice: any process may answer."""
    floor = ledger.floor()
    keys = [key for key in floor if key != names.IMPORT][::5]
    for path in [*LISTS, *(path for key in keys for path in pages_of(key))] * 2:
        answer = _answered(port, path)
        if answer.status != 200 or answer.is_unasked:
            yield f"{path}: status {answer.status}{', from the shelf' * answer.is_unasked}"
            continue
        yield from older(path, answer.text, floor)
        # A month and a page show some of them.
        if path in LISTS[1:] and "/en/" not in path:
            missing = [key for key in floor if key != names.IMPORT and key not in marks(answer.text)]
            if missing:
                yield f"{path}: {', '.join(missing)} are missing"


def _answered(port: int, path: str) -> Answer:
    """Who is told to come again, or shown what is kept and marked so, does: the database may rest for moments
    after it was slow to take somebody in. Nobody rests for longer."""
    deadline = time.monotonic() + 4 * SECONDS_OF_REST
    answer = get(port, path)
    while (answer.status == 503 or answer.is_unasked) and time.monotonic() < deadline:
        time.sleep(0.1)
        answer = get(port, path)
    return answer


def derived(port: int) -> Iterator[str]:
    """Sentences on what is kept beside the rows and is not what would be made of them anew."""
    held, fresh = keeper.current(), reading.read()
    if held is None or _told(held) != _told(fresh):
        yield "the sets of bits that were kept up are not those that are read anew"
    refresh_all()
    before = _index()
    rebuild()
    if before != _index():
        yield "the search index is not the one that is made anew"
    calendars = []
    for number in (1, 2):
        # A parameter that says nothing: this address is on no shelf.
        calendars.append(_entries(get(port, f"{LISTS[2]}&pruefung={state()}-{number}".replace(" ", "")).text))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM events_calendarpiece")
    if calendars[0] != calendars[1]:
        yield "kept entries of calendars are not those that are drawn anew"


def _told(snapshot: Snapshot) -> tuple[object, ...]:
    """All that lists can ask of it."""
    page = snapshot.page(snapshot.live, 0, 10**6)
    counting = snapshot.counting(snapshot.live)
    facets = {name: counting.most(name, 10**6) for name in snapshot.segments[0].facets}
    return page, facets, snapshot.state


def _index() -> object:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT noun, object, words::text, head::text FROM index_document ORDER BY noun, object"
        )
        documents = cursor.fetchall()
        cursor.execute("SELECT form, key, count FROM index_word ORDER BY form, key")
        return documents, cursor.fetchall()


def _entries(calendar: str) -> list[str]:
    return [line for line in calendar.splitlines() if not line.startswith(("DTSTAMP", "X-", "URL", "SOURCE"))]


def dumped(house: House, folder: Path) -> Iterator[str]:
    """The dump, loaded into an empty database and dumped again, is the same."""
    path = folder / "dump.json"
    path.write_text(dumping.dump())
    _psql(house, f"DROP DATABASE IF EXISTS {TRIAL} WITH (FORCE)", f"CREATE DATABASE {TRIAL} TEMPLATE {BLANK}")
    url = house.url.replace(f"/{postgres.DATABASE}?", f"/{TRIAL}?")
    words = [str(environment.PYTHON), "-c", _RELOAD, str(path)]
    variables = house.variables | {"DATABASE_URL": url}
    done = subprocess.run(words, env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        yield f"the dump cannot be loaded: {done.stderr.strip()[-500:]}"
    elif done.stdout != dumping.digest():
        yield "the dump, loaded and dumped again, is another one"


def mixed(text: str) -> Iterator[str]:
    """Of a dump that was made amid edits: what one load brought is there as a whole or not at all."""
    document = json.loads(text)
    told = [row.get("name", "") for row in document["organisations"]]
    told += [row["title"] for row in document["events"] if f"-{names.IMPORT}" in row["slug"]]
    found = {mark for one in told for mark in one.rpartition(" Stand ")[2:] if " Stand " in one}
    if len(found) > 1:
        yield f"a dump made meanwhile mixes two imports: {sorted(found)}"


def blank(house: House) -> None:
    """Copies the database, which has been migrated and is empty; nobody may be connected."""
    _psql(house, f"CREATE DATABASE {BLANK} TEMPLATE {postgres.DATABASE}")


def _psql(house: House, *statements: str) -> None:
    socket = str(postgres.socket_folder(house.server.home))
    for statement in statements:
        house.server.run("psql", "-q", "-h", socket, "-U", postgres.USER, "-c", statement, "postgres")
