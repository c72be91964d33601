"""One page with all components."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from gallery.specimens import SPECIMENS, Specimen

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
ABOUT = re.compile(r"{% comment %}\s*(.*?)\s*{% endcomment %}", re.DOTALL)
# Attributes that name an element of the page; on one page no two elements may bear one name.
NAMING = re.compile(r'\b(id|for|form|aria-labelledby|aria-describedby|aria-controls)="([^"]+)"')
PAINT = re.compile(r"url\(#([^)]+)\)")
THEMES = ("light", "dark")


@dataclass(frozen=True)
class Shown:
    """A state of a component in both themes."""

    state: str
    themes: list[tuple[str, SafeString]]


@dataclass(frozen=True)
class Component:
    """`about` is what its file says of itself."""

    name: str
    about: str
    states: list[Shown]


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; asks the database nothing."""
    return render(
        request, "gallery/gallery.html", {"components": list(_components(request)), "noindex": True}
    )


def _components(request: HttpRequest) -> Iterator[Component]:
    for name, specimens in SPECIMENS.items():
        comment = ABOUT.search((COMPONENTS / f"{name}.html").read_text(encoding="utf-8"))
        states = [
            Shown(
                one.state,
                [(theme, _drawn(request, name, one, f"{name}-{number}-{theme}")) for theme in THEMES],
            )
            for number, one in enumerate(specimens)
        ]
        yield Component(name, comment.group(1) if comment else "", states)


def _drawn(request: HttpRequest, name: str, specimen: Specimen, suffix: str) -> SafeString:
    """The component's HTML inside what surrounds it; names of elements end with the suffix."""
    html = render_to_string(f"components/{name}.html", specimen.context, request)
    apart = NAMING.sub(lambda match: _renamed(match, suffix), PAINT.sub(rf"url(#\1-{suffix})", html))
    return format_html(specimen.inside, SafeString(apart))


def _renamed(match: re.Match[str], suffix: str) -> str:
    names = " ".join(f"{word}-{suffix}" for word in match[2].split())
    return f'{match[1]}="{names}"'
