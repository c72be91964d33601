"""A real browser in front of the real site: the samples and the cast, with the clock at NOW.

Server, browser and entries live as long as this folder's tests run: what one of them changes through the
browser stays, so no two tests change the same entry.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from unittest import mock

import pytest
import time_machine
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.browser.entries import EDITOR, Entries, make_entries
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.emptying import truncate, written
from tests.factories import NOW
from tests.pages.operator import legal

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
# Milliseconds after which something that does not come counts as missing.
PATIENCE = 20_000
# Chromium draws pages for its own window beside each of ours: half of its processor time. Of two lists of
# features the last one counts, so what Playwright switches off because it disturbs stands here, too.
NOT_NEEDED = [
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
]
# One process draws all pages, and needs no other one to put them on a screen.
FLAGS = [
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-dev-shm-usage",
    "--renderer-process-limit=1",
    f"--disable-features={','.join(NOT_NEEDED)}",
]


@cache
def find_chromium() -> str | None:
    """The first Chromium of this machine: $CHROMIUM, an installed one, one that Playwright has fetched."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    if installed:
        return installed
    with sync_playwright() as playwright:
        fetched = playwright.chromium.executable_path
    return fetched if Path(fetched).exists() else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a Chromium one line says what is left out, not one for each test."""
    journeys = [item for item in items if item.get_closest_marker("browser")]
    if not journeys or find_chromium():
        return
    first, *others = journeys
    reason = f"{len(journeys)} tests need a Chromium: install one, or name the one to use in CHROMIUM"
    first.add_marker(pytest.mark.skip(reason=reason))
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]


@pytest.fixture(scope="package")
def launch() -> Iterator[Callable[[], Browser]]:
    """Starts a Chromium. As long as Playwright runs, Django takes this thread for an async one."""
    with mock.patch.dict(os.environ, DJANGO_ALLOW_ASYNC_UNSAFE="1"), sync_playwright() as playwright:
        flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        expect.set_options(timeout=PATIENCE)
        yield partial(playwright.chromium.launch, executable_path=find_chromium(), args=flags)


@pytest.fixture(scope="package")
def entries(launch: object, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Entries]:
    """What the directory holds, committed so that the server's threads see it."""
    with django_db_blocker.unblock():
        with time_machine.travel(NOW, tick=False), override_settings(SAMPLES_ALLOWED=True):
            entries = make_entries()
        yield entries
        truncate(written())
        # While Playwright runs, this thread has connections of its own beside those of other tests.
        connections.close_all()


@pytest.fixture(scope="package")
def site(entries: Entries) -> Iterator[str]:
    """The site's address; middleware and headers as in production, the operator of config/example.env."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    url = f"http://127.0.0.1:{server.port}"
    with override_settings(
        ALLOWED_HOSTS=["127.0.0.1"], SITE_URL=url, LEGAL=legal(), CONTACT_EMAIL="kontakt@musterstadt.example"
    ):
        yield url
    server.terminate()


@pytest.fixture(scope="package")
def browser(launch: Callable[[], Browser], site: str) -> Iterator[Browser]:
    """Closed before the server stops, so that no connection keeps a thread of it alive."""
    with launch() as browser:
        yield browser


@pytest.fixture(autouse=True)
def clock(site: str) -> Iterator[time_machine.Traveller]:
    """The site's clock stands at NOW until a test moves it; the browser's own goes on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def watch(site: str) -> Watch:
    """What the browser did beside showing pages; nothing must be there in the end."""
    return Watch(site)


@pytest.fixture
def open_page(browser: Browser, site: str, watch: Watch) -> Iterator[Callable[..., Page]]:
    """A maker of pages, each in a browser without a past: `open_page(width=320, color_scheme="dark")`."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, height: int = 800, **options) -> Page:
        context = browser.new_context(
            base_url=site,
            locale="de-DE",
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        # Only the site itself may be asked; everything else is written down and refused.
        context.route(re.compile(rf"^(?!{re.escape(site)}/)"), watch.refuse)
        context.on("console", watch.hear)
        context.on("weberror", watch.hear_error)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="package")
def signed_in(browser: Browser, site: str) -> StorageState:
    """What a browser keeps in which an editor has signed in, by the form; the index stands there then."""
    with time_machine.travel(NOW, tick=False), browser.new_context(base_url=site) as context:
        page = context.new_page()
        page.goto(reverse("admin:login"))
        page.locator("[name=username]").fill(EDITOR[0])
        page.locator("[name=password]").fill(EDITOR[1])
        page.keyboard.press("Enter")
        expect(page.locator("#logout-form")).to_be_visible(timeout=PATIENCE)
        return context.storage_state()


@pytest.fixture
def log_in(open_page: Callable[..., Page], signed_in: StorageState) -> Callable[[], Page]:
    """A page of an editor who is signed in already."""
    return partial(open_page, storage_state=signed_in)


@pytest.fixture
def cast_of_site(entries: Entries) -> Cast:
    return entries.cast
