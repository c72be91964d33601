"""Worked examples from the real catalogue: what an organiser should have been told on that day.

They are written from the facts of the events, each with its reason; not from what the check answers.
"""

import html
import re
from dataclasses import dataclass

import pytest
from django.conf import settings

from catalogue import loading

pytestmark = pytest.mark.django_db
PAGE = "/termin-pruefen/"
SCC = "smart-country-convention"


@dataclass(frozen=True)
class Example:
    """`first` comes first, `strong` are all that are strong, `named` are told of as well, `absent` are not.

    `says` and `silent` are words of the answer.
    """

    why: str
    query: str
    first: str = ""
    strong: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


EXAMPLES = [
    Example(
        "the first convention took place on exactly these days in the same town, for the same people",
        "from=2018-11-20&to=2018-11-22&topic=smart-city&topic=digitale-verwaltung&audience=municipal&near=Berlin",
        first=f"{SCC}-2018",
        strong=(f"{SCC}-2018",),
        absent=("egovernment-summit-2018", "innovatives-management-2018", f"{SCC}-2019"),
        silent=("Buß- und Bettag",),
    ),
    Example(
        "two hours by train from it the convention is still the event of that week; Saxony has a holiday",
        "from=2018-11-20&to=2018-11-22&topic=smart-city&audience=municipal&near=Dresden",
        first=f"{SCC}-2018",
        strong=(f"{SCC}-2018",),
        says=("Mittwoch, 21. November 2018: Buß- und Bettag", "Feiertag an Ihren Tagen"),
    ),
    Example(
        "dikomm met that day in Essen for mayors; the two others of the week began a day or two later",
        "from=2019-11-05&topic=ozg&topic=digitale-verwaltung&audience=mayors&audience=municipal&near=45131",
        first="dikomm-2019",
        strong=("dikomm-2019",),
        named=("e-nrw-2019", "noerd-2019", "aktionsplan-modellkommunen-luebeck-2019"),
        absent=("scewc-2019", "mitteldeutscher-it-fachtag-2019"),
        silent=("Allerheiligen",),
    ),
    Example(
        "e-nrw met that day next door on the same law; the week's other events share less",
        "from=2019-11-07&topic=ozg&topic=it-konsolidierung&audience=municipal&near=Düsseldorf",
        first="e-nrw-2019",
        strong=("e-nrw-2019",),
        named=("noerd-2019", "dikomm-2019"),
    ),
    Example(
        "KommDIGITALE was in the same town; Barcelona shared the days, not the topics, and is far",
        "from=2022-11-15&to=2022-11-16&topic=digitale-verwaltung&topic=ozg&audience=municipal&near=Bielefeld",
        first="kommdigitale-2022",
        strong=("kommdigitale-2022",),
        named=("scewc-2022",),
        absent=("demo-kommunalkongress-2022", "dikomm-2022"),
    ),
    Example(
        "for geodata the fair of the field in the same town is all; the convention has other topics",
        "from=2022-10-18&to=2022-10-20&topic=geodaten&audience=municipal&near=Essen",
        first="intergeo-2022",
        strong=("intergeo-2022",),
        named=(f"{SCC}-2022",),
    ),
    Example(
        "a week of two very large events on smart cities: both draw the same people",
        "from=2022-10-18&to=2022-10-20&topic=smart-city&audience=municipal&near=Berlin",
        first=f"{SCC}-2022",
        strong=(f"{SCC}-2022", "intergeo-2022"),
        absent=("kommunale-2021",),
    ),
    Example(
        "two editions of one congress were made up for on the same days",
        "from=2022-06-20&to=2022-06-22&topic=staatsmodernisierung&audience=federal&state=DE-BE",
        strong=("zukunftskongress-2021", "zukunftskongress-2022"),
        named=("digitaltag-2022",),
        absent=("swiss-egovernment-forum-2022",),
    ),
    Example(
        "protekt was cancelled that year: nobody met there",
        "from=2020-11-10&to=2020-11-11&topic=it-sicherheit&topic=krisenvorsorge&near=Leipzig",
        named=("innovatives-management-2020",),
        absent=("protekt-2020", "e-nrw-2020"),
    ),
    Example(
        "DiKOM Ost was cancelled, and nothing else was on",
        "from=2012-09-18&to=2012-09-19&topic=digitale-verwaltung&audience=municipal&near=Leipzig",
        absent=("dikom-ost-2012",),
        says=("Keine Konkurrenz bekannt",),
    ),
    Example(
        "the conference in the town was cancelled; Vienna's fair took place, for other topics and far away",
        "from=2012-10-18&topic=it-konsolidierung&audience=municipal&near=Nürnberg",
        named=("verwaltungsmesse-wien-2012",),
        absent=("it-fachkonferenz-kommunen-2012",),
        says=("Keine starke Konkurrenz",),
    ),
    Example(
        "the days for which the convention was first announced had no rival but the largest fair abroad",
        "from=2019-11-19&to=2019-11-21&topic=smart-city&topic=iot&audience=municipal&near=Berlin",
        first="scewc-2019",
        strong=("scewc-2019",),
        absent=(f"{SCC}-2019",),
    ),
    Example(
        "the convention took place on its new days; Helsinki's conference of the week has other topics",
        "from=2019-10-22&to=2019-10-24&topic=smart-city&topic=iot&audience=municipal&near=Berlin",
        first=f"{SCC}-2019",
        strong=(f"{SCC}-2019",),
        named=("semic-2019",),
        absent=("kommunale-2019", "scewc-2019"),
    ),
    Example(
        "the Tuesday is a holiday everywhere, so the Monday is a bridge day",
        "from=2023-10-02&to=2023-10-04&topic=digitale-verwaltung&audience=municipal&near=Köln",
        absent=("kgst-forum-2023", "intergeo-2023"),
        says=(
            "Dienstag, 3. Oktober 2023: Tag der Deutschen Einheit",
            "Montag, 2. Oktober 2023 – Brückentag",
            "Herbstferien",
        ),
    ),
    Example(
        "the award was a part of the convention, but on open source it competes by itself",
        "from=2025-10-02&topic=open-source&audience=municipal&near=Berlin",
        first="open-source-wettbewerb-2025",
        strong=("open-source-wettbewerb-2025",),
        named=(f"{SCC}-2025",),
        says=("Freitag, 3. Oktober 2025: Tag der Deutschen Einheit",),
    ),
    Example(
        "the congress of the IT planning council met in the town; the study trip of the week was online",
        "from=2024-03-20&to=2024-03-21&topic=foederalismus&audience=state&near=Düsseldorf",
        first="fachkongress-it-planungsrat-2024",
        strong=("fachkongress-it-planungsrat-2024",),
        named=("vku-study-trip-oesterreich-2024",),
        absent=("fabasoft-community-day-2024",),
    ),
    Example(
        "who meets online meets ten thousand people online; Ascension Day and a bridge day follow",
        "from=2024-05-08&topic=it-sicherheit&audience=municipal&online=1&state=DE-NW",
        first="deutscher-it-sicherheitskongress-2024",
        strong=("deutscher-it-sicherheitskongress-2024",),
        named=("transform-2024",),
        says=("Donnerstag, 9. Mai 2024: Christi Himmelfahrt", "Freitag, 10. Mai 2024 – Brückentag"),
    ),
    Example(
        "the festival met that day in the town; Whit Monday lies three days behind the Friday",
        "from=2025-06-05&to=2025-06-06&topic=kulturwandel&topic=staatsmodernisierung&audience=federal&near=Berlin",
        first="creative-bureaucracy-festival-2025",
        strong=("creative-bureaucracy-festival-2025",),
        named=("adv-egovernment-konferenz-2025", "mpsc-regionalkonferenz-halle-2025"),
        says=("Montag, 9. Juni 2025: Pfingstmontag",),
    ),
    Example(
        "the congress of ministries met in the town, an Austrian conference on site and online",
        "from=2021-09-29&topic=staatsmodernisierung&topic=digitale-verwaltung&audience=federal&near=Berlin",
        first="ministerialkongress-2021",
        strong=("ministerialkongress-2021",),
        named=("adv-egovernment-konferenz-2021",),
        absent=("creative-bureaucracy-festival-2021", "intergeo-2021"),
    ),
    Example(
        "the summit on sovereignty met in the town; the day after is a holiday in Saxony alone",
        "from=2025-11-18&topic=digitale-souveraenitaet&topic=open-source&audience=federal&near=Berlin",
        first="gipfel-digitale-souveraenitaet-2025",
        strong=("gipfel-digitale-souveraenitaet-2025",),
        named=("mpsc-kongress-2025-herbst", "ice-webinar-ki-2025"),
        silent=("Buß- und Bettag",),
    ),
    Example(
        "the same day without a place: the holiday of Saxony is named with its state",
        "from=2025-11-18&topic=digitale-souveraenitaet&topic=open-source&audience=federal",
        first="gipfel-digitale-souveraenitaet-2025",
        strong=("gipfel-digitale-souveraenitaet-2025",),
        says=("Mittwoch, 19. November 2025: Buß- und Bettag, nur in Sachsen",),
    ),
    Example(
        "both met every June up to 2025: nobody has announced them, so they are expected and weigh little",
        "from=2027-06-21&to=2027-06-23&topic=staatsmodernisierung&audience=federal&near=Berlin",
        named=("zukunftskongress", "creative-bureaucracy-festival"),
        says=("erwartet, nicht angekündigt", "Keine starke Konkurrenz"),
    ),
]


