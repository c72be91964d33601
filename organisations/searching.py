"""What the search reads of organisations."""

from collections.abc import Collection, Iterable

from index.registry import ABOUT, TEXT, TITLE, Entry, Searchable, register
from organisations.models import Organisation


def register_all() -> None:
    register(
        Searchable(
            "organisation", organisations, lambda at: Organisation.objects.all(), Organisation.objects.all
        )
    )


def organisations(keys: Collection[int]) -> Iterable[Entry]:
    for one in Organisation.objects.filter(pk__in=keys):
        names = [name for name in (one.name, one.short_name, one.name_en) if name]
        entry = Entry(one.pk, names=[*names, *one.aliases], same=[names])
        entry.tell("title", TITLE, *names, *one.aliases)
        entry.tell("place", ABOUT, one.city)
        entry.tell("text", TEXT, one.summary, one.summary_en, one.description)
        yield entry
