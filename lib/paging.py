"""Pages of a long list, forgiving about the number asked for."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _


class Countable(Protocol):
    """What knows how many there are, and any part of it."""

    def count(self) -> int: ...

    def __getitem__(self, part: slice) -> Any: ...


class _Whole(Paginator):
    """Django ends the last page at the count. That was asked for before the page: what became public in
    between would push the last one out, although nobody took it away."""

    def page(self, number: int | str) -> Page:
        wanted = self.validate_number(number)
        begin = (wanted - 1) * self.per_page
        return Page(self.object_list[begin : begin + self.per_page], wanted, self)


def paginate(
    things: QuerySet[Any] | Countable | Sequence[Any], number: str | None, per_page: int
) -> tuple[Page, str]:
    """The page asked for and, when there is none such, the nearest one with a sentence that says so."""
    paginator = _Whole(things, per_page)  # type: ignore[arg-type]
    if not number:
        return paginator.page(1), ""
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
    if 1 <= wanted <= paginator.num_pages:
        return paginator.page(wanted), ""
    shown = paginator.num_pages if wanted > paginator.num_pages else 1
    said = number.replace("\x00", "�")[:20]
    text = _("There is no page “%(asked)s”; this is page %(shown)s.") % {"asked": said, "shown": shown}
    return paginator.page(shown), text


def page_links(page: Page, url: Callable[[int], str]) -> dict[str, Any]:
    """Addresses around a page: previous, next and the numbered ones, with gaps marked."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "previous": url(page.previous_page_number()) if page.has_previous() else None,
        "next": url(page.next_page_number()) if page.has_next() else None,
        "pages": [
            {"number": number, "url": url(number), "is_current": number == page.number}
            if isinstance(number, int)
            else {"gap": True}
            for number in numbers
        ],
    }
