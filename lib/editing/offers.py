"""What apps above a noun add to its pages in the admin. The noun's own admin knows none of them.

An app offers in its `AppConfig.ready()`. Everything offered is asked for again at each request, with the
request at hand, so that rights are looked at where they count.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, reverse

from lib.editing.forms import Text
from lib.editing.meanwhile import Since

Pages = Callable[[AdminSite], Iterable[URLPattern | URLResolver]]
# (the page of the noun, the request, the chosen entries) -> a page, or None for back to the list
Action = Callable[[Any, HttpRequest, Any], Any]
# (the page of the noun, the request, the entry) -> nothing
Saved = Callable[[Any, HttpRequest, Any], None]
# (the request for an entry's form, the entry's key) -> what was done to it since, None where nobody can tell
Meanwhile = Callable[[HttpRequest, int], Since | None]


@dataclass(frozen=True)
class Button:
    """A link beside an entry (its key is the address's only argument) or above a list (no argument).

    `needs` is the right that its page asks for, as in `has_change_permission`.
    """

    route: str
    label: Text
    needs: str = "change"


@dataclass(frozen=True)
class Panel:
    """A template shown above an entry's form, with what `facts(request, entry)` says; None leaves it out.

    The entry is None while a new one is being added.
    """

    template: str
    facts: Callable[[HttpRequest, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Tool:
    """A page without arguments that the header offers on every page of the site.

    `needs` is a permission such as "events.change_event"; empty, everybody in the site may go there.
    """

    route: str
    label: Text
    needs: str = ""


@dataclass(frozen=True)
class Link:
    """What a tool has become on one page."""

    address: str
    label: Text
    is_current: bool


_pages: list[Pages] = []
_tools: dict[str, Tool] = {}
_entry_buttons: dict[str, list[Button]] = defaultdict(list)
_list_buttons: dict[str, list[Button]] = defaultdict(list)
_panels: dict[str, list[Panel]] = defaultdict(list)
_actions: dict[str, dict[str, tuple[Action, Text]]] = defaultdict(dict)
_scripts: dict[str, list[str]] = defaultdict(list)
_saved: dict[str, list[Saved]] = defaultdict(list)
_meanwhile: dict[str, Meanwhile] = {}


def pages(of: Pages) -> None:
    """Further pages of the site: `of(site)` gives their addresses, to be wrapped in `site.admin_view`."""
    _pages.append(of)


def tool(route: str, label: Text, needs: str = "") -> None:
    """Shown in the order in which apps are installed; `route` as in `Button`, without the site's name."""
    _tools[route] = Tool(route, label, needs)


def beside_entry(model: str, button: Button) -> None:
    """`model` is a label such as "events.Event" here and below."""
    _entry_buttons[model].append(button)


def above_list(model: str, button: Button) -> None:
    _list_buttons[model].append(button)


def in_form(model: str, panel: Panel) -> None:
    _panels[model].append(panel)


def action(model: str, name: str, label: Text, do: Action) -> None:
    """`do` may bear `allowed_permissions`, as actions do in Django."""
    _actions[model][name] = do, label


def saved(model: str, do: Saved) -> None:
    """Done after an entry was saved in its form, rows inside it included."""
    _saved[model].append(do)


def meanwhile(model: str, since: Meanwhile) -> None:
    """Asked before the entry of a form is read; when the form is sent, nobody else writes from then on."""
    _meanwhile[model] = since


def script(model: str, path: str) -> None:
    """A static file that the noun's pages load, deferred by its own `DOMContentLoaded`."""
    _scripts[model].append(path)


# -- what the pages ask ------------------------------------------------------------------------------


def urls(site: AdminSite) -> list[URLPattern | URLResolver]:
    return [pattern for of in _pages for pattern in of(site)]


def tools_of(site: AdminSite, request: HttpRequest) -> list[Link]:
    """What this person may open."""
    may: Any = request.user.has_perm
    found = [one for one in _tools.values() if not one.needs or may(one.needs)]
    links = [(reverse(f"{site.name}:{one.route}"), one.label) for one in found]
    return [Link(address, label, request.path.startswith(address)) for address, label in links]


def buttons_of(page: Any, request: HttpRequest, entry: Model | None) -> list[tuple[str, Text]]:
    """[(address, label)] of what this person may use beside the entry; without one, above the list."""
    label, site = page.model._meta.label, page.admin_site.name
    offered = (_entry_buttons if entry else _list_buttons)[label]
    arguments = [entry.pk] if entry else []
    return [
        (reverse(f"{site}:{one.route}", args=arguments), one.label)
        for one in offered
        if _may(page, request, one.needs, entry)
    ]


def _may(page: Any, request: HttpRequest, needs: str, entry: Model | None) -> bool:
    ask = getattr(page, f"has_{needs}_permission")
    return bool(ask(request) if needs == "add" else ask(request, entry))


def panels_of(page: Any, request: HttpRequest, entry: Model | None) -> list[tuple[str, dict[str, Any]]]:
    """[(template, its context)]"""
    told = [(panel.template, panel.facts(request, entry)) for panel in _panels[page.model._meta.label]]
    return [(template, facts) for template, facts in told if facts is not None]


def actions_of(model: type[Model]) -> list[tuple[Action, str, Text]]:
    """In the form in which Django keeps an admin page's actions."""
    return [(do, name, label) for name, (do, label) in _actions[model._meta.label].items()]


def saved_of(model: type[Model]) -> list[Saved]:
    return _saved[model._meta.label]


def since_shown(page: Any, request: HttpRequest, key: str) -> Since | None:
    ask = _meanwhile.get(page.model._meta.label)
    found = ask(request, int(key)) if ask and key.isascii() and key.isdigit() and len(key) < 19 else None
    if found is not None:
        meta = page.model._meta
        route = f"{page.admin_site.name}:{meta.app_label}_{meta.model_name}_history"
        found.history = reverse(route, args=[key])
    return found


def scripts_of(model: type[Model]) -> list[str]:
    return _scripts[model._meta.label]
