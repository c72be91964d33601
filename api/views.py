"""The operations of the API, and its page for people."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from api import answers, description, parameters
from api.choosing import Asked
from api.fetching import COLLECTIONS, EVENTS, Collection, looked_up, records
from api.finding import find
from api.listing import page
from api.outputs.event import change_record
from api.outputs.linking import ROOT, Linker
from api.parameters import CURSOR, ID, LANG, LIMIT, PER_PAGE, UPDATED_SINCE, Parameter, read
from api.problems import Refusal, not_found, respond
from api.schemas.envelope import Changes, Entrance, Problem
from events import history
from events.bits.keeper import keeper
from events.conditional import conditional
from events.site import output_site
from journal.version import settled_at
from lib.http import Moved
from lib.site import site_name

logger = logging.getLogger(__name__)
api = NinjaAPI(version=description.VERSION, urls_namespace="api-v1", openapi_url=None, docs_url=None)
View = Callable[..., HttpResponse]


# -- answers ----------------------------------------------------------------------------------------------


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return respond(request, refusal)


@api.exception_handler(Moved)
def moved(request: HttpRequest, where: Moved) -> HttpResponse:
    return HttpResponsePermanentRedirect(where.url)


@api.exception_handler(Exception)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Programs get a problem, not the site's page for people; the log gets the rest. That it can be answered
    soon is for the middleware to say."""
    if keeper.has_delayed(error):
        raise error
    logger.error("The API could not answer %s", request.path, exc_info=error)
    return respond(request, Refusal("internal-error", _("The error is in our log. Please try again later.")))


def entrance(request: HttpRequest) -> HttpResponse:
    """Where everything is."""
    read(request.GET, [LANG])
    found = {
        "name": site_name(),
        "version": description.VERSION,
        "documentation": settings.SITE_URL + reverse("api:docs"),
        "openapi": f"{settings.SITE_URL}{ROOT}/openapi.json",
        "collections": {name: f"{settings.SITE_URL}{ROOT}/{name}" for name in COLLECTIONS},
        **answers.licence(),
    }
    return answers.single(found)


def list_of(collection: Collection, taken: list[Parameter]) -> View:
    def view(request: HttpRequest) -> HttpResponse:
        values = read(request.GET, taken)
        # Taken before anything else is read: what changes meanwhile is told the next time. Of an answer that
        # is kept, all who come while nothing changes are told this moment, earlier than theirs: what they ask
        # for since then lacks nothing, and holds some entries twice at worst.
        settled = settled_at()
        asked = Asked(
            collection=collection,
            values=values,
            path=request.path,
            query=request.GET,
            limit=int(values.get(LIMIT.name, [PER_PAGE])[0]),
            at=timezone.now(),
            settled_at=settled,
        )
        found = page(asked)
        found.items = [answers.only(record, values.get("fields", [])) for record in found.items]
        return answers.listed(found, _next(request, found.cursor), answers.licence())

    return view


def _next(request: HttpRequest, cursor: str) -> str:
    """The address of the page behind the cursor, empty where there is none."""
    if not cursor:
        return ""
    query = request.GET.copy()
    query[CURSOR.name] = cursor
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"


def entry_of(collection: Collection, taken: list[Parameter]) -> View:
    def view(request: HttpRequest, id: str) -> HttpResponse:
        values = read(request.GET, taken)
        at = timezone.now()
        found = find(collection, id, request.GET.urlencode(), at, partial(looked_up, collection))
        expand = list(dict.fromkeys(values.get("expand", [])))
        told = records(collection, [found], at, expand)
        if not told:
            # Withdrawn this very moment.
            raise not_found()
        return answers.single(answers.only(told[0], values.get("fields", [])))

    return view


def changes(request: HttpRequest, id: str) -> HttpResponse:
    """What became of an event, in words."""
    read(request.GET, [LANG])
    at = timezone.now()
    found = find(EVENTS, id, request.GET.urlencode(), at, EVENTS.fetched, below="/changes")
    told = {
        "event": Linker(site=output_site()).reference(found),
        "items": [change_record(one) for one in history.changes_of(found, at)],
        **answers.licence(),
    }
    return answers.single(told)


# -- operations -------------------------------------------------------------------------------------------


def offer(path: str, view: View, name: str, summary: str, taken: list[Parameter], **told: Any) -> None:
    """Puts a view behind an address and notes what its description says."""
    shape = told.pop("shape")
    errors = dict.fromkeys(told.pop("errors"), Problem)
    silent = dict.fromkeys(told.pop("silent", []), None)
    api.get(
        path,
        response={200: shape, **silent, **errors},
        operation_id=name,
        summary=summary,
        url_name=name,
        tags=[told.pop("tag")],
        **told,
    )(view)
    description.PARAMETERS[name] = taken


def offer_collection(collection: Collection) -> None:
    """The list and the single entry of a collection."""
    name = collection.name
    shaping = [parameters.fields_of(collection.fields)]
    if collection.linked:
        shaping.append(parameters.expand_of(list(collection.linked)))
    chosen = parameters.event_filters() if collection is EVENTS else [parameters.name_search()]
    in_list = [*chosen, UPDATED_SINCE, *shaping, LIMIT, CURSOR, LANG]
    offer(
        f"/{name}",
        conditional(list_of(collection, in_list)),
        f"list_{name}",
        description.LISTS[name],
        in_list,
        shape=collection.page,
        silent=[301, 304] if collection is EVENTS else [304],
        errors=[400, 404, 406, 429],
        tag=name,
    )
    offer(
        f"/{name}/{{id}}",
        conditional(entry_of(collection, [*shaping, LANG])),
        f"get_{name}",
        description.ENTRIES[name],
        [ID, *shaping, LANG],
        shape=collection.shape,
        silent=[301, 304],
        errors=[400, 404, 406, 410, 429],
        tag=name,
    )


offer(
    "/",
    entrance,
    "entrance",
    gettext_noop("Where everything is"),
    [LANG],
    shape=Entrance,
    errors=[400, 406, 429],
    tag="about",
)
for one in COLLECTIONS.values():
    offer_collection(one)


offer(
    "/events/{id}/changes",
    conditional(changes),
    "list_changes",
    gettext_noop("What became of an event, the newest first"),
    [ID, LANG],
    shape=Changes,
    silent=[301, 304],
    errors=[400, 404, 406, 410, 429],
    tag="events",
)


# -- description ------------------------------------------------------------------------------------------


def openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    try:
        read(request.GET, [LANG])
    except Refusal as refusal:
        return respond(request, refusal)
    return HttpResponse(description.text(api, get_language() or "de"), content_type=answers.JSON)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The description for people, made from the one for programs."""
    told = description.document(api, get_language() or "de")
    context = {"operations": description.operations(told), "shapes": description.shapes(told)}
    return render(request, "api/docs.html", context | description.facts())


@require_safe
def to_docs(request: HttpRequest) -> HttpResponse:
    return redirect("api:docs")
