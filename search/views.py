"""The site-wide search page, and suggestions for fields in which somebody types."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from index.suggesting import suggest
from lib.http import lasting
from search.questions import asked
from search.results import answer
from search.suggesting import suggested
from search.topics import frequent

# Longer than this nobody types and still looks for a suggestion.
MAX_TYPED, MAX_SUGGESTIONS = 100, 8
# The most frequent ones, shown to those who found nothing.
TOPICS = 18


@lasting
def search(request: HttpRequest) -> HttpResponse:
    """One question, answered for every kind of entry, or for the one that the parameter noun names."""
    q, at = asked(request.GET), timezone.now()
    context: dict[str, Any] = {"q": q, "noindex": True}
    if q:
        context["answer"] = answer(q, request.GET.get("noun", ""), request.path, at)
    if not q or not context["answer"].groups:
        context["topics"] = frequent(TOPICS, at)
    return render(request, "search/search.html", context)


@lasting
def suggestions(request: HttpRequest) -> HttpResponse:
    """Entries whose names begin with what was typed, with all words that the list shows or announces."""
    q = asked(request.GET)
    found = suggest(q, 2 * MAX_SUGGESTIONS) if q and len(q) <= MAX_TYPED else []
    options = suggested(found, timezone.now())[:MAX_SUGGESTIONS]
    response = JsonResponse(
        {"label": _("Suggestions"), "announcement": _announcement(len(options)), "suggestions": options}
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _announcement(number: int) -> str:
    if not number:
        return _("No suggestions.")
    text = ngettext(
        "%(number)s suggestion. Choose with the arrow keys, open with Enter.",
        "%(number)s suggestions. Choose with the arrow keys, open with Enter.",
        number,
    )
    return text % {"number": number}
