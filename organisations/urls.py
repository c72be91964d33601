from django.urls import path
from django.utils.translation import gettext_lazy as _

from organisations import views

app_name = "organisations"
urlpatterns = [
    path(_("organisations/"), views.organisation_list, name="list"),
    path(_("organisations/<slug:slug>/"), views.organisation_detail, name="detail"),
    path(_("organisations/<slug:slug>.jsonld"), views.organisation_jsonld, name="jsonld"),
]
