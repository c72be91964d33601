"""The list of who was erased, without a name: no older backup brings anybody back.

It lies beside the backups, in a file of its own that only grows; `restore_backup` reads it and has
everybody on it erased again. An app offers how in `AppConfig.ready()`.
"""

import datetime as dt
import fcntl
import json
import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lib.whole_files import write_whole
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
    """Within the transaction that erases. The file follows after the commit.

    Who is noted already stays so, but for `at`, where it is later: an address may be erased again.
    """
    _keep(subject, which, digests, wording, at or timezone.now())
    _write_after_commit()


def _keep(
    subject: str, which: str, digests: Collection[str], wording: Wording | None, at: dt.datetime
) -> None:
    said = {**wording.texts, "alone": wording.alone} if wording else {}
    told = {"at": at, "digests": sorted(digests), "wording": said}
    _row, is_new = Erasure.objects.get_or_create(subject=subject, which=which, defaults=told)
    if not is_new:
        Erasure.objects.filter(subject=subject, which=which, at__lt=at).update(at=at)


def _write_after_commit() -> None:
    if settings.BACKUP_FOLDER:
        transaction.on_commit(partial(write, Path(settings.BACKUP_FOLDER)), robust=True)


def write(folder: Path) -> Path | None:
    """All that is known, by the database or by the file that is there; None where the folder is missing.

    Of what both know, the later erasure counts.
    """
    if not folder.is_dir():
        logger.error("%s was not written: there is no folder %s.", FILE, folder)
        return None
    path = folder / FILE
    with _alone(folder / f".{FILE}.lock"):
        known = [*(read(path) if path.exists() else []), *_rows()]
        entries = {one.key: one for one in sorted(known, key=lambda one: one.moment)}
        told = {"format": FORMAT, "erased": [asdict(one) for one in entries.values()]}
        write_whole(path, json.dumps(told, indent=1).encode(), 0o600)
    return path


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Nobody else unites the list with what they know meanwhile; the kernel lets go, however this ends."""
    with os.fdopen(os.open(lock, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


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
        entries = [Erased(**{**one, "digests": tuple(one["digests"])}) for one in told["erased"]]
        if any(one.moment.tzinfo is None for one in entries):
            raise ValueError("a moment of nowhere")
        return entries
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unreadable(
            f"{path} cannot be read as a list of who was erased: {type(error).__name__}."
        ) from None


def erase_again(entries: Iterable[Erased], current_at: dt.datetime | None = None) -> dict[str, Done]:
    """{whose: what was done}. `current_at`: when the data were those of now; None if unknown."""
    entries = list(entries)
    # Also who is in neither the data nor their list: they may be in the next backup that is restored.
    with transaction.atomic():
        for one in entries:
            _keep(one.subject, one.which, one.digests, one.words, one.moment)
        _write_after_commit()
    return {
        subject: again([one for one in entries if one.subject == subject], current_at)
        for subject, again in _again.items()
    }
