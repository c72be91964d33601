"""A real nginx with our file before two processes of the site: its headers, and restarts under load."""

import http.client
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection

from operations.backup.programs import parameters
from tests.security.observatory import Answer, points
from tests.sources import ROOT
from tools import processes
from tools.ports import free_port

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CONNECTIONS = 8
pytestmark = [
    pytest.mark.skipif(not NGINX, reason="nginx is not installed"),
    pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed"),
    pytest.mark.django_db(transaction=True),
]


class Site:
    """Two processes as the units start them, but on free ports."""

    def __init__(self, folder):
        self.ports = [free_port(), free_port()]
        self.children = [None, None]
        told = parameters(connection.settings_dict)
        self.variables = os.environ | {
            "DATABASE_URL": f"postgres://{told['user']}@/{told['dbname']}?host={told['host']}",
            "SITE_URL": "https://kongressatlas.example",
            "PROXY_SSL_HEADER": "X-Forwarded-Proto",
            "ALLOWED_HOSTS": "127.0.0.1",
            "STATIC_ROOT": str(folder),
        }

    def start(self, number):
        words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.ports[number])]
        words += ["--workers", "1", "--blocking-threads", "8", "--no-ws", "--log-level", "error"]
        self.children[number] = subprocess.Popen(
            [sys.executable, "-m", "granian", *words, "config.wsgi:application"],
            env=self.variables,
            cwd=ROOT,
            preexec_fn=processes.dies_with_us(signal.SIGTERM),
        )
        wait_for(lambda: self.answers(number))

    def answers(self, number):
        reader = http.client.HTTPConnection("127.0.0.1", self.ports[number], timeout=5)
        try:
            reader.request("GET", "/healthz")
            return reader.getresponse().status == 200
        except OSError:
            return False
        finally:
            reader.close()

    def stop(self, number):
        if self.children[number]:
            processes.end(self.children[number], by=signal.SIGTERM, seconds=20)


class Reader(threading.Thread):
    """Asks again and again over one connection, and notes what was no page."""

    def __init__(self, port, stopped):
        super().__init__(daemon=True)
        self.port, self.stopped = port, stopped
        self.answered, self.failed = 0, []

    def run(self):
        context = ssl._create_unverified_context()  # noqa: S323
        server = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=context)
        while not self.stopped.is_set():
            try:
                server.request("GET", "/veranstaltungen/", headers={"Host": "kongressatlas.example"})
                answer = server.getresponse()
                answer.read()
                self.answered += 1
                if answer.status != 200:
                    self.failed.append(answer.status)
            except (OSError, http.client.HTTPException) as error:
                self.failed.append(repr(error))
                server.close()
        server.close()


def wait_for(true, seconds=60):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        threading.Event().wait(0.05)


def configured(folder, site, port):
    """Our file with other ports and paths, inside the least that nginx needs around it."""
    text = (ROOT / "deploy" / "nginx" / "kongressatlas.conf").read_text()
    text = re.sub(r"^\s*listen \[::\].*\n", "", text, flags=re.M)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;")
    text = text.replace("127.0.0.1:8001", f"127.0.0.1:{site.ports[0]}")
    text = text.replace("127.0.0.1:8002", f"127.0.0.1:{site.ports[1]}")
    text = text.replace("/etc/ssl/kongressatlas", str(folder)).replace("/var/log/nginx", str(folder))
    # All readers of this test come from one address.
    text = re.sub(r"rate=\d+r/s", "rate=100000r/s", text)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    whole = f"{user}\ndaemon off;\npid {folder}/pid;\nevents {{}}\nhttp {{\n{paths}\n{text}\n}}\n"
    (folder / "nginx.conf").write_text(whole)
    return folder / "nginx.conf"


def certificate(folder):
    words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
    words += ["-subj", "/CN=kongressatlas.example", "-keyout", "privkey.pem", "-out", "fullchain.pem"]
    subprocess.run([shutil.which("openssl"), *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("nginx")


@pytest.fixture(scope="module")
def site(folder, django_db_setup):
    made = Site(folder)
    try:
        for number in (0, 1):
            made.start(number)
        yield made
    finally:
        for number in (0, 1):
            made.stop(number)


@pytest.fixture(scope="module")
def proxy(folder, site):
    port = free_port()
    certificate(folder)
    path = configured(folder, site, port)
    child = subprocess.Popen(
        [NGINX, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(path)],
        preexec_fn=processes.dies_with_us(signal.SIGTERM),
    )
    try:
        wait_for(lambda: Path(folder / "pid").exists())
        yield port
    finally:
        processes.end(child, by=signal.SIGTERM, seconds=20)


def over_https(folder, port, path):
    """What a visitor gets who trusts our certificate and nobody else's."""
    context = ssl.create_default_context(cafile=folder / "fullchain.pem")
    context.check_hostname = False
    server = http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=context)
    server.request("GET", path, headers={"Host": "kongressatlas.example"})
    response = server.getresponse()
    body = response.read().decode()
    server.close()
    assert response.status == 200, path
    cookies = [told for name, told in response.getheaders() if name.lower() == "set-cookie"]
    return Answer(f"https://kongressatlas.example{path}", dict(response.getheaders()), cookies, body)


@pytest.mark.parametrize(
    ("path", "least"), [("/", 125), ("/veranstaltungen/", 125), ("/en/imprint/", 125), ("/admin/login/", 120)]
)
def test_the_observatory_is_content_over_https(folder, proxy, path, least):
    assert points(over_https(folder, proxy, path))[0] >= least


def test_no_request_fails_while_the_processes_are_restarted(site, proxy, folder):
    stopped = threading.Event()
    readers = [Reader(proxy, stopped) for _ in range(CONNECTIONS)]
    for reader in readers:
        reader.start()
    wait_for(lambda: all(reader.answered for reader in readers))
    for number in (0, 1):
        site.stop(number)
        site.start(number)
    before = sum(reader.answered for reader in readers)
    wait_for(lambda: sum(reader.answered for reader in readers) > before + CONNECTIONS)
    stopped.set()
    for reader in readers:
        reader.join(40)
    assert [failure for reader in readers for failure in reader.failed] == []
    log = (folder / "kongressatlas.log").read_text()
    assert '"GET /veranstaltungen/" 200' in log
    assert "127.0.0.1" not in log
