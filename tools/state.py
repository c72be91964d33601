"""The folder for what belongs to this checkout but not into it: database, secrets, collected files."""

import hashlib
import os
import secrets
from pathlib import Path

from tools.terminal import Problem

CHECKOUT = Path(__file__).resolve().parent.parent


def folder() -> Path:
    """The checkout's own folder, made if need be; another checkout has another one.

    Order: KONGRESSATLAS_STATE, for root /var/lib, else the user's data folder, else `.state` in the checkout.
    """
    tried = []
    for candidate in candidates():
        try:
            candidate.mkdir(parents=True, exist_ok=True)
            # Under root the database's account must get through, but needs to list nothing.
            candidate.chmod(0o711 if os.geteuid() == 0 else 0o700)
            probe = candidate / f".writable-{os.getpid()}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            tried.append(f"{candidate} ({error.strerror})")
            continue
        return candidate
    raise Problem(
        f"No folder for the database can be written: {', '.join(tried)}.",
        "Make one of them writable, or name another folder in the variable KONGRESSATLAS_STATE.",
    )


def candidates() -> list[Path]:
    if given := os.environ.get("KONGRESSATLAS_STATE"):
        return [Path(given).absolute()]
    name = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:12]
    if os.geteuid() == 0:
        return [Path("/var/lib/kongressatlas") / name]
    try:
        data_home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    except RuntimeError:  # an account without a home
        return [CHECKOUT / ".state"]
    return [data_home / "kongressatlas" / name, CHECKOUT / ".state"]


def secret(path: Path, length: int) -> str:
    """The random text in a file that only its owner can read; made on first use."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with open(descriptor, "w") as file:
        text = secrets.token_urlsafe(length)
        file.write(text + "\n")
    return text


def secret_key(home: Path) -> str:
    return secret(home / "secret-key", 50)


def editor_password_file(home: Path) -> Path:
    path = home / "editor-password"
    secret(path, 15)
    return path
