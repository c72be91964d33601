"""Images come with their rights."""

import re
from io import BytesIO

import pytest
from PIL import Image

from events.models import Event
from lib.picture_field import draw_ahead
from tests import factories as make
from tests.editing import answer, errors_of, send
from tests.events.admin.entries import LIST, change, send_new


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


def test_a_picture_of_an_entry_that_is_there_is_replaced_or_refused():
    rights = {"image_alt": "Saal", "image_credit": "Alex", "image_licence": "CC BY 4.0"}
    url = change(make.EventFactory())
    assert send(url, image=picture(), **rights).status_code == 302
    assert Event.objects.get().image.name.endswith("/4x4.jpg")
    assert errors_of(send(url, image=picture("GIF", "bild.gif"), **rights))["image"]


def test_what_takes_long_is_done_before_the_form_is_read():
    """From then on nobody else may write."""
    files = {"image": picture(), "image_alt": picture()}
    draw_ahead(Event, files)
    assert [hasattr(file, "drawn") for file in files.values()] == [True, False]
    broken = {"image": BytesIO(b"kein Bild")}
    draw_ahead(Event, broken)
    assert not hasattr(broken["image"], "drawn")
