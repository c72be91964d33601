from django.urls import path
from django.utils.translation import gettext_lazy as _

from speakers import views

app_name = "speakers"
urlpatterns = [
    path(_("people/"), views.speaker_list, name="list"),
    path(_("people/<slug:slug>/"), views.speaker_detail, name="detail"),
    path(_("people/<slug:slug>.jsonld"), views.speaker_jsonld, name="jsonld"),
]
