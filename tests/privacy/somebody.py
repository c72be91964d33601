"""Somebody of an unusual name who stands in every place where a name can stand."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import constants
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from catalogue.models import LoadedRecord, UploadedTable
from curation.merging.actions import merge
from curation.models import Link, LinkCheck
from events.models import Appearance, Event, Step
from feedback.models import Report
from operations.models import JobRun
from speakers.models import Speaker
from tests import factories as make
from tests.factories import NOW
from trail.acting import acting

GIVEN, FAMILY, FORMER = "Kassiopeia", "Möwenschlund", "Schönwetterin"
WHOLE = f"{GIVEN} {FAMILY}"
SLUG = "kassiopeia-moewenschlund"
# In any spelling and in any file: the name, its stem, office and addresses.
MARKS = [
    GIVEN, FAMILY, "moewenschlund", "mowenschlund", "M\\u00f6wenschlund", "M%C3%B6wenschlund", FORMER,
    "schoenwetterin", "schonwett", "Obermeereskundlerin", "Q424242",
]  # fmt: skip


def put_everywhere():
    """The person's entry; a step for each edit, as in life."""
    User.objects.create(username="redaktion")
    with transaction.atomic():
        speaker = make.SpeakerFactory(
            slug="kassiopeia-schoenwetterin", academic_title="Dr.", given_name=GIVEN, family_name=FORMER,
            description=f"{FORMER} leitet das Amt.", wikidata="Q424242",
            website="https://moewenschlund.example",
        )  # fmt: skip
    with transaction.atomic(), acting(None, f"{FORMER} heißt jetzt {WHOLE}."):
        names = {"family_name": FAMILY, "slug": SLUG, "aliases": [f"{GIVEN} Meier-{FAMILY}"]}
        Speaker.objects.filter(pk=speaker.pk).update(**names)
    speaker.refresh_from_db()
    _in_entries(speaker)
    _merged(speaker)
    _beside(speaker)
    return speaker


def _in_entries(speaker):
    organisation = make.OrganisationFactory(
        name="Meeresamt", description=f"Ansprechpartnerin: {WHOLE}", aliases=[f"Amt {FAMILY}"]
    )
    with transaction.atomic():
        event = make.EventFactory(
            title=f"Abend mit {WHOLE}", title_en=f"An evening with {WHOLE}", summary=f"Dr. {WHOLE} spricht.",
            summary_en=f"{WHOLE} speaks.", description=f"{FAMILY}, {GIVEN}: Wellen. Es grüßt Frau {FAMILY}.",
            image_credit=f"Foto: {WHOLE}", date_note=f"{WHOLE} reist an.", organisers=[organisation],
            topics=[make.TopicFactory(synonyms=[f"{FAMILY}sches Meer"])], slug="abend",
            series=make.SeriesFactory(description=f"Gegründet von {WHOLE}.", slug="abende"),
            venues=[make.VenueFactory(accessibility_note=f"Fragen Sie {WHOLE}.")],
        )  # fmt: skip
        item = make.SessionFactory(event=event, title=f"{WHOLE}: Ebbe", abstract=f"K. {FAMILY} über Flut.")
        make.AwardFactory(event=event, winner=WHOLE)
        make.SourceFactory(event=event, title=f"Interview mit {WHOLE}", url=f"https://quelle.example/{SLUG}")
    with transaction.atomic():
        office = make.AppearanceFactory(
            event=event,
            speaker=speaker,
            session=item,
            office="Obermeereskundlerin",
            organisation=organisation,
        )
    with transaction.atomic(), acting(None, f"{WHOLE} hat gewechselt."):
        Appearance.objects.filter(pk=office.pk).update(office="Obermeereskundlerin a. D.")
    with transaction.atomic():
        Event.objects.filter(pk=event.pk).update(subtitle=f"{WHOLE} zu Ehren")
        Event.objects.filter(pk=event.pk).update(slug=f"ein-{SLUG}-abend")
    with transaction.atomic():
        Event.objects.filter(pk=event.pk).update(slug="abend", subtitle="Zu Ehren der See")


def _merged(speaker):
    """The same person, entered twice."""
    with transaction.atomic():
        twin = make.SpeakerFactory(slug=f"{SLUG}-2", given_name=GIVEN, family_name=FAMILY)
        make.AppearanceFactory(speaker=twin, office="Obermeereskundlerin i. R.", event__title="Watt")
    merge(speaker, twin, {}, {})


def _beside(speaker):
    event, editor = Event.objects.get(slug="abend"), User.objects.get()
    Report.objects.create(
        kind="error", event=event,
        message=f"kassiopeia möwenschlund ist nicht mehr da, schreibt Frau {FAMILY}.",
        name=WHOLE, email="kassiopeia.moewenschlund@amt.example", language="de",
        page=f"https://hier.example/personen/{SLUG}/", note=f"Mit {WHOLE} telefoniert.",
    )  # fmt: skip
    Step.objects.create(event=event, from_state="draft", to_state="published", note=f"{WHOLE} sagt ja.")
    JobRun.objects.create(command="find_duplicates", began_at=NOW, said=f"Zweimal {WHOLE}.")
    UploadedTable.objects.create(
        user=editor, section="people", name=f"{SLUG}.csv", content=f"name\n{WHOLE}\n".encode()
    )
    link = Link.objects.create(
        url="https://moewenschlund.example", target="https://moewenschlund.example/neu"
    )
    LinkCheck.objects.create(
        link=link, at=NOW, state="redirected", target="https://moewenschlund.example/neu"
    )
    LoadedRecord.objects.create(section="people", slug=SLUG, target=speaker.pk, digest="abc")
    kind = ContentType.objects.get_for_model(Speaker)
    LogEntry.objects.create(
        user=editor, content_type=kind, object_id=speaker.pk, object_repr=str(speaker), action_flag=CHANGE
    )
    session = SessionStore()
    session["_messages"] = f'[["__json_message", 0, {constants.SUCCESS}, "„{WHOLE}“ wurde geändert."]]'
    session.save()
