"""The files for production say what the papers say, and the programs they are for take them."""

import re
import shutil
import subprocess
import sys

import pytest
import yaml  # comes with djlint

from tests.sources import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "CapabilityBoundingSet": "",
    "User": "kongressatlas",
}


def values(path):
    """{key: value} of a unit; of a key that stands twice the last."""
    text = path.read_text().replace("\\\n", " ")
    return dict(re.findall(r"^(\w+)=(.*)$", text, re.M))


@pytest.mark.parametrize(
    "path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name
)
def test_services_are_hardened(path):
    found = values(path)
    assert {key: found.get(key) for key in HARDENED} == HARDENED


def test_the_service_is_started_as_the_papers_say():
    told = (ROOT / "docs" / "operations.md").read_text()
    command = " ".join(values(DEPLOY / "systemd" / "kongressatlas@.service")["ExecStart"].split())
    for words in ("--interface wsgi", "--blocking-threads 8", "--no-ws", "config.wsgi:application"):
        assert words in command
        assert words in told


def test_the_timer_calls_the_one_command():
    assert values(DEPLOY / "systemd" / "kongressatlas-jobs.service")["ExecStart"].endswith(
        "manage.py run_due_jobs"
    )
    assert values(DEPLOY / "systemd" / "kongressatlas-jobs.timer")["OnCalendar"] == "*:0/5"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_takes_them(tmp_path):
    """With programs that are there: those of an installation are not."""
    for path in UNITS:
        text = re.sub(r"^ExecStart=(?:.*\\\n)*.*", "ExecStart=/bin/true", path.read_text(), flags=re.M)
        (tmp_path / path.name).write_text(text)
    words = [shutil.which("systemd-analyze"), "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert str(tmp_path) not in done.stderr
    assert done.returncode == 0, done.stderr


def test_the_compose_file_is_one():
    told = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text())
    assert set(told["services"]) == {"database", "migrate", "site", "jobs"}
    for name in ("site", "jobs"):
        service = told["services"][name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])


def test_the_container_of_the_site_asks_it_whether_it_is_well(live_server):
    """By its own name, on the port inside."""
    told = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text())
    _cmd, _python, _option, text = told["services"]["site"]["healthcheck"]["test"]
    assert "http://127.0.0.1:8000/healthz" in text
    here = text.replace("http://127.0.0.1:8000", live_server.url)
    words = [sys.executable, "-c", here]
    for name, status in (("localhost", 0), ("strange.example", 1)):
        site = {"SITE_URL": f"https://{name}"}
        assert subprocess.run(words, env=site, stderr=subprocess.DEVNULL, check=False).returncode == status


def test_every_file_is_told_of():
    table = (DEPLOY / "README.md").read_text()
    for path in DEPLOY.rglob("*"):
        if path.is_file() and path.name != "README.md":
            assert path.name in table or path.suffix in table, path.name
