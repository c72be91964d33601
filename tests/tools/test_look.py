"""The contact sheet: which pages, what counts as changed, what it says."""

import re

import pytest
from django.urls import resolve, reverse
from PIL import Image

from tests.test_urls import PUBLIC, answers
from tools import look_pages, look_sheet
from tools.look_pages import FROM_SITEMAP, PATHS, Shot
from tools.look_sheet import Compared, compare, put_in_place, section

# Pages that look like another one of the sheet.
SAME_LOOK = {"events:month", "events:year", "feedback:error-thanks", "pages:statement", "sharing:embed-event"}


def is_page(answer):
    return answer.headers["Content-Type"].startswith("text/html")


def picture(path, dot=None):
    drawn = Image.new("RGB", (40, 50), "white")
    if dot:
        drawn.paste(dot, (0, 0, 10, 10))
    path.parent.mkdir(exist_ok=True)
    drawn.save(path)
    return path


def test_the_same_picture_has_not_changed(tmp_path):
    old, new = picture(tmp_path / "old.png"), picture(tmp_path / "new.png", "#fafafa")
    assert compare(old, new, tmp_path / "difference.png") == 0
    assert not (tmp_path / "difference.png").exists()


def test_what_changed_is_counted_and_drawn_red(tmp_path):
    old, new = picture(tmp_path / "old.png"), picture(tmp_path / "new.png", "black")
    assert compare(old, new, tmp_path / "difference.png") == 50
    with Image.open(tmp_path / "difference.png") as drawn:
        assert (drawn.getpixel((5, 5)), drawn.getpixel((30, 30))) == ((220, 0, 0), (255, 255, 255))


def test_a_longer_page_has_changed(tmp_path):
    old, new = tmp_path / "old.png", tmp_path / "new.png"
    Image.new("RGB", (40, 50), "white").save(old)
    Image.new("RGB", (40, 100), "white").save(new)
    assert compare(old, new, tmp_path / "difference.png") == 500


def test_each_run_keeps_the_picture_of_the_run_before(tmp_path):
    for folder in ("now", "before", "difference"):
        (tmp_path / folder).mkdir()
    shares = []
    for dot in (None, "black", "black"):
        picture(tmp_path / "incoming" / "a.png", dot)
        shares.append(put_in_place(tmp_path, "a.png"))
    assert shares == [None, 50, 0]
    assert not (tmp_path / "difference" / "a.png").exists()


def test_a_row_tells_page_window_verdict_and_what_is_odd():
    shot = Shot("list, <narrowed>", "/", 320, "dark")
    assert shot.file == "list-narrowed_320_dark.png"
    row = section(Compared(shot, "answers 500", 12.34))
    assert "<h2>list, &lt;narrowed&gt;, 320 px, dark: changed (12.3 ‰) <mark>answers 500</mark></h2>" in row
    assert re.findall(r'<img[^>]* src="(\w+)/', row) == ["before", "now", "difference"]
    assert [Compared(shot, "", share).verdict for share in (None, 0, 0.4, 0.6)] == [
        "new",
        "same",
        "same",
        "changed",
    ]


@pytest.mark.django_db
def test_every_page_type_has_its_place_on_the_sheet(client, cast):
    """A new page is added to PATHS or FROM_SITEMAP, or said to look like another one."""
    paths = [
        path.partition("?")[0]
        for name, path in PATHS.items()
        if name not in ("home, English", "gallery", "404")
    ]
    nouns = [
        "events:detail",
        "events:series",
        "events:topic",
        "events:venue",
        "organisations:detail",
        "speakers:detail",
    ]
    of_nouns = [reverse(name, args=["a"]) for name in nouns]
    assert [
        path for path in of_nouns if not any(re.fullmatch(one, path) for one in FROM_SITEMAP.values())
    ] == []
    shown = {resolve(path).view_name for path in paths + of_nouns}
    asked = answers(client, cast, "de", PUBLIC)
    pages = {name for name, answer in asked if answer.status_code == 200 and is_page(answer)}
    assert sorted(pages - shown - SAME_LOOK) == []


def test_an_unknown_page_type_is_told_with_those_that_are_known(monkeypatch):
    monkeypatch.setattr(look_pages, "_from_sitemap", lambda site: [])
    assert {shot.page for shot in look_pages.shots("", ["index"])} == {
        name for name in PATHS if "index" in name
    }
    with pytest.raises(look_sheet.Problem) as told:
        look_pages.shots("", ["fax"])
    assert "gallery" in told.value.remedy
