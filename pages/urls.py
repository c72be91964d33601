from django.urls import path
from django.utils.translation import gettext_lazy as _

from pages import data, views

app_name = "pages"
urlpatterns = [
    path(_("imprint/"), views.imprint, name="imprint"),
    path(_("privacy/"), views.privacy, name="privacy"),
    path(_("accessibility/"), views.accessibility, name="accessibility"),
    path(_("accessibility/version/<int:number>/"), views.statement, name="statement"),
    path(_("accessibility.json"), views.accessibility_data, name="accessibility-data"),
    path(_("data/"), data.data, name="data"),
    path(_("data/catalogue.jsonld"), data.catalogue, name="catalogue"),
]
