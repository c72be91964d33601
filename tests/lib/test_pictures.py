"""Whatever file is sent: refused with a reason, or drawn anew with nothing of it but the pixels."""

import tracemalloc
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from lib.picture_drawing import renditions, upright
from lib.pictures import PictureError, draw, widths
from tests.lib import pictures as files
from tests.lib.pictures import SECRET

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SCRIPT = b"<?php system($_GET[0]); ?><script>alert(1)</script>"


def refusal(content):
    with pytest.raises(PictureError) as refused:
        draw(BytesIO(content))
    return str(refused.value)


def shown(content):
    return upright(BytesIO(content))


# -- refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        SVG,
        b"",
        b"GIF89a" + b"\0" * 50,
        b"%PDF-1.7",
        b"PK\x03\x04",
        SCRIPT,
        b"\xff\xd8\xff",
        b"BM" + b"\0" * 60,
    ],
)
def test_what_is_no_picture_is_refused(content):
    expected = "Das ist kein Bild in einem der Formate JPEG, PNG oder WebP, gleich wie die Datei heißt."
    assert refusal(content) == expected


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP", "ICO"])
def test_other_formats_are_refused(kind):
    assert "JPEG, PNG oder WebP" in refusal(files.saved(files.photo(), kind))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_pictures_are_refused(kind):
    expected = "Das Bild ist bewegt. Speichern Sie ein einzelnes Bild daraus."
    assert refusal(files.moving(kind)) == expected


def test_a_bomb_is_refused_without_unpacking_it():
    bomb = files.png_bomb()
    tracemalloc.start()
    reason = refusal(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reason == "Das Bild hat zu viele Bildpunkte: höchstens 40 Millionen, und höchstens 12000 je Seite."
    assert peak < 2_000_000


def test_a_long_side_is_refused():
    assert "12000" in refusal(files.saved(files.photo((12_001, 1)), "PNG"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_file_is_refused(kind):
    whole = files.saved(Image.effect_noise((200, 200), 90).convert("RGB"), kind)
    assert refusal(whole[: len(whole) // 2])


def test_a_large_file_is_refused_before_it_is_read():
    class Large(BytesIO):
        def read(self, size=-1):
            raise AssertionError("read")

    with pytest.raises(PictureError) as refused:
        draw(Large(b"\0" * 10_000_001))
    expected = "Die Datei hat 11 MB; ein Bild darf 10 MB haben. Speichern Sie es kleiner."
    assert str(refused.value) == expected


# -- drawn anew ----------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [files.jpeg_with_metadata(), files.png_with_text()])
def test_nothing_that_the_file_tells_goes_on(content):
    assert SECRET in content
    drawn = draw(BytesIO(content))
    assert [name for name, file in drawn.files.items() if SECRET in file] == []
    for file in drawn.files.values():
        with Image.open(BytesIO(file)) as picture:
            assert not picture.getexif()
            assert (
                picture.info.keys() & {"icc_profile", "xmp", "comment", "exif", "XML:com.adobe.xmp"} == set()
            )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_hangs_behind_a_picture_is_left_out(kind):
    drawn = draw(BytesIO(files.saved(files.photo(), kind) + SCRIPT))
    assert [name for name, file in drawn.files.items() if b"script" in file or b"php" in file] == []


def test_is_turned_as_it_was_taken():
    picture = shown(files.jpeg_with_metadata(orientation=6))
    assert picture.size == (40, 60)
    assert picture.getpixel((20, 5))[0] > 200  # red above
    assert picture.getpixel((20, 55))[2] > 200  # blue below


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("L", 128, (128, 128, 128)),
        ("1", 1, (255, 255, 255)),
        ("I;16", 65_535, (255, 255, 255)),
        ("I;16", 32_896, (128, 128, 128)),
        ("LA", (0, 0), (255, 255, 255)),
        ("RGBA", (0, 0, 0, 0), (255, 255, 255)),
        ("RGBA", (10, 20, 30, 255), (10, 20, 30)),
    ],
)
def test_every_kind_of_pixel_is_shown(mode, colour, expected):
    assert shown(files.saved(files.photo(mode=mode, colour=colour), "PNG")).getpixel((3, 3)) == expected


def test_transparent_colours_of_a_palette_become_white():
    palette = files.photo(colour=(9, 9, 9)).quantize(4)
    assert shown(files.saved(palette, "PNG", transparency=0)).getpixel((3, 3)) == (255, 255, 255)


def test_printers_colours_become_screens_colours():
    cyan = shown(files.saved(files.photo(mode="CMYK", colour=(255, 0, 0, 0)), "JPEG")).getpixel((3, 3))
    assert cyan[0] < 60
    assert cyan[2] > 200


def test_a_profile_is_applied_and_a_broken_one_passed_over():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (lab, b"no profile at all", b"\0" * 5_000):
        red = shown(files.saved(files.photo(), "PNG", icc_profile=profile)).getpixel((3, 3))
        assert red == pytest.approx((200, 30, 30), abs=2)


def test_one_pixel_is_a_picture():
    assert list(draw(BytesIO(files.saved(files.photo((1, 1)), "PNG"))).files) == [
        "1x1.jpg",
        "1.webp",
        "1.avif",
    ]


# -- sizes ---------------------------------------------------------------------------------------


def test_sizes_are_those_that_pages_ask_for():
    drawn = renditions(files.photo((1440, 960)))
    names = [
        "1440x960.jpg",
        *(f"{width}.{ending}" for width in (480, 960, 1440) for ending in ("webp", "avif")),
    ]
    assert list(drawn.files) == names
    sizes = {name: Image.open(BytesIO(file)).size for name, file in drawn.files.items()}
    assert sizes == {
        "1440x960.jpg": (1440, 960),
        "480.webp": (480, 320),
        "480.avif": (480, 320),
        "960.webp": (960, 640),
        "960.avif": (960, 640),
        "1440.webp": (1440, 960),
        "1440.avif": (1440, 960),
    }


@pytest.mark.parametrize(
    ("full", "expected"),
    [(1, [1]), (480, [480]), (481, [480, 481]), (1440, [480, 960, 1440])],
)
def test_widths(full, expected):
    assert widths(full) == expected


@pytest.mark.parametrize(("size", "expected"), [((3000, 2000), (1440, 960)), ((1000, 4000), (360, 1440))])
def test_larger_ones_are_made_smaller(size, expected):
    assert shown(files.saved(files.photo(size), "JPEG")).size == expected


def test_the_same_picture_has_the_same_name():
    content = files.saved(files.halves(), "PNG")
    assert draw(BytesIO(content)).digest == draw(BytesIO(content)).digest
    assert draw(BytesIO(content)).digest != draw(BytesIO(files.saved(files.photo(), "PNG"))).digest
