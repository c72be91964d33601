from django.urls import path
from django.utils.translation import gettext_lazy as _

from sharing.views import embed, pictures

app_name = "sharing"
urlpatterns = [
    path(_("embed/"), embed.builder, name="builder"),
    path(_("embed/events/"), embed.event_list, name="embed-list"),
    path(_("embed/events/<slug:slug>/"), embed.event, name="embed-event"),
    path(_("share.png"), pictures.site_picture, name="site-picture"),
    path(_("share/<slug:slug>.png"), pictures.event_picture, name="picture"),
    path(_("share/<slug:slug>.svg"), pictures.event_code, name="code"),
    path(_("share/series/<slug:slug>.png"), pictures.series_picture, name="series-picture"),
    path("e/<slug:code>", pictures.short, name="short"),
]
