"""Uploaded pictures: held against limits, then drawn anew, so that nothing of the file itself is passed on.

Here is how they lie in the store; `lib.picture_drawing` draws them.
"""

import re
from dataclasses import dataclass
from typing import IO

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 10_000_000
# Widths that pages ask for, by the width of the window and the density of the screen.
WIDTHS = (480, 960, 1440)

# <folder>/<digest>/<width>x<height>.jpg; beside it <width>.webp and <width>.avif.
NAME = re.compile(r"(?P<folder>.*[0-9a-f]{32})/(?P<width>[0-9]+)x(?P<height>[0-9]+)\.jpg")
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


class PictureError(Exception):
    """The file is not taken; the message says why and what to do."""


@dataclass(frozen=True)
class Drawn:
    """A picture as it is kept: `files` by their names in a folder named `digest`; `main` is one of them."""

    digest: str
    main: str
    files: dict[str, bytes]


def draw(file: IO[bytes]) -> Drawn:
    """The picture in all sizes and formats; raises PictureError. Takes up to a few seconds."""
    # The library is read with the first picture that somebody uploads; most processes never see one.
    from lib.picture_drawing import renditions, upright

    return renditions(upright(file))


def widths(full: int) -> list[int]:
    """The widths in which a picture of that width is kept."""
    return [*(width for width in WIDTHS if width < full), full]