@pytest.fixture
def catalogue(now):
    loading.load((settings.BASE_DIR / "data" / "catalogue.json").read_bytes())


@pytest.mark.usefixtures("catalogue")
def test_each_example_is_answered_rightly(client):
    wrong = {}
    for example in EXAMPLES:
        response = client.get(f"{PAGE}?{example.query}")
        found = [(one.strength, shown.slug) for one, shown, _why in response.context["answer"].named]
        problems = [*_misjudged(example, found), *_missaid(example, response.content.decode())]
        if problems:
            wrong[example.why] = [*problems, found]
    assert wrong == {}
    assert len(EXAMPLES) >= 20


def _misjudged(example, found):
    slugs = [slug for _strength, slug in found]
    strong = {slug for strength, slug in found if strength == "strong"}
    if example.first and slugs[:1] != [example.first]:
        yield f"{slugs[:1]} comes first"
    if strong != set(example.strong):
        yield f"strong are {strong}"
    yield from (f"{slug} is missing" for slug in example.named if slug not in slugs)
    yield from (f"{slug} is told of" for slug in example.absent if slug in slugs)


def _missaid(example, page):
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", "", page[page.index('id="answer"') :])).split())
    text = text.partition("Ruhigere Wochen")[0]
    yield from (f"does not say {words}" for words in example.says if words not in text)
    yield from (f"says {words}" for words in example.silent if words in text)
