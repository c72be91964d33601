"""`dev.py setup-trial --root FOLDER`: does what docs/operations.md says, in a Debian that lies in a folder.

The folder holds a fresh Debian with systemd, as made by `mmdebstrap --variant=apt
--include=ca-certificates,dbus,systemd-sysv bookworm FOLDER`; afterwards it holds the site, so throw it away.
Needs root and systemd-nspawn (Debian's systemd-container). The code is that of the last commit. What installs
has the network of this machine. Then the folder is booted with a network of its own: its systemd starts
PostgreSQL, nginx and the units of the site with all their hardening, which is looked at from both sides.
"""

import argparse
import os
import shutil
import subprocess
import time
from pathlib import Path

from tools.setup_blocks import Block, blocks, settled
from tools.state import CHECKOUT
from tools.terminal import Problem, say

SITE = "kongressatlas.example"
# Where the checkout is to be seen within the folder.
SOURCE = "srv/source"
SCRIPT, LOG = "srv/trial.sh", "srv/trial.log"
# Blocks that fetch something come first in the paper: packages, code, Python packages.
FETCHING = 3
# As long as nothing has been booted, what is installed starts no services.
NO_SERVICES = "#!/bin/sh\nexit 101\n"
# What a machine would do at its first start, if it were one: the blocks, and then it is switched off.
UNIT = f"""
[Unit]
After=multi-user.target postgresql.service nginx.service
SuccessAction=exit
FailureAction=exit
FailureActionExitStatus=1
[Service]
Type=oneshot
Environment=HOME=/root
ExecStart=/bin/bash -x /{SCRIPT}
StandardOutput=truncate:/{LOG}
StandardError=inherit
TimeoutStartSec=30min
[Install]
WantedBy=multi-user.target
"""
# Beside the blocks: what is asked at a terminal, and a look at what came of them.
ACCOUNT = """
export DJANGO_SUPERUSER_PASSWORD=$(openssl rand -hex 12)
kongressatlas createsuperuser --no-input --username editor --email editor@example.org
"""
LOOK = """
ask() { curl -fsSk --resolve "$SITE:443:127.0.0.1" --resolve "$SITE:80:127.0.0.1" "$@"; }
ask "https://$SITE/" | grep -o '<title>.*</title>'
test "$(ask -o /dev/null -w '%{http_code} %{redirect_url}' "http://$SITE/")" = "301 https://$SITE/"
"""
# What hashes passwords is not written in Python: it lives with what the units forbid, or not at all.
SIGN_IN = """
path=$(kongressatlas shell -v 0 -c 'from django.urls import reverse; print(reverse("admin:index"))')
page="https://$SITE$path"
jar=$(mktemp)
where=$(ask -L -b "$jar" -c "$jar" -o /srv/form.html -w '%{url_effective}' "$page")
token=$(grep -o 'name="csrfmiddlewaretoken" value="[^"]*"' /srv/form.html | head -1 | cut -d'"' -f4)
ask -b "$jar" -c "$jar" -e "$where" -o /dev/null -w 'signed in: %{http_code} %{redirect_url}\\n' "$where" \\
    --data-urlencode "csrfmiddlewaretoken=$token" --data-urlencode username=editor \\
    --data-urlencode "password=$DJANGO_SUPERUSER_PASSWORD" | grep 'signed in: 302'
"""
# Somebody visits the site all the while a new version is put in place, no faster than nginx lets anybody.
VISIT = """
exec 3> /srv/failed
(while :; do ask -o /dev/null "https://$SITE/veranstaltungen/?when=all" || date >&3; sleep 0.2; done) \\
    2>/dev/null &
visitor=$!
"""
VISITED = """
kill $visitor
test ! -s /srv/failed
"""
HARDENED = """
systemctl is-active postgresql nginx kongressatlas@01 kongressatlas@02 kongressatlas-jobs.timer
systemctl start kongressatlas-jobs.service
for unit in kongressatlas@01 kongressatlas@02; do
    pid=$(systemctl show -p MainPID --value $unit)
    grep -E '^(NoNewPrivs:\\s+1|CapEff:\\s+0{16}|Seccomp:\\s+2)$' /proc/$pid/status | wc -l | grep -x 3
    for place in /opt/kongressatlas /etc /usr /var/lib/kongressatlas /var/backups/kongressatlas; do
        if nsenter --mount --target $pid touch $place/written 2>/dev/null; then exit 1; fi
    done
    test -e ~/.gitconfig && test -z "$(nsenter --mount --target $pid ls -A ~ 2>/dev/null)"
    nsenter --mount --target $pid runuser -u kongressatlas -- touch /var/lib/kongressatlas/media/written
done
rm /var/lib/kongressatlas/media/written
systemd-analyze security kongressatlas@01 kongressatlas-jobs.service 2>/dev/null | grep Overall || true
before=$(systemctl show -p MainPID --value kongressatlas@01)
systemctl kill --signal=KILL kongressatlas@01
for second in $(seq 30); do ask -o /dev/null "https://$SITE/readyz" && sleep 0.2; done
test "$(systemctl show -p MainPID --value kongressatlas@01)" != "$before"
systemctl is-active kongressatlas@01
test -z "$(systemctl list-units --failed --no-legend --plain 'kongressatlas*')"
if journalctl --unit 'kongressatlas*' | grep Traceback; then exit 1; fi
"""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py setup-trial", description=__doc__)
    parser.add_argument("--root", type=Path, required=True, help="folder with a fresh Debian")
    parser.add_argument(
        "--copy", type=Path, action="append", default=[], help="a file of this machine it needs"
    )
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    if os.geteuid() != 0 or not (root / "lib/systemd/systemd").is_file():
        raise Problem(
            "This needs root, and a folder with a Debian that has systemd.",
            "mmdebstrap --variant=apt --include=ca-certificates,dbus,systemd-sysv bookworm FOLDER",
        )
    if shutil.which("systemd-nspawn") is None:
        raise Problem("There is no systemd-nspawn.", "apt-get install systemd-container")
    _furnish(root, options.copy)
    return _try(root)


