from django.urls import path
from django.utils.translation import gettext_lazy as _

from events.views import events, nouns

app_name = "events"
urlpatterns = [
    path(_("events/"), events.event_list, name="list"),
    path(_("events/<slug:slug>/"), events.event_detail, name="detail"),
    path(_("series/"), nouns.series_list, name="series-list"),
    path(_("series/<slug:slug>/"), nouns.series_detail, name="series"),
    path(_("topics/"), nouns.topic_list, name="topic-list"),
    path(_("topics/<slug:slug>/"), nouns.topic_detail, name="topic"),
    path(_("venues/"), nouns.venue_list, name="venue-list"),
    path(_("venues/<slug:slug>/"), nouns.venue_detail, name="venue"),
]
