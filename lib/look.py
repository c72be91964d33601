"""The files of the look that follow the settings; each bears the hash of its content in its address."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.urls import reverse

from lib import palette
from lib.colours import mixed, written

# The software's sign, a calendar sheet that carries a globe, as in components/mark.html.
_SIGN = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect x="2" y="5" width="28" height="25" rx="5" fill="{ground}"/>
<g fill="none" stroke-linecap="round">
<path d="M9.5 2.5v5m13-5v5" stroke="{rings}" stroke-width="3"/>
<g stroke="#fff" stroke-width="2">
<circle cx="16" cy="19" r="7.5"/><ellipse cx="16" cy="19" rx="3.2" ry="7.5"/><path d="M8.5 19h15"/>
</g></g></svg>
"""
# The tokens of KERN that the accent stands in for, and those of Django's admin, whose header, buttons and
# trail are white on the accent in either theme.
_STYLES = """:root {{
  --kern-color-action-default: light-dark({light}, {dark});
  --kern-color-action-on-default: light-dark({on_light}, {on_dark});
  --kern-color-action-focus-default: light-dark({light}, {dark});
  --kern-color-action-state-indicator-default: light-dark({light}, {dark});
}}
"""
_EDITORS = """html:root {{
  --primary: {light};
  --secondary: {light};
  --primary-fg: {on_light};
  --header-bg: {light};
  --header-color: {on_light};
  --header-branding-color: {on_light};
  --header-link-color: {on_light};
  --breadcrumbs-bg: {light};
  --breadcrumbs-fg: {on_light};
  --breadcrumbs-link-fg: {on_light};
  --button-bg: {light};
  --button-fg: {on_light};
  --button-hover-bg: {deep};
  --default-button-bg: {deep};
  --default-button-hover-bg: {light};
  --link-fg: light-dark({light}, {dark});
  --link-hover-color: light-dark({deep}, {dark});
  --link-selected-fg: light-dark({deep}, {dark});
}}
"""


@dataclass(frozen=True)
class Made:
    """A file that the site serves itself: `stem` is its name in the address, `ending` begins with a dot."""

    stem: str
    ending: str
    media_type: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:12]

    @property
    def address(self) -> str:
        return reverse("branding-file", args=[self.stem, self.digest, self.ending.lstrip(".")])


def _colours(template: str, stem: str) -> Made | None:
    if not palette.is_own():
        return None
    light, dark = palette.accent("light"), palette.accent("dark")
    css = template.format(
        light=written(light),
        dark=written(dark),
        on_light=written(palette.on_accent("light")),
        on_dark=written(palette.on_accent("dark")),
        deep=written(mixed(light, palette.BLACK, 0.3)),
    )
    return Made(stem, ".css", "text/css; charset=utf-8", css.encode())


def _favicon() -> Made | None:
    if settings.FAVICON:
        return _given("favicon", "FAVICON")
    if not palette.is_own():
        return None
    accent = palette.accent("light")
    sign = _SIGN.format(ground=written(accent), rings=written(mixed(accent, palette.WHITE, 0.5)))
    return Made("favicon", ".svg", "image/svg+xml", sign.encode())


def _given(stem: str, setting: str) -> Made | None:
    """A file of the operator's; it was there at the start."""
    about = getattr(settings, setting)
    if not about:
        return None
    path = Path(about["path"])
    return Made(stem, path.suffix.lower(), about["type"], path.read_bytes())


MAKERS: dict[str, Callable[[], Made | None]] = {
    "colours": partial(_colours, _STYLES, "colours"),
    "editors": partial(_colours, _EDITORS, "editors"),
    "favicon": _favicon,
    "logo": partial(_given, "logo", "LOGO"),
    "logo-dark": partial(_given, "logo-dark", "LOGO_DARK"),
    "share": partial(_given, "share", "SHARE_PICTURE"),
}


@cache
def made(stem: str) -> Made | None:
    """The file of that name, one of MAKERS, made once; None where the operator's settings ask for none."""
    return MAKERS[stem]()


@cache
def addresses() -> dict[str, str]:
    """{"colours": its path, "favicon": …}; empty where there is none. Underscores for hyphens."""
    found = {stem: made(stem) for stem in MAKERS}
    return {stem.replace("-", "_"): one.address if one else "" for stem, one in found.items()}


def _forget(*, setting: str, **_about: Any) -> None:
    """Tests change settings."""
    made.cache_clear()
    addresses.cache_clear()


setting_changed.connect(_forget, dispatch_uid="lib.look")
