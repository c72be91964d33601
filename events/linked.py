"""Which vocabulary linked data are asked for in, and the answer in it."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from events.outputs import cpev, jsonld
from events.outputs.jsonld_nodes import CONTEXT as SCHEMA_ORG
from events.outputs.jsonld_nodes import Node
from lib.nouns import Noun

Response = TypeVar("Response", bound=HttpResponseBase)
# What linked data are written in, by the value of the parameter `profile`.
PROFILES = {"": cpev.PROFILE, "cpev": cpev.PROFILE, "schema.org": SCHEMA_ORG}


def linked_data(
    request: HttpRequest, noun: Noun, *, in_cpev: Callable[[], Node], in_schema_org: Callable[[], Node]
) -> HttpResponse:
    """The document about an entry in the vocabulary that the request asks for; 400 for an unknown one.

    Samples are kept from search engines.
    """
    profile = PROFILES.get(request.GET.get("profile", ""))
    if profile is None:
        return unknown_profile()
    data = in_cpev() if profile == cpev.PROFILE else in_schema_org()
    response = HttpResponse(jsonld.dump(data), content_type=cpev.MEDIA_TYPE)
    if noun.is_sample:
        response.headers["X-Robots-Tag"] = "noindex"
    return with_profile(response, profile)


def with_profile(response: Response, profile: str) -> Response:
    """Names the vocabulary (RFC 6906)."""
    if response.status_code == 200:
        response.headers["Link"] = f'<{profile}>; rel="profile"'
    return response


def unknown_profile() -> HttpResponse:
    known = ", ".join(name for name in PROFILES if name)
    text = _("profile: not known here. Known are: %(names)s") % {"names": known}
    return HttpResponse(f"{text}\n", status=400, content_type="text/plain; charset=utf-8")
