"""`dev.py setup-trial --root FOLDER`: does what docs/operations.md says, in a Debian that lies in a folder.

The folder holds a fresh Debian, as made by `mmdebstrap --variant=apt --include=ca-certificates bookworm
FOLDER`; afterwards it holds the site, so throw it away. Needs root. The code is that of the last commit. What
installs has the network of this machine; all that follows in a network of its own, with a PostgreSQL, two
processes of the site and a nginx that end with it. There is no systemd: a stand-in starts what the units say.
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
# Blocks that fetch something come first in the paper: packages, code, Python packages.
FETCHING = 3
# A Debian in a folder has nothing that starts services, and would complain of it.
NO_SERVICES = "#!/bin/sh\nexit 101\n"
# Beside the blocks: what systemd does at the start of a machine, and what is asked at a terminal.
BOOT = 'pg_ctlcluster "$(ls /etc/postgresql)" main start\n'
ACCOUNT = (
    "DJANGO_SUPERUSER_PASSWORD=$(openssl rand -hex 12) kongressatlas createsuperuser --no-input"
    " --username editor --email editor@example.org\n"
)
LOOK = (
    'curl -fsSk --resolve "$SITE:443:127.0.0.1" "https://$SITE/" | grep -o "<title>.*</title>"\n'
    'curl -fsS -o /dev/null -w "%{http_code} %{redirect_url}\\n"'
    ' --resolve "$SITE:80:127.0.0.1" "http://$SITE/"\n'
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py setup-trial", description=__doc__)
    parser.add_argument("--root", type=Path, required=True, help="folder with a fresh Debian")
    parser.add_argument(
        "--copy", type=Path, action="append", default=[], help="a file of this machine it needs"
    )
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    if os.geteuid() != 0 or not (root / "etc" / "debian_version").is_file():
        raise Problem(
            "This needs root, and a folder with a Debian.",
            "mmdebstrap --variant=apt --include=ca-certificates bookworm FOLDER",
        )
    _furnish(root, options.copy)
    try:
        return _try(root)
    finally:
        subprocess.run(["umount", str(root / SOURCE)], check=False)


def script(found: list[Block], *, names: dict[str, str]) -> str:
    """The blocks for one shell that tells the number of each and stops at the first failure."""
    lines = ["set -eu", "export DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8"]
    lines += [f"export {name}={value}" for name, value in names.items()]
    for block in found:
        lines += [f"echo '== block {block.number}'", settled(block, names)]
    return "\n".join(lines) + "\n"


def _furnish(root: Path, copies: list[Path]) -> None:
    for path in (Path("/etc/resolv.conf"), *copies):
        target = root / path.relative_to("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    (root / "usr/sbin/policy-rc.d").write_text(NO_SERVICES)
    (root / "usr/sbin/policy-rc.d").chmod(0o755)
    (root / "usr/local/bin").mkdir(parents=True, exist_ok=True)
    shutil.copy(CHECKOUT / "tools" / "stand_in_systemctl", root / "usr/local/bin/systemctl")
    (root / SOURCE).mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "--bind", "-o", "ro", str(CHECKOUT), str(root / SOURCE)], check=True)


def _try(root: Path) -> int:
    names = {"SITE": SITE, "REPOSITORY": f"/{SOURCE}"}
    told = blocks("Set-up")
    plain = [block for block in told if block.kind == "sh"]
    upgrade = [block for block in blocks("A new version") if block.kind == "sh"]
    # The checkout belongs to somebody else than who clones it.
    before = "git config --global --add safe.directory '*'\n"
    fetch = script(plain[:1], names=names) + script(plain[1:2], names=names) + before
    fetch += script(plain[2:FETCHING], names=names)
    rest = script([], names=names) + BOOT + script(plain[FETCHING:], names=names)
    rest += f"echo '== beside the blocks'\n{ACCOUNT}{LOOK}" + script(upgrade, names=names) + LOOK
    status = _run(root, "fetching", fetch, isolated=False) or _run(root, "the rest", rest, isolated=True)
    asks = len(told) - len(plain)
    say(f"{len(plain) + len(upgrade)} blocks were run, {asks} that ask somebody something were not.")
    return status


def _run(root: Path, what: str, text: str, *, isolated: bool) -> int:
    begun = time.monotonic()
    (root / "srv/trial.sh").write_text(text)
    inside = f"mount -t proc proc {root}/proc && exec chroot {root} /bin/bash -x /srv/trial.sh"
    spaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
    if isolated:
        spaces.append("--net")
        # Nobody answers there: that shall be known at once.
        (root / "etc/resolv.conf").write_text("nameserver 127.0.0.1\n")
        inside = f"ip link set lo up && {inside}"
    environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
    status = subprocess.run([*spaces, "sh", "-c", inside], env=environment, check=False).returncode
    say(f"{what}: {'failed' if status else 'done'} after {time.monotonic() - begun:.0f} s")
    return status
