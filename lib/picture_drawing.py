"""Draws uploaded pictures anew: whatever a file says of itself, its content must be one of three formats.

Whatever else it holds (place and camera, colour profiles, a second file behind the first) ends here: only
pixels go on.
"""

import hashlib
from functools import cache
from io import BytesIO
from typing import IO, Any

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, features

from lib.pictures import FORMATS, MOST_BYTES, WIDTHS, Drawn, PictureError, widths

# What a good camera takes; in memory four bytes each.
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 12_000
# More than any colour profile of a printing house.
LARGEST_PROFILE = 4_000_000


def upright(file: IO[bytes]) -> Image.Image:
    """The picture in sRGB without transparency, turned as it was taken, at most as large as it is shown."""
    _check_size(file)
    with _opened(file) as picture:
        _check_limits(picture)
        # Decoders meet every kind of broken file, and each has its own errors.
        try:
            profile = picture.info.get("icc_profile")
            plain = _without_palette(picture)
            plain.thumbnail((WIDTHS[-1], WIDTHS[-1]), reducing_gap=2.0)
            return _in_srgb(_on_white(ImageOps.exif_transpose(plain)), profile)
        except Exception as error:
            raise PictureError(
                _("The picture is damaged or incomplete. Open it in a picture program and save it anew.")
            ) from error


def _check_size(file: IO[bytes]) -> None:
    """Before a byte of it is read."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > MOST_BYTES:
        raise PictureError(
            _("The file has %(size)d MB; a picture may have %(most)d MB. Save it smaller.")
            % {"size": -(-size // 1_000_000), "most": MOST_BYTES // 1_000_000}
        )


def _opened(file: IO[bytes]) -> Image.Image:
    """The picture with its head read and nothing decoded."""
    try:
        return Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureError(_too_large()) from None
    except Exception as error:
        raise PictureError(
            _("This is no picture in one of the formats JPEG, PNG or WebP, whatever the file is called.")
        ) from error


def _check_limits(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise PictureError(_too_large())
    # A photograph of a telephone may hold a second picture for depth or light; that is no film.
    if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
        raise PictureError(_("The picture moves. Save a single frame of it."))


def _too_large() -> str:
    return _("The picture has too many pixels: %(pixels)d million at most, and %(side)d on a side.") % {
        "pixels": MOST_PIXELS // 1_000_000,
        "side": LONGEST_SIDE,
    }


def _without_palette(picture: Image.Image) -> Image.Image:
    """In a mode that can be made smaller smoothly: eight bits a channel, no palette."""
    if picture.mode.startswith("I") or picture.mode == "F":
        # Sixteen bits of grey; the lower ones go.
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if picture.mode in ("1", "P", "PA") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """Transparent parts become white: dark letters would vanish on a dark page."""
    if not picture.has_transparency_data:
        return picture
    clear = picture.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper


def _in_srgb(picture: Image.Image, profile: Any) -> Image.Image:
    """In the colours that every screen knows; a profile that cannot be read is passed over."""
    if isinstance(profile, bytes) and len(profile) <= LARGEST_PROFILE:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            seen = ImageCms.profileToProfile(picture, source, _srgb(), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            seen = None
        if seen is not None:
            return seen
    return picture.convert("RGB")


@cache
def _srgb() -> Any:
    return ImageCms.createProfile("sRGB")


def renditions(picture: Image.Image) -> Drawn:
    """A JPEG that everybody can show, and for each width the formats that need less."""
    pixels = Image.new("RGB", picture.size)
    pixels.paste(picture)
    main = f"{pixels.width}x{pixels.height}.jpg"
    files = {main: _encoded(pixels, "JPEG", quality=82, optimize=True, progressive=True)}
    for width in widths(pixels.width):
        smaller = pixels if width == pixels.width else _narrowed(pixels, width)
        files[f"{width}.webp"] = _encoded(smaller, "WEBP", quality=78, method=4)
        if features.check("avif"):
            files[f"{width}.avif"] = _encoded(smaller, "AVIF", quality=58, speed=8)
    return Drawn(hashlib.sha256(files[main]).hexdigest()[:32], main, files)


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encoded(picture: Image.Image, kind: str, **how: Any) -> bytes:
    stream = BytesIO()
    picture.save(stream, kind, **how)
    return stream.getvalue()
