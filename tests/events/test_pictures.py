"""An event's picture: stored in the sizes that its page asks for, and tidied away when nobody shows it."""

import datetime as dt
import re
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.http import Http404
from django.test import Client, RequestFactory
from django.utils import timezone

from events import pictures
from lib.picture_serving import picture_file
from lib.pictures import PictureError
from tests import factories as make
from tests.lib import pictures as files
from tests.lib.pictures import SECRET

RIGHTS = {"image_alt": "Saal mit Bühne", "image_credit": "Alex <Foto>", "image_licence": "CC BY 4.0"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def content(size=(60, 40)):
    return ContentFile(files.saved(files.photo(size), "PNG"), "../../evil.php")


def shown_at(size=(1000, 500), **values):
    event = make.EventFactory(**RIGHTS, **values)
    event.image.save("../../evil.php", content(size))
    return event


def kept(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


# -- stored --------------------------------------------------------------------------------------


def test_every_way_of_saving_draws_anew(folder):
    event = make.EventFactory(**RIGHTS)
    event.image = ContentFile(files.jpeg_with_metadata(), "urlaub-in-bonn.jpg")
    event.save()
    assert re.fullmatch(r"events/[0-9a-f]{32}/60x40\.jpg", event.image.name)
    assert [name.rpartition("/")[2] for name in kept(folder)] == ["60.avif", "60.webp", "60x40.jpg"]
    assert [name for name in kept(folder) if SECRET in (folder / name).read_bytes()] == []


def test_what_is_no_picture_is_saved_by_no_way(folder):
    event = make.EventFactory(**RIGHTS)
    with pytest.raises(PictureError):
        event.image.save("bild.png", ContentFile(b"<svg/>"))
    assert kept(folder) == []


def test_two_events_may_show_the_same(folder):
    first, second = shown_at(), shown_at()
    assert first.image.name == second.image.name
    assert len(kept(folder)) == 7


# -- shown ---------------------------------------------------------------------------------------


def test_the_page_offers_each_width_and_says_whose_it_is():
    event = shown_at()
    place = event.image.url.rpartition("/")[0]
    page = Client().get(event.get_absolute_url()).content.decode()
    figure = re.search(r'<figure class="picture">.*?</figure>', page, re.S)[0]
    srcset = f"{place}/480.x 480w, {place}/960.x 960w, {place}/1000.x 1000w"
    sizes = 'sizes="(min-width: 48rem) 46rem, 100vw"'
    assert [line.strip() for line in figure.splitlines()] == [
        '<figure class="picture">',
        "<picture>",
        f'<source type="image/avif" srcset="{srcset.replace(".x", ".avif")}" {sizes}>',
        f'<source type="image/webp" srcset="{srcset.replace(".x", ".webp")}" {sizes}>',
        f'<img src="{place}/1000x500.jpg" alt="Saal mit Bühne" width="1000" height="500"'
        ' loading="lazy" decoding="async">',
        "</picture>",
        '<figcaption class="line__detail">Alex &lt;Foto&gt; (CC BY 4.0)</figcaption>',
        "</figure>",
    ]


def test_a_library_without_avif_offers_webp(folder):
    event = shown_at()
    for path in folder.rglob("*.avif"):
        path.unlink()
    assert [kind for kind, _srcset in pictures.shown(event).sources] == ["image/webp"]


def test_an_image_that_a_load_names_is_shown_as_it_is(folder):
    (folder / "events").mkdir()
    (folder / "events/bild.jpg").write_bytes(files.saved(files.photo(), "JPEG"))
    event = make.EventFactory(**RIGHTS, image="events/bild.jpg")
    shown = pictures.shown(event)
    assert (shown.src, shown.width, shown.sources) == ("/media/events/bild.jpg", None, ())


def test_without_a_file_the_page_shows_none():
    event = make.EventFactory(**RIGHTS, image="events/weg.jpg")
    page = Client().get(event.get_absolute_url())
    assert page.status_code == 200
    assert "weg.jpg" not in re.sub(r"<script.*?</script>", "", page.content.decode(), flags=re.S)


def test_the_files_come_as_pictures_for_ever():
    place = shown_at().image.name.rpartition("/")[0]
    for name, kind in {"480.avif": "avif", "480.webp": "webp", "1000x500.jpg": "jpeg"}.items():
        answer = picture_file(RequestFactory().get("/media/"), f"{place}/{name}")
        answer.close()
        assert answer.headers["Content-Type"] == f"image/{kind}"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["seite.html", "bild.svg", "bild", "bild.jpg.php", "events/", "weg.jpg"])
def test_other_files_do_not_come_at_all(folder, name):
    for there in ("seite.html", "bild.svg", "bild", "bild.jpg.php"):
        (folder / there).write_text("<script>alert(1)</script>")
    with pytest.raises(Http404):
        picture_file(RequestFactory().get("/media/"), name)


# -- tidied --------------------------------------------------------------------------------------


def test_a_replaced_picture_stays_until_undoing_is_over(folder):
    event = shown_at()
    before = event.image.name
    event.image.save("neu.png", content((10, 10)))
    now = timezone.now()
    assert pictures.tidy(at=now).noted == [str(Path(before).parent)]
    assert pictures.tidy(at=now + dt.timedelta(days=29)) == pictures.Tidied()
    assert (folder / before).exists()
    assert pictures.tidy(at=now + dt.timedelta(days=31)).removed == [str(Path(before).parent)]
    assert not (folder / before).parent.exists()
    assert Path(event.image.path).exists()


def test_a_picture_that_came_back_is_counted_anew(folder):
    event = shown_at()
    before = event.image.name
    type(event).objects.update(image="")
    pictures.tidy()
    type(event).objects.update(image=before)
    pictures.tidy()
    assert not list(folder.rglob("*.unused"))
    type(event).objects.update(image="")
    assert pictures.tidy(at=timezone.now() + dt.timedelta(days=31)).removed == []


def test_the_command_tells_what_it_does_and_may_do_it_at_once(folder):
    event = shown_at()
    place = str(Path(event.image.name).parent)
    (folder / "events/alt.png").write_bytes(b"x")
    out = StringIO()
    call_command("tidy_pictures", days=0, dry_run=True, stdout=out)
    assert (folder / "events/alt.png").exists()
    event.delete()
    call_command("tidy_pictures", days=0, stdout=out)
    assert kept(folder) == []
    call_command("tidy_pictures", stdout=out)
    assert out.getvalue().splitlines() == [
        "events/alt.png: entfernt, keine Veranstaltung zeigt es",
        "events/alt.png: entfernt, keine Veranstaltung zeigt es",
        f"{place}: entfernt, keine Veranstaltung zeigt es",
        "Jedes Bild wird von einer Veranstaltung gezeigt.",
    ]


def test_large_photographs_do_not_become_large_files():
    noise = BytesIO(files.saved(files.halves((2000, 1500)), "JPEG", quality=95))
    event = make.EventFactory(**RIGHTS)
    event.image.save("x.jpg", ContentFile(noise.read()))
    assert (event.image.name.rpartition("/")[2], pictures.shown(event).width) == ("1440x1080.jpg", 1440)
