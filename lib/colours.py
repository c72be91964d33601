"""The stylesheet's colours as numbers, and what contrast two of them have."""

import math
import re
from functools import cache

from django.conf import settings

Colour = tuple[int, int, int]

HEX = re.compile(r"#[0-9a-fA-F]{6}")
_TOKEN = re.compile(r"^\s*--(?P<name>[\w-]+):(?P<value>[^;]*oklch\([^;]*);", re.M)
_OKLCH = re.compile(r"oklch\(([\d.]+)%\s+([\d.]+)\s+([\d.]+)\)")


@cache
def tokens(theme: str = "light") -> dict[str, Colour]:
    """{name of a custom property of static/css/site.css: its colour in that theme, "light" or "dark"}."""
    css = (settings.BASE_DIR / "static" / "css" / "site.css").read_text(encoding="utf-8")
    found: dict[str, Colour] = {}
    for match in _TOKEN.finditer(css):
        colours = _OKLCH.findall(match["value"])
        values = colours[0] if theme == "light" else colours[-1]
        found.setdefault(match["name"], srgb(*map(float, values)))
    return found


def read(text: str) -> Colour:
    """A colour written as #1f4bb4. Raises ValueError for anything else."""
    if not HEX.fullmatch(text):
        raise ValueError(f"{text!r} is no colour as in #1f4bb4")
    return (int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16))


def written(colour: Colour) -> str:
    """The same as #1f4bb4."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """The first with that share (0 to 1) of the other, byte by byte."""
    pairs = zip(colour, other, strict=True)
    red, green, blue = (round(one + (two - one) * share) for one, two in pairs)
    return (red, green, blue)


def contrast(one: Colour, two: Colour) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    """Relative luminance (WCAG 2.2, "relative luminance")."""
    shares = (byte / 255 for byte in colour)
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


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
