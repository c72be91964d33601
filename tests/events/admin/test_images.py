"""Images come with their rights."""

import re
from io import BytesIO

import pytest
from PIL import Image

from events.models import Event
from tests.editing import answer, errors_of
from tests.events.admin.entries import LIST, send_new


def picture(kind="PNG", name="bild.png"):
    stream = BytesIO()
    Image.new("RGB", (4, 4)).save(stream, kind)
    stream.seek(0)
    stream.name = name
    return stream


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_is_kept_with_its_rights():
    rights = {"image_alt": "Saal", "image_credit": "Alex", "image_licence": "CC BY 4.0"}
    send_new(image=picture(), **rights)
    assert re.fullmatch(r"events/[0-9a-f]{32}/4x4\.jpg", Event.objects.get().image.name)


def test_needs_alternative_credit_and_licence():
    assert set(errors_of(send_new(image=picture()))) >= {
        "image_alt",
        "image_credit",
        "image_licence",
    }


@pytest.mark.parametrize(("kind", "name"), [("GIF", "bild.gif"), ("TIFF", "bild.png")])
def test_other_formats_are_refused(kind, name):
    assert errors_of(send_new(image=picture(kind, name)))["image"] == [
        "Das ist kein Bild in einem der Formate JPEG, PNG oder WebP, gleich wie die Datei heißt."
    ]


@pytest.mark.parametrize("name", ["bild.html", "bild.php", "bild.svg", "bild"])
def test_what_a_picture_is_called_counts_for_nothing(name):
    rights = {"image_alt": "Saal", "image_credit": "Alex", "image_licence": "CC BY 4.0"}
    assert errors_of(send_new(image=picture(name=name), **rights)) == {}
    assert Event.objects.get().image.name.endswith("/4x4.jpg")


def test_text_is_no_image():
    fake = BytesIO(b"<svg onload=alert(1)>")
    fake.name = "bild.png"
    assert "image" in errors_of(send_new(image=fake))


def test_a_file_that_is_too_large_is_told_before_it_is_sent():
    page = answer("get", f"{LIST}add/").render().content.decode()
    field = re.search(r'<input type="file"[^>]*>', page)[0]
    assert 'accept="image/jpeg,image/png,image/webp"' in field
    assert 'data-most="10000000" data-too-large="Ein Bild darf 10 MB haben."' in field
    assert "admin_site/pictures.js" in page
