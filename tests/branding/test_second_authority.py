"""Another authority runs the site: by bytes nothing of the first one is left, all of the second is there."""

import json
import os
import re
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from tests.branding.walking import environment
from tests.pages.operator import example
from tools.state import CHECKOUT

OWN = environment()
# What bears the software's name because programs know it by that: an extension of a feed, numbers for a
# monitoring, a message between a frame and the page around it, the format of the exchange file.
TECHNICAL = re.compile(r"_kongressatlas\b|\bkongressatlas_|kongressatlas:|kongressatlas-(?:catalogue|links)")


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """{"pages": {what was asked for: answer}, "mails": […]} of the second configuration."""
    out = tmp_path_factory.mktemp("second") / "told.json"
    database = connection.settings_dict
    with django_db_blocker.unblock():
        url = address_of(database)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    variables = kept | OWN | {"DATABASE_URL": url, "STATIC_MANIFEST": "false", "EMAIL_URL": "memorymail://"}
    run = [sys.executable, "-W", "ignore", "-m", "tests.branding.walking", str(out)]
    done = subprocess.run(run, cwd=CHECKOUT, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(out.read_text(encoding="utf-8"))


def address_of(database):
    """The test's own database as DATABASE_URL."""
    user = f"{database['USER']}:{database['PASSWORD']}" if database["PASSWORD"] else database["USER"]
    if database["HOST"].startswith("/") or not database["HOST"]:
        host = database["HOST"] or database["OPTIONS"]["host"]
        return f"postgres://{user}@/{database['NAME']}?host={host}"
    return f"postgres://{user}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


def text(answer):
    return answer["body"].encode("latin-1").decode("utf-8", errors="replace")


def firsts():
    """Whatever the first configuration and the defaults call theirs: names, hosts, addresses, colours."""
    said = {
        value
        for name, value in example().items()
        if value
        and len(value) > 6
        and not re.search("KEY|TOKEN|FOLDER|INTERVAL|FACTOR|_ON$|LICENCE|ZONE", name)
    }
    words = {part for value in said for part in value.split("|")}
    hosts = {"musterstadt.example", "127.0.0.1", "localhost", "testserver"}
    return words | hosts | {"Kongressatlas", "#1f4bb4", "#00594f", "#5cc9b5"}


def test_every_address_answers(site):
    odd = {
        name: answer["status"]
        for name, answer in site["pages"].items()
        if answer["status"] not in (200, 301, 302) and not name.startswith("/")
    }
    # No statement of an earlier day was published.
    odd.pop("de pages:statement", None)
    assert odd == {}
    assert site["pages"]["/gibt-es-nicht/"]["status"] == 404


def test_nothing_of_the_first_configuration_is_left(site):
    found = {}
    for name, answer in site["pages"].items():
        told = text(answer) + json.dumps(answer["headers"])
        if left := sorted(word for word in firsts() if word in TECHNICAL.sub("", told)):
            found[name] = left
    assert found == {}
    mails = "\n".join(site["mails"])
    assert [word for word in firsts() if word in mails] == []


def test_pages_bear_the_second_ones_name_and_look(site):
    home = text(site["pages"]["de home"])
    assert f"<title>{OWN['SITE_NAME']} – {OWN['SITE_TAGLINE']}</title>" in home
    assert OWN["SITE_ABOUT"] in home
    assert re.search(r'<img src="/look/logo-[0-9a-f]{12}\.svg" alt="Wappen des Landkreises Seenland">', home)
    assert re.search(r'<source srcset="/look/logo-dark-[0-9a-f]{12}\.svg"', home)
    assert re.search(r'<link rel="stylesheet" href="/look/colours-[0-9a-f]{12}\.css">', home)
    assert re.search(r'<link rel="icon" href="/look/favicon-[0-9a-f]{12}\.svg">', home)
    assert 'class="mark"' not in home


def test_a_site_of_one_language_offers_no_other(site):
    assert site["pages"]["/en/"]["status"] == 404
    home = text(site["pages"]["de home"])
    for trace in ("hreflang", "/en/", "English", "en_GB"):
        assert trace not in home
    assert "/en/" not in text(site["pages"]["de robots"]) + text(site["pages"]["de sitemap-part"])
    assert "Preferred-Languages: de\n" in text(site["pages"]["de security-txt"])


def test_outputs_bear_the_second_ones_name_and_host(site):
    pages = {name: text(answer) for name, answer in site["pages"].items()}
    host = urlsplit(OWN["SITE_URL"]).netloc
    assert f"PRODID:-//{OWN['SITE_NAME']}//" in pages["de events:list-ics"]
    assert f"URL:{OWN['SITE_URL']}/veranstaltungen/" in re.sub(r"\r\n ", "", pages["de events:list-ics"])
    assert f"<name>{OWN['SITE_NAME']}</name>" in pages["de events:list-atom"]
    assert json.loads(pages["de events:list-json"])["authors"][0]["name"] == OWN["SITE_NAME"]
    assert json.loads(pages["de oembed"])["provider_name"] == OWN["SITE_NAME"]
    assert OWN["SITE_URL"] in pages["de events:jsonld"]
    assert OWN["OPERATOR_NAME"] in pages["de dcat-jsonld"]
    assert f"<loc>https://{host}/" in pages["de sitemap-part"]
    assert f"Canonical: {OWN['SITE_URL']}/" in pages["de security-txt"]
    assert f"Sitemap: {OWN['SITE_URL']}/" in pages["de robots"]


def test_the_country_is_the_second_ones(site):
    assert OWN["DEFAULT_COUNTRY"] == "AT"
    pages = {name: text(answer) for name, answer in site["pages"].items()}
    assert "45131 Essen\\, Deutschland" in re.sub(r"\r\n ", "", pages["de events:list-ics"])
    assert "Berlin, Deutschland" in re.sub(r"\s+", " ", pages["de events:detail"])
    assert "Beispiel: ein Kongress" not in pages["de events:clash"]
    assert "country/AUT" in pages["de dcat-jsonld"]
    assert "country/DEU" not in pages["de dcat-jsonld"]
    venue = pages["editors admin:events_venue_add"]
    assert re.search(r'name="country" value="AT"', venue)
    assert re.search(r'name="state" value="AT-5"', venue)


def test_legal_pages_show_the_second_ones_facts_and_texts(site):
    imprint, privacy = (text(site["pages"][f"de pages:{page}"]) for page in ("imprint", "privacy"))
    assert OWN["OPERATOR_REPRESENTATIVE"] in imprint
    assert "<h2>Streitbeilegung im Seenland</h2>" in imprint
    assert "<h2>Datenschutz im Landratsamt Seenland</h2>" in privacy
    assert 'href="https://www.seenland.example/satzung"' in privacy
    assert OWN["PRIVACY_AUTHORITY"] not in privacy, "the operator's text stands instead of the software's"


def test_editors_and_mails_see_the_second_one(site):
    index = text(site["pages"]["editors admin:index"])
    assert f"{OWN['SITE_NAME']}: Redaktion" in index
    for page in (index, text(site["pages"]["editors admin:login"])):
        assert re.search(r'<link rel="stylesheet" href="/look/editors-[0-9a-f]{12}\.css">', page)
        assert "/look/favicon-" in page
    report, link = site["mails"]
    for mail in (report, link):
        assert mail.startswith(f"{OWN['DEFAULT_FROM_EMAIL']}\n[{OWN['SITE_NAME']}]")
    assert f"{OWN['SITE_URL']}/redaktion/" in report


def test_the_first_configuration_is_untouched_by_it(client, db):
    """The same test run shows the software's own look where nothing is set."""
    home = client.get("/").content.decode()
    assert f"<title>{settings.SITE_NAME} – " in home
    assert "/look/" not in home
    assert 'class="mark"' in home
