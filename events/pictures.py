"""The picture of an event: how pages show it, and which files nobody shows any more."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from events.models import Event
from lib.pictures import NAME, TYPES, widths

# For so long a picture that was replaced or removed comes back with an earlier version of its entry.
KEPT_DAYS = 30
# The smallest format first.
_ENDINGS = ("avif", "webp")
# What the file is called that says since when nobody shows a picture.
NOTE = ".unused"


@dataclass(frozen=True)
class Shown:
    """What `components/picture.html` needs. `sources` are (media type, srcset), the smallest format first."""

    src: str
    alt: str
    credit: str
    licence: str
    width: int | None = None
    height: int | None = None
    sources: tuple[tuple[str, str], ...] = ()


def shown(event: Event) -> Shown | None:
    """None without a picture, and where the file is gone: an old version was restored, or a load names it."""
    file = event.image
    if not file or not file.storage.exists(file.name):
        return None
    texts = event.image_alt, event.image_credit, event.image_licence
    found = NAME.fullmatch(file.name)
    if found is None:
        return Shown(file.url, *texts)
    width, height = int(found["width"]), int(found["height"])
    return Shown(file.url, *texts, width, height, tuple(_sources(file.storage, found["folder"], width)))


def there(name: str) -> tuple[bool, ...]:
    """Which of the files that `shown` looks for there are. No edit tells when one comes or goes."""
    storage, found = Event._meta.get_field("image").storage, NAME.fullmatch(name)
    others = [f"{found['folder']}/{found['width']}.{ending}" for ending in _ENDINGS] if found else []
    return tuple(storage.exists(one) for one in (name, *others))


def _sources(storage: Any, folder: str, full: int) -> Iterator[tuple[str, str]]:
    for ending in _ENDINGS:
        if storage.exists(f"{folder}/{full}.{ending}"):
            srcset = ", ".join(
                f"{storage.url(f'{folder}/{width}.{ending}')} {width}w" for width in widths(full)
            )
            yield TYPES[ending], srcset


@dataclass
class Tidied:
    """Files by what became of them; all those of one picture together, by their folder."""

    noted: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def tidy(*, days: int = KEPT_DAYS, dry: bool = False, at: dt.datetime | None = None) -> Tidied:
    """Note which pictures no event shows, and delete those of which that was noted `days` ago.

    Two steps, since a picture that was replaced today may be years old, and undoing must bring it back.
    """
    storage, folder = _place()
    tidied, now = Tidied(), at or timezone.now()
    for whole, files in _unused(storage, folder).items():
        note = f"{whole}{NOTE}"
        since = storage.get_modified_time(note) if note in files else now
        if now - since >= dt.timedelta(days=days):
            tidied.removed.append(whole)
            if not dry:
                _remove(storage, whole, files)
        elif note not in files:
            tidied.noted.append(whole)
            if not dry:
                storage.save(note, ContentFile(b""))
    return tidied


def _place() -> tuple[Any, str]:
    column: Any = Event._meta.get_field("image")
    return column.storage, column.upload_to.rstrip("/")


def _unused(storage: Any, folder: str) -> dict[str, list[str]]:
    """{folder or single file of a picture: its files}; notes on pictures that are shown again go at once."""
    shown_now = {
        _whole(name) for name in Event.objects.exclude(image="").values_list("image", flat=True).iterator()
    }
    found: dict[str, list[str]] = defaultdict(list)
    for name in _files(storage, folder):
        if _whole(name) not in shown_now:
            found[_whole(name)].append(name)
        elif name.endswith(NOTE):
            storage.delete(name)
    return found


def _remove(storage: Any, whole: str, files: list[str]) -> None:
    for name in files:
        storage.delete(name)
    if storage.exists(whole) and not any(storage.listdir(whole)):
        storage.delete(whole)


def _whole(name: str) -> str:
    """What the files of one picture have in common: their folder, or the name where it is a single file."""
    return "/".join(name.removesuffix(NOTE).split("/")[:2])


def _files(storage: Any, folder: str) -> Iterator[str]:
    if not storage.exists(folder):
        return
    folders, files = storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from _files(storage, f"{folder}/{name}")
