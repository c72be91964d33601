from django.urls import path
from django.utils.translation import gettext_lazy as _

from feedback import views

app_name = "feedback"
urlpatterns = [
    path(_("report-barrier/"), views.barrier, name="barrier"),
    path(_("report-barrier/thanks/"), views.barrier_thanks, name="barrier-thanks"),
    path(_("events/<slug:slug>/report-error/"), views.error, name="error"),
    path(_("events/<slug:slug>/report-error/thanks/"), views.error_thanks, name="error-thanks"),
]
