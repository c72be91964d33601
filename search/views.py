"""The site-wide search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.filters import MAX_WORDS
from search.finding import find

MAX_LENGTH = 200


def search(request: HttpRequest) -> HttpResponse:
    """One question, answered for every kind of entry."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:MAX_LENGTH]
    wanted = list(dict.fromkeys(words.split()))
    groups = find(" ".join(wanted[:MAX_WORDS]))
    context = {"q": words, "groups": groups, "total": sum(group.total for group in groups), "noindex": True}
    context["left_out"] = wanted[MAX_WORDS:]
    return render(request, "search/search.html", context)
