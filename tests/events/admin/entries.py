"""Entries to edit, and the addresses at which that is done."""

from django.urls import reverse

from tests import factories as make
from tests.editing import send

LIST = "/admin/events/event/"


def change(event):
    return reverse("admin:events_event_change", args=[event.pk])


def send_new(**values):
    """Fills in the form of a new event: title and days, and what is given."""
    data = {"title": "Neue Tagung", "starts_on": "2027-05-04", "ends_on": "2027-05-05"} | values
    return send(f"{LIST}add/", **data)


def fill(event, position):
    organisation = make.OrganisationFactory()
    make.ParticipationFactory(event=event, organisation=organisation, position=position)
    session = make.SessionFactory(event=event, position=position)
    make.AppearanceFactory(event=event, organisation=organisation, session=session, position=position)
    make.PreviousDateFactory(event=event, position=position)
    make.SourceFactory(event=event, position=position)
    make.PriceFactory(
        event=event, group=["everyone", "press", "members"][position], amount=10, position=position
    )
    make.AwardFactory(event=event, organisation=organisation, position=position)
    event.venue_links.create(venue=make.VenueFactory(), position=position)
    event.topic_links.create(topic=make.TopicFactory(), position=position)
