"""docs/operations.md can be followed by copy and paste, as far as that can be tried without a spare machine.

All of it, in a fresh Debian: `python3 dev.py setup-trial`.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest
from django.core.management import get_commands

from tests.sources import ROOT
from tools import setup_trial
from tools.checks import PRODUCTION
from tools.setup_blocks import blocks, settled

SET_UP, UPGRADE = blocks("Set-up"), blocks("A new version")
ALL = [*SET_UP, *UPGRADE]
PASTED = [block for block in ALL if block.kind == "sh"]
BASH = shutil.which("bash") or "/bin/bash"
TEXT = "\n".join(block.text for block in PASTED)


def test_the_paper_has_commands_and_most_ask_nobody_anything():
    assert [block.kind for block in SET_UP].count("sh") >= 9
    assert [block.kind for block in UPGRADE] == ["sh"]
    assert all("kongressatlas createsuperuser" not in block.text for block in PASTED)


@pytest.mark.parametrize("block", ALL, ids=lambda block: f"{block.kind}-{block.number}")
def test_a_shell_takes_each_block(block):
    done = subprocess.run([BASH, "-n"], input=block.text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["ACCOUNT", "LOOK", "SIGN_IN", "VISIT", "VISITED", "HARDENED"])
def test_a_shell_takes_what_the_trial_looks_at(name):
    text = getattr(setup_trial, name)
    done = subprocess.run([BASH, "-n"], input=text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_copied_is_there():
    named = set(re.findall(r"(?<![\w/.-])(?:deploy|config)/[\w/.@-]+[\w]", TEXT))
    assert {"config/example.env", "deploy/kongressatlas", "deploy/nginx/kongressatlas.conf"} <= named
    for name in named:
        assert (ROOT / name).exists() or list((ROOT / name).parent.glob(f"{(ROOT / name).name}*")), name


def test_the_commands_are_there():
    asked = set(re.findall(r"^kongressatlas (\w+)", "\n".join(block.text for block in ALL), re.M))
    assert {"migrate", "collectstatic", "check", "load_catalogue", "back_up"} <= asked
    assert asked <= set(get_commands())


def test_the_places_are_those_of_units_and_of_nginx():
    units = "".join(path.read_text() for path in sorted((ROOT / "deploy" / "systemd").iterdir()))
    nginx = (ROOT / "deploy" / "nginx" / "kongressatlas.conf").read_text()
    for place in ("/opt/kongressatlas", "/etc/kongressatlas/environment", "/var/backups/kongressatlas"):
        assert place in units
        assert place in TEXT
    for place in (
        "/etc/ssl/kongressatlas/fullchain.pem",
        "/etc/ssl/kongressatlas/privkey.pem",
        "/var/www/html",
    ):
        assert place in nginx
        assert place in TEXT
    assert "alias /var/lib/kongressatlas/media/" in nginx


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """A scratch folder in which the block that writes the variables has been run."""
    folder = tmp_path_factory.mktemp("machine")
    (block,) = (one for one in SET_UP if "SECRET_KEY" in one.text)
    text = block.text.replace("/etc/kongressatlas", str(folder / "etc")).replace("-g kongressatlas", "")
    text = text.replace("cd /opt/kongressatlas", f"cd {shlex.quote(str(ROOT))}")
    script = f"set -eu\nexport SITE=termine.example.org\n{text}"
    subprocess.run([BASH, "-c", script], check=True, timeout=30)
    return folder


def test_the_variables_are_those_of_this_machine(machine):
    lines = (machine / "etc" / "environment").read_text().splitlines()
    found = dict(line.split("=", 1) for line in lines if "=" in line and line[0] not in "#;")
    assert found["SITE_URL"] == "https://termine.example.org"
    assert len(found["SECRET_KEY"]) > 60
    assert found["METRICS_TOKEN"] != found["SECRET_KEY"]
    assert found["DATABASE_URL"] == "postgres://kongressatlas@/kongressatlas?host=/var/run/postgresql"
    assert found["MEDIA_ROOT"] == "/var/lib/kongressatlas/media"
    assert (machine / "etc" / "environment").stat().st_mode & 0o777 == 0o640


def test_the_one_command_reads_the_variables_as_systemd_does(machine, tmp_path):
    """And finds nothing amiss with a site of these variables, in a process that has no others."""
    command = (ROOT / "deploy" / "kongressatlas").read_text()
    places = {
        "/etc/kongressatlas/environment": str(machine / "etc" / "environment"),
        'f"{CODE}/.venv/bin/python"': repr(sys.executable),
        '"/opt/kongressatlas"': repr(str(ROOT)),
        'ACCOUNT = "kongressatlas"': "import getpass; ACCOUNT = getpass.getuser()",
    }
    for usual, here in places.items():
        assert usual in command
        command = command.replace(usual, here)
    (tmp_path / "kongressatlas").write_text(command)
    words = [sys.executable, str(tmp_path / "kongressatlas"), "diffsettings", "--output", "hash"]
    done = subprocess.run(words, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=True)
    assert "SITE_NAME = 'Kongressatlas Musterstadt'" in done.stdout
    assert "ACCENT_COLOUR = '#00594f'" in done.stdout
    assert "'part': 'Programmhefte der Veranstalter'" in done.stdout


def test_only_what_a_reader_is_told_to_replace_is_replaced():
    first = SET_UP[0]
    told = settled(first, {"SITE": "a.example", "REPOSITORY": "/source"})
    assert told == "export SITE=a.example\nexport REPOSITORY=/source\n"
    assert settled(SET_UP[1], {"SITE": "a.example"}) == SET_UP[1].text


def test_the_trial_tells_blocks_apart_and_stops_at_a_failure(tmp_path):
    text = setup_trial.script(PASTED[:1], names={"SITE": "a.example"})
    words = [BASH, "-c", f"{text}false\necho not here"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.stdout == "== block 1\n"
    assert done.returncode == 1


def test_an_unknown_section_is_a_mistake_of_ours(tmp_path):
    paper = tmp_path / "operations.md"
    paper.write_text("## Other\n\n```sh\ntrue\n```\n")
    assert [block.text for block in blocks("Other", paper)] == ["true\n"]
    with pytest.raises(LookupError, match="Set-up"):
        blocks("Set-up", paper)


def test_the_example_stands_for_production():
    """`dev.py check` looks at the example with these variables instead of some of its own."""
    assert set(PRODUCTION) >= {"SITE_URL", "SECRET_KEY", "ACCESSIBILITY_REVIEWED_ON"}
