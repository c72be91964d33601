"""What the search reads of people: their names and what is said of their public role."""

from collections.abc import Collection, Iterable

from index.registry import TEXT, TITLE, Entry, Searchable, register
from speakers.models import Speaker


def register_all() -> None:
    register(Searchable("speaker", people, lambda at: Speaker.objects.listed(), Speaker.objects.listed))


def people(keys: Collection[int]) -> Iterable[Entry]:
    """The anonymised have no words, so nothing finds them."""
    for one in Speaker.objects.listed().filter(pk__in=keys):
        entry = Entry(one.pk, names=[one.plain_name, *one.aliases])
        entry.tell("title", TITLE, one.name, *one.aliases)
        entry.tell("text", TEXT, one.description)
        yield entry