def script(found: list[Block], *, names: dict[str, str]) -> str:
    """The blocks for one shell that tells the number of each and stops at the first failure."""
    lines = ["set -eu", "export DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8"]
    lines += [f"export {name}={value}" for name, value in names.items()]
    for block in found:
        lines += [f"echo '== block {block.number}'", settled(block, names)]
    return "\n".join(lines) + "\n"


def _furnish(root: Path, copies: list[Path]) -> None:
    for path in copies:
        target = root / path.relative_to("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    (root / "usr/sbin/policy-rc.d").write_text(NO_SERVICES)
    (root / "usr/sbin/policy-rc.d").chmod(0o755)


def _try(root: Path) -> int:
    names = {"SITE": SITE, "REPOSITORY": f"/{SOURCE}"}
    told = blocks("Set-up")
    plain = [block for block in told if block.kind == "sh"]
    upgrade = [block for block in blocks("A new version") if block.kind == "sh"]
    # The checkout belongs to somebody else than who clones it.
    before = "git config --global --add safe.directory '*'\n"
    fetch = script(plain[:1], names=names) + script(plain[1:2], names=names) + before
    fetch += script(plain[2:FETCHING], names=names)
    rest = script(plain[FETCHING:], names=names) + "echo '== beside the blocks'\n" + ACCOUNT + LOOK + SIGN_IN
    rest += VISIT + script(upgrade, names=names) + LOOK + VISITED + SIGN_IN
    rest += "echo '== hardening'\n" + HARDENED
    status = _fetched(root, fetch) or _booted(root, rest)
    asks = len(told) - len(plain)
    say(f"{len(plain) + len(upgrade)} blocks were run, {asks} that ask somebody something were not.")
    return status


def _fetched(root: Path, text: str) -> int:
    """With the network of this machine, and before anything is booted."""
    (root / SCRIPT).write_text(text)
    status = _run(root, "fetching", ["--pipe", "--setenv=HOME=/root", "/bin/bash", "-x", f"/{SCRIPT}"])
    (root / "usr/sbin/policy-rc.d").unlink()
    return status


def _booted(root: Path, text: str) -> int:
    """As a machine that nobody can reach, and that reaches nobody."""
    (root / SCRIPT).write_text(text)
    (root / "etc/systemd/system/trial.service").write_text(UNIT)
    wanted = root / "etc/systemd/system/multi-user.target.wants"
    wanted.mkdir(exist_ok=True)
    (wanted / "trial.service").symlink_to("/etc/systemd/system/trial.service")
    say(f"  What the blocks say goes to {root / LOG}.")
    status = _run(root, "the rest", ["--private-network", "--console=pipe", "--boot"])
    say((root / LOG).read_text(errors="replace"))
    return status


def _run(root: Path, what: str, words: list[str]) -> int:
    begun = time.monotonic()
    own = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--timezone=off"]
    own += [f"--directory={root}", f"--bind-ro={CHECKOUT}:/{SOURCE}", *words]
    environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
    done = subprocess.run(own, env=environment, stdin=subprocess.DEVNULL, check=False)
    say(f"{what}: {'failed' if done.returncode else 'done'} after {time.monotonic() - begun:.0f} s")
    return done.returncode
