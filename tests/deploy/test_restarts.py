"""A real nginx with our file before two processes of the site, which are restarted under load."""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection

from operations.backup.programs import parameters
from tests.sources import ROOT
from tools import processes

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CONNECTIONS = 8
pytestmark = [
    pytest.mark.skipif(not NGINX, reason="nginx is not installed"),
    pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed"),
    pytest.mark.django_db(transaction=True),
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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


@pytest.fixture
def site(tmp_path):
    made = Site(tmp_path)
    try:
        for number in (0, 1):
            made.start(number)
        yield made
    finally:
        for number in (0, 1):
            made.stop(number)


@pytest.fixture
def proxy(tmp_path, site):
    port = free_port()
    certificate(tmp_path)
    path = configured(tmp_path, site, port)
    child = subprocess.Popen(
        [NGINX, "-p", str(tmp_path), "-e", str(tmp_path / "error.log"), "-c", str(path)],
        preexec_fn=processes.dies_with_us(signal.SIGTERM),
    )
    try:
        wait_for(lambda: Path(tmp_path / "pid").exists())
        yield port
    finally:
        processes.end(child, by=signal.SIGTERM, seconds=20)


def test_no_request_fails_while_the_processes_are_restarted(site, proxy, tmp_path):
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
    log = (tmp_path / "kongressatlas.log").read_text()
    assert '"GET /veranstaltungen/" 200' in log
    assert "127.0.0.1" not in log
