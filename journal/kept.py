"""What is worked out once for a state of the catalogue, and kept in this process while it lasts."""

from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any, Generic, Protocol, TypeVar
from weakref import WeakSet

from journal.state import state

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class Forgetful(Protocol):
    def forget(self) -> None: ...


_everything: "WeakSet[Forgetful]" = WeakSet()


def remember_to_forget(one: Forgetful) -> None:
    """`forget_everything` asks it to forget, too."""
    _everything.add(one)


def forget_everything() -> None:
    """As if the process had just begun: for measurements."""
    for one in _everything:
        one.forget()


def drop_oldest(kept: dict[Any, Any], most: int) -> None:
    """Leaves the `most` that were put in last, whatever other threads put in and drop meanwhile."""
    # The list is made in one step; walking the dictionary itself is refused when another thread changes it.
    for key in list(kept)[: max(len(kept) - most, 0)]:
        kept.pop(key, None)


class Kept(Generic[T]):
    """The last `most` things made, each under its key, of the catalogue's present state alone."""

    def __init__(self, most: int = 1) -> None:
        self._most = most
        self.forget()
        _everything.add(self)

    def forget(self) -> None:
        # Replaced as one: another thread may still write into the former dictionary.
        self._kept: tuple[Hashable, dict[Any, T]] = (None, {})

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under the key, or what `make` says, which is kept then."""
        return self.many([key], lambda _missing: {key: make()})[key]

    def many(self, keys: Collection[K], make: Callable[[Collection[K]], Mapping[K, T]]) -> dict[K, T]:
        """{key: what is kept, else what `make` says of all such keys at once}. No query for no key."""
        if not keys:
            return {}
        now = state()
        if now is None:
            return dict(make(keys))
        kept = self._kept
        if kept[0] != now:
            kept = self._kept = (now, {})
        made = kept[1]
        told = {key: made[key] for key in keys if key in made}
        missing = [key for key in keys if key not in told]
        if missing:
            fresh = make(missing)
            made.update(fresh)
            told.update(fresh)
            drop_oldest(made, self._most)
        return told
