"""An alphabetical index of named things: by first letter, by words in the name, page by page."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import QueryDict

from lib.german import fold
from lib.paging import page_links, paginate

PER_PAGE = 60


@dataclass
class Index:
    """What an index page shows. `letters` are those that occur, folded, in order."""

    page: Page
    page_links: dict[str, Any]
    letters: list[dict[str, Any]]
    q: str
    problem: str
    path: str

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q) or any(letter["is_current"] for letter in self.letters)


def browse(things: QuerySet[Any], query: QueryDict, path: str, column: str = "sort_name") -> Index:
    """The part of `things` that the parameters q, letter and page ask for; three queries.

    `column` is a folded, indexed column by which the things are ordered.
    """
    q = query.get("q", "").replace("\x00", "")[:100].strip()
    letter = query.get("letter", "")[:1].lower()
    initials = things.order_by().values_list(Left(column, 1), flat=True).distinct()
    letters = sorted(initial for initial in initials if initial and initial.isalpha())
    for word in fold(q).split():
        things = things.filter(**{f"{column}__contains": word})
    if letter in letters:
        things = things.filter(**{f"{column}__startswith": letter})
    page, problem = paginate(things, query.get("page"), PER_PAGE)
    kept = {"q": q, "letter": letter if letter in letters else ""}

    def url(number: int = 1, **changes: str) -> str:
        return _address(path, {**kept, "page": str(number) if number > 1 else "", **changes})

    shown = [
        {"letter": one.upper(), "url": url(letter=one), "is_current": one == kept["letter"]}
        for one in letters
    ]
    return Index(page, page_links(page, url), shown, q, problem, path)


def _address(path: str, values: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in values.items() if value})
    text = query.urlencode()
    return f"{path}?{text}" if text else path
