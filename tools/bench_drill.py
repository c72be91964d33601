"""`dev.py bench drill`: a backup of many events with pictures, plain and encrypted, and its restoring.

Restored into a database made for it and compared with the moment of the backup, as `drill_backup` does.
"""

import argparse
import secrets
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from index.rebuilding import rebuild
from operations.backup import making
from tools import binaries, environment
from tools.bench_crowd import fill
from tools.measuring import load, yardstick
from tools.terminal import say, step

EVENTS, PICTURES = 10_000, 300
# What a picture of an event takes, its smaller forms included.
PICTURE_BYTES = 300_000
# Seconds that restoring and comparing may take.
LONGEST = 60.0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench drill", description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--pictures", type=int, default=PICTURES)
    options = parser.parse_args(arguments)
    with step(f"Filling {options.events} events"):
        call_command("load_catalogue", verbosity=0)
        fill(options.events, timezone.localdate())
        rebuild()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _draw(folder / "media", options.pictures)
        took = _drilled(folder, "plain", "", None)
        if shutil.which("age") and shutil.which("age-keygen"):
            took = max(took, _drilled(folder, "encrypted", *_key(folder)))
    say(f"machine        yardstick {yardstick():.1f} ms, load {load():.1f}")
    return 1 if took > LONGEST else 0


def _draw(media: Path, number: int) -> None:
    for one in range(number):
        path = media / "events" / f"{one:05}" / "full.webp"
        path.parent.mkdir(parents=True)
        path.write_bytes(secrets.token_bytes(PICTURE_BYTES))


def _key(folder: Path) -> tuple[str, Path]:
    """The public key, and the file with the secret one."""
    path = folder / "key.txt"
    subprocess.run([shutil.which("age-keygen") or "age-keygen", "-o", path], check=True, capture_output=True)
    lines = path.read_text().splitlines()
    return next(line.rpartition(" ")[2] for line in lines if "public key:" in line), path


def _drilled(folder: Path, name: str, recipient: str, identity: Path | None) -> float:
    """Seconds that the drill took: restored, compared, thrown away."""
    backups = folder / name
    backups.mkdir()
    chosen = {
        "MEDIA_ROOT": str(folder / "media"),
        "BACKUP_FOLDER": str(backups),
        "POSTGRES_PROGRAMS": binaries.client_programs(environment.VENV),
    }
    with override_settings(**chosen):
        made = making.back_up(backups, timezone.now(), recipient=recipient)
        say(f"{name:<14} backup {made.path.stat().st_size / 1e6:.0f} MB in {made.seconds:.1f} s")
        begun = time.monotonic()
        call_command("drill_backup", **({"identity": identity} if identity else {}))
    return time.monotonic() - begun
