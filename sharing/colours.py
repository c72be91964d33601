"""The colours of the stylesheet for pictures: whoever changes a token changes it in both."""

import math
import re
from functools import cache

from django.conf import settings

Colour = tuple[int, int, int]

_TOKEN = re.compile(
    r"^\s*--(?P<name>[\w-]+):\s*(?:light-dark\()?\s*"
    r"oklch\((?P<lightness>[\d.]+)%\s+(?P<chroma>[\d.]+)\s+(?P<hue>[\d.]+)\)",
    re.M,
)


@cache
def tokens() -> dict[str, Colour]:
    """{name of a custom property of static/css/site.css: its colour in the light theme}."""
    css = (settings.BASE_DIR / "static" / "css" / "site.css").read_text(encoding="utf-8")
    found: dict[str, Colour] = {}
    for match in _TOKEN.finditer(css):
        values = (float(match[part]) for part in ("lightness", "chroma", "hue"))
        found.setdefault(match["name"], srgb(*values))
    return found


def srgb(lightness: float, chroma: float, hue: float) -> Colour:
    """An OKLCH colour (lightness in percent, hue in degrees) as bytes of sRGB (CSS Color 4 §10)."""
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    base = lightness / 100
    long = (base + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (base - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (base - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _byte(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _byte(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _byte(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _byte(linear: float) -> int:
    """A share of light as a byte with the gamma of sRGB; what no screen can show is cut."""
    value = min(max(linear, 0.0), 1.0)
    curved = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(curved * 255)
