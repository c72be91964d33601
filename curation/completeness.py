"""The figure of completeness in the forms of events and series, with ways to what is missing."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from events.completeness import (
    completeness,
    series_completeness,
    with_completeness,
    with_series_completeness,
)
from lib.editing import offers

_TEMPLATE = "curation/completeness_panel.html"


def _of_event(request: HttpRequest, event: Any) -> dict[str, Any] | None:
    if event is None:
        return None
    told = completeness(_told(event, with_completeness))
    return {"score": told.score, "told": told, "editions": None}


def _of_series(request: HttpRequest, series: Any) -> dict[str, Any] | None:
    if series is None:
        return None
    told = series_completeness(_told(series, with_series_completeness))
    return {"score": told.score, "told": told.own, "editions": told.editions}


def _told(entry: Any, judging: Callable[[Any], Any]) -> Any:
    """The entry with its facts; the admin's pages bring it so already."""
    return entry if hasattr(entry, "said") else judging(type(entry).objects.all()).get(pk=entry.pk)


def offer_completeness() -> None:
    offers.in_form("events.Event", offers.Panel(_TEMPLATE, _of_event))
    offers.in_form("events.Series", offers.Panel(_TEMPLATE, _of_series))
