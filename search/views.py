"""The site-wide search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from search.finding import find

MAX_LENGTH = 200


def search(request: HttpRequest) -> HttpResponse:
    """One question, answered for every kind of entry."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:MAX_LENGTH]
    groups = find(words)
    context = {"q": words, "groups": groups, "total": sum(group.total for group in groups), "noindex": True}
    return render(request, "search/search.html", context)
