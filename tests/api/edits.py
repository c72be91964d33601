"""What may happen to a catalogue, at random: each function is an edit, made in a transaction of its own."""

import datetime as dt
import random
from contextlib import suppress

from django.db import IntegrityError, transaction
from django.utils import timezone

from addresses.models import FormerSlug
from catalogue.removing import remove_samples
from events.models import Event, EventVenue, Participation, Series, Session, Topic, Venue
from organisations.models import Organisation
from speakers.actions import anonymise
from speakers.models import Speaker
from tests import factories as make

NOUNS = (Event, Series, Organisation, Speaker, Topic, Venue)


class Edits:
    """Edits chosen by a seeded generator; those that have nothing to work on do nothing."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311
        self.number = 0
        self.kinds = [getattr(self, name) for name in sorted(vars(Edits)) if name.startswith("edit_")]
        self.done = set()

    def make(self, count):
        for _ in range(count):
            self.number += 1
            kind = self.random.choice(self.kinds)
            # What the database refuses is no edit.
            with suppress(IntegrityError), transaction.atomic():
                kind()
                self.done.add(kind.__name__)

    def one(self, model, **which):
        rows = list(model.objects.filter(**which).order_by("pk"))
        return self.random.choice(rows) if rows else None

    def person(self):
        return self.one(Speaker, anonymised_at=None)

    def word(self, start):
        return f"{start} {self.number}"

    # -- events ----------------------------------------------------------------------------------

    def edit_new_event(self):
        make.EventFactory(
            slug=f"neu-{self.number}",
            series=self.one(Series),
            starts_on=dt.date(2026, 1, 1) + dt.timedelta(days=self.random.randrange(600)),
            topics=[self.one(Topic)],
            organisers=[self.one(Organisation)],
            venues=[self.one(Venue)],
            is_sample=self.random.random() < 0.3,
        )

    def edit_event(self):
        event = self.one(Event)
        event.title, event.summary = self.word("Titel"), self.word("Satz")
        event.status = self.random.choice(["scheduled", "postponed", "cancelled"])
        event.starts_on = event.ends_on = event.starts_on + dt.timedelta(days=self.random.randrange(40))
        event.series = self.one(Series)
        event.save()

    def edit_event_by_hand_in_sql(self):
        Event.objects.filter(pk=self.one(Event).pk).update(price_note=self.word("Preis"))

    def edit_state(self):
        states = ["published", "withdrawn", "draft", "published", "in_review"]
        Event.objects.filter(pk=self.one(Event).pk).update(state=self.random.choice(states))

    def edit_publish_from(self):
        hours = self.random.choice([-2, 1])
        moment = timezone.now() + dt.timedelta(hours=hours)
        Event.objects.filter(pk=self.one(Event).pk).update(publish_from=moment)

    def edit_delete_event(self):
        event = self.one(Event)
        event.children.update(parent=None)
        event.delete()

    def edit_parent(self):
        child, parent = self.one(Event), self.one(Event)
        if child != parent:
            Event.objects.filter(pk=child.pk).update(parent=parent)

    def edit_programme(self):
        event = self.one(Event)
        session = make.SessionFactory(event=event, title=self.word("Vortrag"))
        if person := self.person():
            make.AppearanceFactory(event=event, speaker=person, session=session)

    def edit_drop_rows(self):
        for model in (Session, Participation, EventVenue):
            if row := self.one(model):
                row.delete()

    def edit_rows(self):
        event = self.one(Event)
        make.PriceFactory(
            event=event, group="press"
        ) if not event.prices.exists() else event.prices.all().delete()
        make.SourceFactory(event=event)
        make.AwardFactory(event=event, organisation=self.one(Organisation))
        make.PreviousDateFactory(event=event)

    # -- all nouns ---------------------------------------------------------------------------------

    def edit_slug(self):
        noun = self.one(self.random.choice(NOUNS))
        if noun:
            noun.slug = f"umbenannt-{self.number}"
            noun.save()

    def edit_names(self):
        for model, field in ((Series, "name"), (Organisation, "name"), (Topic, "name_de"), (Venue, "name")):
            model.objects.filter(pk=self.one(model).pk).update(**{field: self.word("Name")})

    def edit_english_name(self):
        topic = self.one(Topic)
        topic.name_en = self.word("Topic")
        topic.save()

    def edit_person(self):
        if person := self.person():
            person.family_name = self.word("Muster")
            person.save()

    def edit_new_nouns(self):
        make.SpeakerFactory(slug=f"person-neu-{self.number}")
        make.TopicFactory(slug=f"thema-neu-{self.number}", parent=self.one(Topic))
        make.OrganisationFactory(slug=f"organisation-neu-{self.number}", parent=self.one(Organisation))
        make.SeriesFactory(slug=f"reihe-neu-{self.number}", predecessor=self.one(Series))

    def edit_delete_unused(self):
        for model, used in ((Topic, "event_links"), (Speaker, "appearances"), (Series, "events")):
            free = {used: None, "children": None} if model is Topic else {used: None}
            if model is Series:
                free["successors"] = None
            noun = self.one(model, is_sample=False, **free)
            if noun and model.objects.count() > 2:
                noun.delete()

    def edit_anonymise(self):
        if self.random.random() < 0.4 and (person := self.person()):
            anonymise(person)

    def edit_merge_organisations(self):
        kept, merged = self.one(Organisation), self.one(Organisation)
        if kept == merged or merged.children.exists() or merged.predecessors.exists():
            return
        for rows in (merged.participations, merged.series_links, merged.appearances, merged.awards):
            for row in rows.all():
                others = type(row).objects.filter(organisation=kept)
                owner = {"series": row.series} if hasattr(row, "series_id") else {"event": row.event}
                if others.filter(**owner).exists():
                    row.delete()
                else:
                    row.organisation = kept
                    row.save()
        slug = merged.slug
        merged.delete()
        FormerSlug.objects.get_or_create(noun="organisation", slug=slug, defaults={"target": kept.pk})

    def edit_remove_samples(self):
        if self.random.random() < 0.3:
            remove_samples()
