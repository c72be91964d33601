"""The pages of a contact sheet and their pictures, taken with any Chromium of this machine."""

import os
import re
import shutil
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

from tools.terminal import Problem

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
WIDTHS, SCHEMES = (320, 1280), ("light", "dark")
# Chromium draws no higher picture.
MOST_PIXELS = 16_000
EVENTS = "/veranstaltungen/"
# Page types at addresses that every site has; samples stand for what the catalogue may not hold.
PATHS = {
    "home": "/",
    "home, English": "/en/",
    "list": EVENTS,
    "list, narrowed": f"{EVENTS}?when=all&mode=online&mode=hybrid&free=1",
    "list, nothing found": f"{EVENTS}?q=gibtesnicht&mode=online",
    "list, not understood": f"{EVENTS}?from=gestern",
    "month": f"{EVENTS}kalender/",
    "year": f"{EVENTS}jahr/",
    "map": f"{EVENTS}karte/",
    "date check": "/termin-pruefen/",
    "event, sample in a series": f"{EVENTS}beispiel-musterstadt-digitaltage-3/",
    "event, cancelled": f"{EVENTS}beispiel-digitale-bauakte/",
    "event, long word": f"{EVENTS}beispiel-langes-wort/",
    "event, report an error": f"{EVENTS}beispiel-langes-wort/fehler-melden/",
    "series index": "/reihen/",
    "organisation index": "/organisationen/",
    "person index": "/personen/",
    "topic index": "/themen/",
    "venue index": "/orte/",
    "search": "/suche/?q=onlinezugangsgesetz",
    "search, nothing found": "/suche/?q=gibtesnicht",
    "subscribe": "/abonnieren/",
    "embed builder": "/einbetten/",
    "embedded list": "/einbetten/veranstaltungen/",
    "open data": "/daten/",
    "API": "/api/v1/docs",
    "imprint": "/impressum/",
    "privacy": "/datenschutz/",
    "accessibility": "/barrierefreiheit/",
    "barrier form": "/barriere-melden/",
    "barrier thanks": "/barriere-melden/danke/",
    "gallery": "/galerie/",
    "404": "/gibt-es-nicht/",
}
# Page types of which the sitemap names one: the first in the alphabet, the same as long as it is there.
FROM_SITEMAP = {
    "event": r"/veranstaltungen/[^/]+/",
    "series": r"/reihen/[^/]+/",
    "organisation": r"/organisationen/[^/]+/",
    "person": r"/personen/[^/]+/",
    "topic": r"/themen/[^/]+/",
    "venue": r"/orte/[^/]+/",
}


@dataclass(frozen=True)
class Shot:
    """One page type in one window; `file` is the picture's name."""

    page: str
    path: str
    width: int
    scheme: str

    @property
    def name(self) -> str:
        return f"{self.page}, {self.width} px, {self.scheme}"

    @property
    def file(self) -> str:
        words = re.sub(r"[^a-z0-9]+", "-", self.page.lower()).strip("-")
        return f"{words}_{self.width}_{self.scheme}.png"


def shots(site: str, only: list[str]) -> list[Shot]:
    """Every page type in every window; `only` keeps those whose name holds one of the words."""
    pages = PATHS | dict(_from_sitemap(site))
    names = [name for name in pages if not only or any(word in name for word in only)]
    if not names:
        raise Problem(f"No page type is called {' or '.join(only)}.", f"There are: {', '.join(pages)}.")
    return [
        Shot(name, pages[name], width, scheme) for name in names for width in WIDTHS for scheme in SCHEMES
    ]


def _from_sitemap(site: str) -> Iterator[tuple[str, str]]:
    index = _addresses(f"{site}/sitemap.xml")
    paths = sorted(url.removeprefix(site) for part in index for url in _addresses(part))
    for name, pattern in FROM_SITEMAP.items():
        found = next(filter(re.compile(pattern).fullmatch, paths), None)
        if found:
            yield name, found


def _addresses(url: str) -> list[str]:
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 (our own site, http)
        return re.findall(r"<loc>([^<]+)</loc>", answer.read().decode())


def take(site: str, wanted: list[Shot], folder: Path) -> Iterator[tuple[Shot, str]]:
    """Takes the pictures one by one; each comes with what is to be said of it ("" for nothing)."""
    with sync_playwright() as playwright:
        flags = ["--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
        flags += ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        page = _open(browser)
        for shot in wanted:
            yield shot, _take(page, site, shot, folder / shot.file)
        browser.close()


def find_chromium() -> str:
    """$CHROMIUM or the first installed one."""
    named = os.environ.get("CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise Problem(
            "There is no Chromium to take pictures with.", "Install one, or name it in the variable CHROMIUM."
        )
    return found


def _open(browser: Browser) -> Page:
    context = browser.new_context(locale="de-DE", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    return context.new_page()


def _take(page: Page, site: str, shot: Shot, file: Path) -> str:
    page.set_viewport_size({"width": shot.width, "height": 800})
    page.emulate_media(color_scheme="light" if shot.scheme == "light" else "dark")
    answer = page.goto(site + shot.path, wait_until="networkidle")
    height = page.evaluate("() => document.documentElement.scrollHeight")
    clip = FloatRect(x=0, y=0, width=shot.width, height=min(height, MOST_PIXELS))
    page.screenshot(path=file, full_page=True, clip=clip, animations="disabled")
    status = answer.status if answer else 0
    told = [f"answers {status}"] if status != (int(shot.page) if shot.page.isdecimal() else 200) else []
    told += [f"only the first {MOST_PIXELS} of {height} px"] if height > MOST_PIXELS else []
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    told += [f"{wide} px wide"] if wide > shot.width else []
    return ", ".join(told)
