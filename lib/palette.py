"""The operator's accent (settings ACCENT_COLOUR, ACCENT_COLOUR_DARK), and whether it can be read."""

from collections.abc import Iterator

from django.conf import settings

from lib.colours import Colour, contrast, mixed, read, tokens, written

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
# WCAG 2.2, 1.4.3: text; links and buttons are text.
LEAST_CONTRAST = 4.5
# What links stand on: the page, bands across it, cards.
GROUNDS = ("layout-background-default", "layout-background-hued", "layout-background-level-1-surface")
THEMES = ("light", "dark")


def is_own() -> bool:
    """Whether the operator has named an accent; without one the stylesheet's own holds."""
    return bool(settings.ACCENT_COLOUR)


def accent(theme: str = "light") -> Colour:
    """The colour of links, buttons and signs in that theme.

    Where the operator names a light one only, the dark theme gets the same, as much brighter as it takes.
    """
    if not is_own():
        return tokens(theme)["kern-color-action-default"]
    if theme == "dark":
        return read(settings.ACCENT_COLOUR_DARK) if settings.ACCENT_COLOUR_DARK else _brightened()
    return read(settings.ACCENT_COLOUR)


def on_accent(theme: str = "light") -> Colour:
    """White or black, whichever can be read better on the accent."""
    return max(WHITE, BLACK, key=lambda one: contrast(one, accent(theme)))


def unreadable() -> Iterator[tuple[str, str, str, float]]:
    """(theme, accent, ground, ratio) for each ground that the accent does not stand out from enough."""
    for theme in THEMES:
        for ground in _grounds(theme):
            ratio = contrast(accent(theme), ground)
            if ratio < LEAST_CONTRAST:
                yield theme, written(accent(theme)), written(ground), ratio


def _grounds(theme: str) -> list[Colour]:
    found = (tokens(theme)[f"kern-color-{name}"] for name in GROUNDS)
    return list(dict.fromkeys(found))


def _brightened() -> Colour:
    base = read(settings.ACCENT_COLOUR)
    steps = (mixed(base, WHITE, step / 50) for step in range(51))
    return next(one for one in steps if all(contrast(one, ground) > 5.5 for ground in _grounds("dark")))
