"""What Django itself costs in the same server: an empty page, and one of 25 rows fetched by one query.

A door for a WSGI server of its own: `/empty/` and `/rows/` run without any middleware, the same below `/full`
with all of the site's.
"""

import gc
import os
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

_TEMPLATE = """<!doctype html><title>Events</title><ul>{% for event in events %}
<li><a href="/events/{{ event.slug }}/">{{ event.title }}</a> {{ event.starts_on|date:"j. F Y" }}
{{ event.get_mode_display }}<p>{{ event.summary }}</p></li>{% endfor %}</ul>"""


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def rows(request: HttpRequest) -> HttpResponse:
    """As lean as the ORM can: seven columns, no relation, no context processor."""
    from events.models import Event

    found = Event.objects.only("slug", "title", "summary", "starts_on", "mode").order_by("starts_at", "pk")
    return HttpResponse(_template.render({"events": found.filter(state="published")[:25]}))


urlpatterns = [
    path(f"{prefix}{page}/", view)
    for prefix in ("", "full/")
    for page, view in (("empty", empty), ("rows", rows))
]


def application(environ: dict[str, Any], start_response: Any) -> Any:
    handler = _full if environ["PATH_INFO"].startswith("/full/") else _bare
    return handler(environ, start_response)


# Imported by a test or a type checker it leaves the settings alone.
if os.environ.get("SPEED_DOOR"):
    django.setup(set_prefix=False)
    settings.ROOT_URLCONF = __name__
    _full = WSGIHandler()
    settings.MIDDLEWARE = []
    _bare = WSGIHandler()
    _template = engines["django"].from_string(_TEMPLATE)
    # As the site does.
    gc.set_threshold(10_000, 20, 50)
    gc.freeze()
