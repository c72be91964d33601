"""How an event that nobody has saved yet will look: its card and the head of its page. Nothing is written."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.models import Event

# {related name: what a card and the head of a page tell of these rows}
SHOWN = ("venue_links", "participations", "topic_links", "previous_dates")
# Without these nothing can be drawn.
NEEDED = ("title", "starts_on", "ends_on")
# Stands for the address that is made when the entry is saved.
NO_SLUG = "preview"
NO_KEY = 0


@require_POST
def show(request: HttpRequest, page: Any) -> HttpResponse:
    """A fragment of HTML."""
    event = _entry(request, page)
    form = page.get_form(request, event, change=event is not None)(request.POST, instance=event)
    is_whole = form.is_valid()
    event = with_rows(form.instance, _rows(request, page, event, form.instance))
    can_be_drawn = not any(name in form.errors for name in NEEDED)
    context = {
        "look": _look(event, request.POST.get("_language", "")) if can_be_drawn else "",
        "problems": [] if is_whole else _problems(form),
    }
    return render(request, "admin/events/event/preview.html", context)


def _look(event: Event, language: str) -> str:
    """In the language asked for, while all else speaks the editor's."""
    code = language if language in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(code):
        return render_to_string(
            "admin/events/event/public_look.html", {"event": event, "LANGUAGE_CODE": code}
        )


def _entry(request: HttpRequest, page: Any) -> Event | None:
    """The entry that is being changed, as this person may change it; None while a new one is added."""
    key = request.GET.get("event", "")
    if not key:
        if not page.has_add_permission(request):
            raise PermissionDenied
        return None
    event: Event | None = page.get_queryset(request).filter(pk=key).first() if _is_key(key) else None
    if event is None:
        raise Http404
    if not page.has_change_permission(request, event):
        raise PermissionDenied
    return event


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _rows(request: HttpRequest, page: Any, event: Event | None, parent: Event) -> dict[str, list[Any]]:
    """The rows as they would be saved, in order."""
    rows = {}
    for formset_class, inline in page.get_formsets_with_inlines(request, event):
        prefix = formset_class.get_default_prefix()
        if prefix not in SHOWN:
            continue
        formset = formset_class(**page.get_formset_kwargs(request, parent, inline, prefix))
        formset.is_valid()
        filled = [form for form in formset.forms if form.is_valid() and _is_kept(form)]
        filled.sort(key=lambda form: (form.cleaned_data.get("position") is None, form.instance.position))
        rows[prefix] = [form.instance for form in filled]
    return rows


def _is_kept(form: Any) -> bool:
    return bool((form.instance.pk or form.has_changed()) and not form.cleaned_data.get("DELETE"))


def with_rows(event: Event, rows: dict[str, list[Any]]) -> Event:
    """The event as `for_listing()` would give it with these rows, fit for templates and for nothing else."""
    event.pk = event.pk or NO_KEY
    event.slug = event.slug or NO_SLUG
    event.timezone = event.timezone if _is_zone(event) else str(timezone.get_default_timezone())
    kept: Any = event
    kept._prefetched_objects_cache = dict(getattr(kept, "_prefetched_objects_cache", {}))
    for name, things in rows.items():
        # As `prefetch_related` leaves them: a result that asks nobody.
        found: Any = getattr(event, name).none()
        found._result_cache = things
        kept._prefetched_objects_cache[name] = found
    return event


def _is_zone(event: Event) -> bool:
    try:
        return bool(event.zone)
    except (KeyError, ValueError, OSError):
        return False


def _problems(form: Any) -> list[tuple[str, str]]:
    """[(field, what is wrong)] of the entry's own fields; what is about the whole comes without a field."""
    return [
        (str(form.fields[name].label) if name in form.fields else "", " ".join(map(str, problems)))
        for name, problems in form.errors.items()
    ] or [("", _("One of the rows is not complete."))]
