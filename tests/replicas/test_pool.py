"""Behind PgBouncer in transaction mode, where each transaction may get another session."""

import shutil
import socket
import subprocess

import environ
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import ConnectionHandler

from config.settings import database
from events.models import Event
from tests.factories import NOW
from tests.replicas.conftest import Visitor, ask, settle
from tests.test_urls import PUBLIC, answers
from tools import binaries, ports, postgres

# Numbers are not for visitors.
# Neither is there without a setting of its own.
READ = [address for address in PUBLIC if address[0] not in ("branding-file", "metrics")]

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(not PROGRAM, reason="PgBouncer is not installed (apt-get install pgbouncer)"),
]
# More clients than sessions, so that they change hands.
CONFIG = """
[databases]
{name} = host={host} port=5432 dbname={name} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
max_client_conn = 50
server_reset_query =
"""


@pytest.fixture(scope="module")
def pool(pair):
    """The address of the primary by way of the pool."""
    settle(pair)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = pair.folder / "pgbouncer.ini"
    told = {"name": postgres.DATABASE, "user": postgres.USER, "port": port}
    config.write_text(CONFIG.format(host=postgres.socket_folder(pair.primary.home), **told))
    config.chmod(0o644)
    with (pair.folder / "pgbouncer.log").open("wb") as log:
        process = subprocess.Popen([PROGRAM, str(config)], stdout=log, stderr=log, **binaries.account())
    try:
        ports.wait_for(port, 10)
        yield f"postgres://{postgres.USER}@127.0.0.1:{port}/{postgres.DATABASE}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def pooled(pair, pool, settings, monkeypatch, django_db_blocker):
    """A visitor of the site behind the pool; others wait in it, too."""
    settings.DATABASE_POOLED = True
    settings.SECURITY_CONTACT = "mailto:sicherheit@example.org"
    told = database(environ.Env.db_url_config(pool)) | {"DISABLE_SERVER_SIDE_CURSORS": True}
    before = connections[DEFAULT_DB_ALIAS]
    handlers = [ConnectionHandler({DEFAULT_DB_ALIAS: dict(told)}) for _one in range(4)]
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=True):
        connections[DEFAULT_DB_ALIAS] = handlers[0][DEFAULT_DB_ALIAS]
        try:
            yield Visitor(raise_request_exception=False)
        finally:
            for handler in handlers:
                handler[DEFAULT_DB_ALIAS].close()
            connections[DEFAULT_DB_ALIAS] = before


def test_all_that_visitors_read_comes_through_a_pool(pooled, pair):
    seen = {name: response.status_code for name, response in answers(pooled, pair.cast, "de", READ)}
    assert {name: status for name, status in seen.items() if status not in (200, 301, 302)} == {}
    calendar = b"".join(pooled.get("/veranstaltungen.ics?when=all").streaming_content)
    assert calendar.count(b"BEGIN:VEVENT") > 2


def test_an_edit_comes_through_with_who_made_it(pooled, pair):
    Event.objects.filter(pk=pair.cast.congress.pk).update(title="Durch den Vorrat")
    page = pooled.get(pair.cast.congress.get_absolute_url()).content.decode()
    assert "Durch den Vorrat" in page


def test_nothing_is_left_in_a_session_for_whoever_gets_it_next(pooled, pair):
    """Each setting as the server has it, but for what PgBouncer itself keeps apart; no locks, no cursors."""
    pooled.get("/suche/?q=kommune")
    pooled.get("/veranstaltungen.ics?when=all")
    left = ask(
        pair.primary,
        "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
        " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        " AND (locktype = 'advisory' OR state LIKE 'idle in%')",
    )
    assert left == "0"
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("on",)
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_cursors WHERE name <> ''")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("command", ["rebuild_index", "check_links"])
def test_commands_that_need_a_session_of_their_own_say_so(pooled, command):
    with pytest.raises(CommandError, match="DATABASE_POOLED"):
        call_command(command, verbosity=0)
