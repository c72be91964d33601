"""The list of who was erased, without a name: no older backup brings anybody back.

It lies beside the backups, in a file of its own that only grows; `restore_backup` reads it and has
everybody on it erased again. An app offers how in `AppConfig.ready()`.
"""

import datetime as dt
import json
import logging
import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from privacy.models import Erasure
from privacy.names import Wording

FILE = "erased.json"
FORMAT = 1
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Erased:
    """As in `privacy.models.Erasure`; `at` is an instant as ISO 8601 writes it."""

    subject: str
    which: str
    at: str
    digests: tuple[str, ...] = ()
    wording: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        return self.subject, self.which

    @property
    def moment(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.at)

    @property
    def words(self) -> Wording:
        told = dict(self.wording)
        return Wording(alone=bool(told.pop("alone", False)), texts=told)


@dataclass(frozen=True)
class Done:
    """How many had come back and were erased again; `left` are lines on texts that still say a name."""

    count: int
    left: list[str] = field(default_factory=list)


# (all that was erased of one subject, when the restored data were current) -> what was done
Again = Callable[[Collection[Erased], dt.datetime | None], Done]
_again: dict[str, Again] = {}


class Unreadable(Exception):
    """The list is not one of ours, or torn."""


def offer(subject: str, again: Again) -> None:
    _again[subject] = again


def note(
    subject: str,
    which: str,
    *,
    digests: Collection[str] = (),
    wording: Wording | None = None,
    at: dt.datetime | None = None,
) -> None:
    """Within the transaction that erases. The file follows after the commit."""
    said = {**wording.texts, "alone": wording.alone} if wording else {}
    told = {"at": at or timezone.now(), "digests": sorted(digests), "wording": said}
    Erasure.objects.get_or_create(subject=subject, which=which, defaults=told)
    if settings.BACKUP_FOLDER:
        transaction.on_commit(partial(write, Path(settings.BACKUP_FOLDER)), robust=True)


def write(folder: Path) -> Path | None:
    """All that is known, by the database or by the file that is there; None where the folder is missing."""
    if not folder.is_dir():
        logger.error("%s was not written: there is no folder %s.", FILE, folder)
        return None
    path = folder / FILE
    entries = {one.key: one for one in (read(path) if path.exists() else [])} | {
        one.key: one for one in _rows()
    }
    told = {
        "format": FORMAT,
        "erased": [asdict(one) for one in sorted(entries.values(), key=lambda one: one.at)],
    }
    part = folder / f".{FILE}.{os.getpid()}"
    with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        json.dump(told, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    return path


def _rows() -> Iterable[Erased]:
    for row in Erasure.objects.all():
        yield Erased(
            row.subject, row.which, row.at.astimezone(dt.UTC).isoformat(), tuple(row.digests), row.wording
        )


def read(path: Path) -> list[Erased]:
    try:
        told = json.loads(path.read_text())
        if told["format"] != FORMAT:
            raise Unreadable(f"{path} is of another version of this software.")
        return [Erased(**{**one, "digests": tuple(one["digests"])}) for one in told["erased"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unreadable(
            f"{path} cannot be read as a list of who was erased: {type(error).__name__}."
        ) from None


def erase_again(entries: Iterable[Erased], current_at: dt.datetime | None = None) -> dict[str, Done]:
    """{whose: what was done}. `current_at`: when the data were those of now; None if unknown."""
    entries = list(entries)
    done: dict[str, Done] = {}
    for subject, again in _again.items():
        done[subject] = again([one for one in entries if one.subject == subject], current_at)
    for one in entries:
        note(one.subject, one.which, digests=one.digests, wording=one.words, at=one.moment)
    return done
