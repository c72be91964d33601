"""Files as people and attackers send them."""

import struct
import zlib
from io import BytesIO

from PIL import Image, PngImagePlugin

SECRET = b"GEHEIM-52.5163N"


def saved(picture, kind, **how):
    stream = BytesIO()
    picture.save(stream, kind, **how)
    return stream.getvalue()


def photo(size=(60, 40), mode="RGB", colour=(200, 30, 30)):
    return Image.new(mode, size, colour)


def halves(size=(60, 40)):
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, (255, 0, 0))
    picture.paste((0, 0, 255), (size[0] // 2, 0, *size))
    return picture


def jpeg_with_metadata(orientation=1):
    """Place, camera, comment and a packet of XMP, each with the secret in it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    xmp = b"<x:xmpmeta>" + SECRET * 40 + b"</x:xmpmeta>"
    return saved(halves(), "JPEG", exif=exif, comment=SECRET, xmp=xmp, quality=95)


def png_with_text():
    told = PngImagePlugin.PngInfo()
    told.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    told.add_text("Comment", SECRET.decode(), zip=False)
    return saved(photo(), "PNG", pnginfo=told)


def png_bomb(width=50_000, height=50_000):
    """A few kilobytes that say to be an image of 2.5 thousand million pixels."""

    def chunk(kind, content):
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def moving(kind):
    first, second = photo(), photo(colour=(0, 200, 0))
    return saved(first, kind, save_all=True, append_images=[second], duration=100)
