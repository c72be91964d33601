"""A page of somebody else's embeds a list: from another origin, in a real browser."""

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import inspect_page
from tests.browser.hands import Keyboard, pasted

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGE = "<!doctype html><html lang=de><title>Musterstadt</title><body><h1>Termine</h1>{}</body></html>"
HEIGHTS = "() => [...document.querySelectorAll('iframe')].map((one) => one.clientHeight)"
CONTENT = "() => Math.ceil(document.documentElement.getBoundingClientRect().height)"
GROUND = "() => getComputedStyle(document.documentElement).backgroundColor"
WHITE, BLACK = "oklch(1 0 0)", "oklch(0 0 0)"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args):
        pass


@pytest.fixture
def town(tmp_path):
    """Another site on this machine: `town(html)` puts a page there and tells its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def publish(html):
        (tmp_path / "index.html").write_text(PAGE.format(html))
        return f"http://127.0.0.1:{server.server_port}/"

    yield publish
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def visit(open_page, town):
    """Opens the town's page with some HTML in it; asking the town is allowed there."""

    def visit(html, **options):
        page = open_page(**options)
        address = town(html)
        page.context.route(f"{address}**", lambda route: route.continue_())
        page.goto(address)
        return page

    return visit


def code_of(page, query):
    """What the builder offers to copy."""
    page.goto(f"{reverse('sharing:builder')}?{query}")
    return page.locator("#code").input_value()


def frame_of(page):
    """The frame's document, once its list stands there."""
    expect(page.frame_locator("iframe >> nth=0").locator("main")).to_be_visible()
    return page.frames[1]


@pytest.mark.parametrize("layout", ["list", "cards", "compact"])
def test_the_frame_becomes_as_high_as_its_list(open_page, visit, watch, layout):
    page = visit(code_of(open_page(), f"topic=ozg&layout={layout}"), width=500)
    frame = frame_of(page)
    assert frame.locator("article").count() == 10
    wide = frame.evaluate(CONTENT)
    expect(page.locator("iframe")).to_have_js_property("clientHeight", wide)
    page.set_viewport_size({"width": 320, "height": 800})
    expect(page.locator("iframe")).not_to_have_js_property("clientHeight", wide)
    expect(page.locator("iframe")).to_have_js_property("clientHeight", frame.evaluate(CONTENT))
    assert frame.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert inspect_page.cut_off(page) == []
    assert watch.traces(page.context) == {}


@pytest.mark.parametrize(
    ("theme", "device", "ground"),
    [("light", "dark", WHITE), ("dark", "light", BLACK), ("auto", "dark", BLACK), ("auto", "light", WHITE)],
)
def test_the_frame_wears_the_theme_that_was_chosen(open_page, visit, theme, device, ground):
    page = visit(code_of(open_page(), f"topic=ozg&theme={theme}"), color_scheme=device)
    assert frame_of(page).evaluate(GROUND) == ground


def test_without_the_script_the_frame_scrolls(open_page, visit, watch):
    page = visit(code_of(open_page(), "topic=ozg&height=fixed"))
    frame = frame_of(page)
    assert page.evaluate(HEIGHTS) == [640]
    assert frame.evaluate("() => document.documentElement.scrollHeight > innerHeight")
    assert watch.traces(page.context) == {}


def test_the_frame_needs_no_javascript(open_page, visit, cast_of_site):
    code = code_of(open_page(), f"event={cast_of_site.congress.slug}")
    page = visit(code, java_script_enabled=False)
    expect(page.frame_locator("iframe").get_by_role("link", name=cast_of_site.congress.title)).to_be_visible()


def test_a_link_opens_the_event_in_a_tab_of_its_own(open_page, visit, site, cast_of_site, watch):
    page = visit(code_of(open_page(), f"event={cast_of_site.congress.slug}"))
    with page.context.expect_page() as opened:
        page.frame_locator("iframe").get_by_role("link", name=cast_of_site.congress.title).click()
    expect(opened.value).to_have_url(site + cast_of_site.congress.get_absolute_url())
    assert opened.value.evaluate("() => window.opener") is None
    assert watch.traces(page.context) == {}


def test_messages_of_others_move_nothing(open_page, visit):
    """A second frame, of the town's own, pretends to be ours."""
    code = code_of(open_page(), "topic=ozg")
    page = visit(f"{code}<iframe id=other src='/other.html'></iframe>")
    frame_of(page)
    expect(page.locator("iframe").first).not_to_have_js_property("clientHeight", 640)
    before = page.evaluate(HEIGHTS)
    page.evaluate("() => window.postMessage({type: 'kongressatlas:height', height: 9999}, '*')")
    page.evaluate("() => document.querySelector('#other').contentWindow.parent.postMessage("
                  "{type: 'kongressatlas:height', height: 9999}, '*')")  # fmt: skip
    page.evaluate("() => new Promise((done) => setTimeout(done, 100))")
    assert page.evaluate(HEIGHTS) == before


@pytest.mark.parametrize("path", ["/veranstaltungen/", "/einbetten/", "/gibt-es-nicht/"])
def test_no_other_page_lets_itself_be_framed(visit, site, path):
    page = visit(f"<iframe src='{site}{path}'></iframe>")
    expect(page.frame_locator("iframe").locator("main")).to_have_count(0)


def test_the_builder_works_with_the_keyboard_alone(open_page, watch):
    page = open_page(permissions=["clipboard-write"])
    page.goto("/veranstaltungen/?topic=ozg")
    page.get_by_role("link", name="in eine Website einbetten").click()
    keyboard = Keyboard(page)
    keyboard.reach(page.get_by_label("Anzahl der Veranstaltungen"))
    page.keyboard.type("3")
    keyboard.press(page.get_by_role("button", name="Vorschau und Code aktualisieren"))
    expect(page).to_have_url(re.compile(r"topic=ozg.*limit=3"))
    expect(page.frame_locator("iframe").locator("article")).to_have_count(3)
    keyboard.press(page.get_by_role("button", name="HTML-Code kopieren"))
    expect(page.get_by_role("status").filter(has_text="Kopiert.")).to_be_visible()
    code = page.locator("#code").input_value()
    assert pasted(page) == code
    assert "topic=ozg&amp;limit=3" in code
    assert watch.traces(page.context) == {}


def test_the_address_of_an_event_is_copied(open_page, site, cast_of_site, watch):
    page = open_page(permissions=["clipboard-write"])
    page.goto(cast_of_site.congress.get_absolute_url())
    page.get_by_role("button", name="Adresse kopieren").click()
    expect(page.get_by_role("status").filter(has_text="Kopiert.")).to_be_visible()
    address = site + cast_of_site.congress.get_absolute_url()
    assert pasted(page) == address
    assert watch.traces(page.context) == {}


def test_paper_carries_the_code_of_the_page(open_page, cast_of_site):
    page = open_page()
    page.goto(cast_of_site.congress.get_absolute_url())
    code = page.locator(".print-address img")
    expect(code).to_be_hidden()
    page.emulate_media(media="print")
    expect(code).to_be_visible()
    assert code.evaluate("one => one.complete && one.naturalWidth > 0")
