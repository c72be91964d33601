"""Finding a thing by the name in its address, former names included."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from addresses.models import FormerSlug
from lib.http import Moved

Thing = TypeVar("Thing", bound=Model)


def find(things: QuerySet[Thing], noun: str, slug: str, route: str) -> Thing:
    """The thing of that slug.

    Raises Moved to the page of the thing that bore the slug before, else Http404. Only things in
    the QuerySet count: what may not be seen is not redirected to either.
    """
    found = things.filter(slug=slug).first()
    if found is not None:
        return found
    target = FormerSlug.objects.target_of(noun, slug)
    heir: Any = things.filter(pk=target).first() if target is not None else None
    if heir is None:
        raise Http404(_("There is no page at this address."))
    raise Moved(reverse(route, kwargs={"slug": heir.slug}))
