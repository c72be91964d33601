"""Sample events: invented, labelled as such, and always ahead of the given day.

data/samples.json holds the texts and what makes each event special; the rest is drawn from a fixed seed,
so that the same week always gives the same samples. They are exchange records and take the loader's way.
"""

import datetime as dt
import json
from decimal import Decimal
from random import Random

from django.conf import settings
from django.utils.translation import gettext as _

from catalogue import loading, reading, sample_details
from catalogue.entries import Record, RefusedError, Report
from catalogue.kinds import period_text
from catalogue.loading import Progress, silent
from events.models import Event, Topic

SEED = 20181120
PREFIX = "beispiel-"
FILE = "samples.json"


def load(day: dt.date, *, progress: Progress = silent) -> Report:
    """Load the samples as seen from that day, or move the dates of those that are there.

    Samples that editors changed are left alone, removed ones stay away. Raises RefusedError where the
    operator brought the database.
    """
    if not settings.SAMPLES_ALLOWED:
        raise RefusedError.whole(
            _("Samples are refused: DATABASE_URL names a database of its operator. They are not for that.")
        )
    found = records(day, set(_real_topics()))
    batch = reading.read((name, record) for name, listed in found.items() for record in listed)
    return loading.load_batch(batch, is_sample=True, progress=progress)


def are_out_of_date(day: dt.date) -> bool:
    """Whether there are samples, and none of them counts from the day's week."""
    samples = Event.objects.filter(is_sample=True)
    return samples.exists() and not samples.filter(checked_on=_monday(day)).exists()


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _real_topics() -> list[str]:
    return list(Topic.objects.filter(is_sample=False).values_list("slug", flat=True))


def records(day: dt.date, topics: set[str]) -> dict[str, list[Record]]:
    """The records of each section; `topics` are the slugs of real topics, which samples share.

    Dates count from the Monday of the day's week: all events but the past editions lie ahead.
    """
    path = settings.BASE_DIR / "data" / FILE
    texts = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    monday = _monday(day)
    missing = texts["topics"].keys() - topics
    return {
        "organisations": texts["organisations"],
        "people": texts["people"],
        "venues": texts["venues"],
        "topics": [
            {"slug": PREFIX + slug, "name_de": name}
            for slug, name in texts["topics"].items()
            if slug in missing
        ],
        "series": texts["series"],
        "events": [_event(template, monday, texts, missing) for template in texts["events"]],
    }


# Keys of a template that say the same in the record.
TAKEN = (
    "edition", "title", "title_en", "summary", "summary_en", "status", "sold_out", "mode",
    "formats", "audiences", "is_free", "eligibility", "accessibility", "partner_country",
    "hashtag", "attendees",
)  # fmt: skip


def _event(template: Record, monday: dt.date, texts: Record, missing: set[str]) -> Record:
    chance = Random(f"{SEED} {template['slug']}")  # noqa: S311 (chance, not secrecy)
    record: Record = {"slug": PREFIX + template["slug"]}
    record |= {key: template[key] for key in TAKEN if key in template}
    record |= {key: PREFIX + template[key] for key in ("series", "parent") if key in template}
    record["languages"] = template.get("languages", ["de"])
    record["topics"] = [PREFIX + slug if slug in missing else slug for slug in template["topics"]]
    record |= _dates(template, monday)
    record |= _places(template, record)
    record["website"] = f"https://{template['slug']}.example"
    if template.get("mode", "onsite") != "onsite":
        live = chance.random() < 0.4
        record |= (
            {"online_url": f"{record['website']}/live"} if live else {"online_access": "after_registration"}
        )
    record["sources"] = [
        {"url": record["website"], "title": "Erfundene Quelle zur Anschauung", "publisher": "Kongressatlas"}
    ]
    record["checked_on"] = monday.isoformat()
    sample_details.add(record, template, texts, chance)
    return record


def _dates(template: Record, monday: dt.date) -> Record:
    if "month_in_weeks" in template:
        return {"start": period_text(monday + dt.timedelta(weeks=template["month_in_weeks"]), "month")}
    start = monday + dt.timedelta(weeks=template["in_weeks"], days=template["weekday"])
    end = start + dt.timedelta(days=template["days"] - 1)
    dates: Record = {"start": start.isoformat(), "end": end.isoformat()}
    if "moved_by_weeks" in template:
        earlier = dt.timedelta(weeks=template["moved_by_weeks"])
        previous = {"start": (start - earlier).isoformat(), "end": (end - earlier).isoformat()}
        dates["previous_dates"] = [previous]
    return dates


def _places(template: Record, dates: Record) -> Record:
    """One place, several with a day each, or the one where the event was to be."""
    if "places" in template:
        first = dt.date.fromisoformat(dates["start"])
        days = [(first + dt.timedelta(days=number)).isoformat() for number in range(len(template["places"]))]
        pairs = zip(template["places"], days, strict=True)
        return {"venues": [{"venue": PREFIX + place, "start": day} for place, day in pairs]}
    if "planned" in template:
        return {"venues": [{"venue": PREFIX + template["planned"], "use": "planned"}]}
    return {"venues": [{"venue": PREFIX + template["place"]}]} if "place" in template else {}
