from django.urls import path, register_converter
from django.utils.translation import gettext_lazy as _

from events.views import calendars, clash, events, linked, map, month, nouns, outputs, subscribe, year
from lib.routes import TwoDigits

register_converter(TwoDigits, "two")

app_name = "events"
urlpatterns = [
    path(_("events/"), events.event_list, name="list"),
    path(_("events/calendar/"), month.this_month, name="this-month"),
    path(_("events/calendar/<int:year>/<two:month>/"), month.event_month, name="month"),
    path(_("events/year/"), year.this_year, name="this-year"),
    path(_("events/year/<int:year>/"), year.event_year, name="year"),
    path(_("events/map/"), map.event_map, name="map"),
    path(_("events.ics"), calendars.list_ics, name="list-ics"),
    path(_("events.atom"), outputs.list_atom, name="list-atom"),
    path(_("events.json"), outputs.list_json, name="list-json"),
    path(_("events.csv"), outputs.list_csv, name="list-csv"),
    path(_("events.jsonld"), outputs.list_jsonld, name="list-jsonld"),
    path(_("events/<slug:slug>/"), events.event_detail, name="detail"),
    path(_("events/<slug:slug>.ics"), calendars.event_ics, name="ics"),
    path(_("events/<slug:slug>/programme.ics"), calendars.programme_ics, name="programme"),
    path(_("events/<slug:slug>.json"), outputs.event_json, name="json"),
    path(_("events/<slug:slug>.jsonld"), outputs.event_jsonld, name="jsonld"),
    path(_("subscribe/"), subscribe.subscribe, name="subscribe"),
    path(_("check-dates/"), clash.check_dates, name="clash"),
    path(_("series/"), nouns.series_list, name="series-list"),
    path(_("series/<slug:slug>/"), nouns.series_detail, name="series"),
    path(_("series/<slug:slug>.jsonld"), linked.series_jsonld, name="series-jsonld"),
    path(_("topics/"), nouns.topic_list, name="topic-list"),
    path(_("topics/<slug:slug>/"), nouns.topic_detail, name="topic"),
    path(_("topics/<slug:slug>.jsonld"), linked.topic_jsonld, name="topic-jsonld"),
    path(_("venues/"), nouns.venue_list, name="venue-list"),
    path(_("venues/<slug:slug>/"), nouns.venue_detail, name="venue"),
    path(_("venues/<slug:slug>.jsonld"), linked.venue_jsonld, name="venue-jsonld"),
]
