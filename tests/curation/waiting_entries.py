"""Events around NOW of which some wait for an editor, each named after what it waits for."""

import datetime as dt

from events.actions import begin
from events.models import Event, Step
from tests import factories as make
from tests.factories import NOW, TODAY

SEEN = NOW - dt.timedelta(days=1)


def day(days):
    return TODAY + dt.timedelta(days=days)


def event(slug, days, **values):
    """Checked yesterday and with all that is asked for, unless told otherwise."""
    usual = {
        "checked_on": SEEN.date(),
        "registration_url": "https://a.example/r",
        "accessibility": ["captions"],
        "attendees": 100 if days < 0 else None,
        "venues": [make.VenueFactory()],
    }
    return make.EventFactory(slug=slug, title=slug.title(), starts_on=day(days), **(usual | values))


def soon():
    """Around the thirty days before the beginning."""
    event("ohne-ort", 30, venues=[])
    event("ohne-ort-heute", 0, venues=[])
    event("fern-ohne-ort", 31, venues=[])
    event("abgesagt-ohne-ort", 5, venues=[], status="cancelled")
    event("entwurf-ohne-ort", 5, venues=[], state="draft")
    event("netz-ohne-ort", 5, venues=[], mode="online", online_url="https://netz.example")
    event("ohne-anmeldung", 7, registration_url="")
    event("ausgebucht", 7, registration_url="", sold_out=True)
    event("auf-einladung", 7, registration_url="", eligibility="invitation")


def over():
    """After the end."""
    event("ungezaehlt", -10, attendees=None, checked_on=day(-10))
    event("nachgesehen", -10, attendees=None, checked_on=day(-9))
    event("halb-gezaehlt", -10, attendees=None, attendees_online=0, checked_on=day(-30))
    event("zu-lange-her", -200, attendees=None, checked_on=None)
    event("verschoben", -10, attendees=None, checked_on=None, status="postponed")


def to_check():
    """Around the intervals of checking: 30:14 120:45 730:180."""
    event("nah-alt", 20, checked_on=day(-15))
    event("nah-frisch", 20, checked_on=day(-14))
    event("mittel-alt", 100, checked_on=day(-46))
    event("mittel-frisch", 100, checked_on=day(-45))
    event("weit-alt", 400, checked_on=day(-181))
    event("zu-weit", 731, checked_on=day(-999))
    event("neu-eingetragen", 20, checked_on=None)
    old = event("nie-angesehen", 20, checked_on=None)
    Event.objects.filter(pk=old.pk).update(created_at=NOW - dt.timedelta(days=20))
    Event.objects.filter(slug="neu-eingetragen").update(created_at=NOW - dt.timedelta(days=1))


def others(by):
    """Accessibility, images, the way to the public."""
    event("barrieren", 200, accessibility=[])
    event("barrieren-am-ort", 200, accessibility=[], venues=[make.VenueFactory(accessibility=["lift"])])
    event("bild", -5, image="a.jpg", image_alt="Bild", image_credit="Foto", image_licence="CC0")
    event("bild-datei", -5, image="a.jpg", image_alt="IMG_1.JPG", image_credit="Foto", image_licence="CC0")
    event("bild-gut", -5, image="a.jpg", image_alt="Menschen", image_credit="Foto", image_licence="CC0")
    event("embargo", 60, publish_from=NOW + dt.timedelta(hours=1))
    asked = event("pruefung", 60, state="in_review", published_at=None)
    begin(asked, by=by)
    Step.objects.create(event=asked, from_state="draft", to_state="in_review", by=by, at=SEEN)


def series():
    """Series whose last editions were in March, and so are due now; one each for a reason why not."""
    for slug, last in (("faellig", 2026), ("angekuendigt", 2027), ("lange-her", 2023)):
        one = make.SeriesFactory(slug=slug, name=slug.title())
        for year in range(last - 3, last + 1):
            make.EventFactory(series=one, starts_on=dt.date(year, 3, 20), checked_on=day(-1), attendees=1,
                              registration_url="https://a.example/r", accessibility=["captions"],
                              venues=[make.VenueFactory()])  # fmt: skip
    one = make.SeriesFactory(slug="in-arbeit", name="In Arbeit")
    for year in (2023, 2024, 2025, 2026):
        make.EventFactory(series=one, starts_on=dt.date(year, 3, 20), attendees=1)
    make.EventFactory(series=one, starts_on=dt.date(2027, 6, 1), state="draft")
    one = make.SeriesFactory(slug="im-herbst", name="Im Herbst")
    for year in (2023, 2024, 2025, 2026):
        make.EventFactory(series=one, starts_on=dt.date(year, 9, 20), attendees=1)


# {task of events: slugs of those that wait}
EXPECTED = {
    "lacks-venue": {"ohne-ort", "ohne-ort-heute"},
    "lacks-registration": {"ohne-anmeldung"},
    "in-review": {"pruefung"},
    "unchecked": {"nah-alt", "mittel-alt", "weit-alt", "nie-angesehen"},
    "lacks-head-count": {"ungezaehlt"},
    "lacks-accessibility": {"barrieren"},
    "poor-image": {"bild", "bild-datei"},
    "to-be-published": {"embargo"},
}
