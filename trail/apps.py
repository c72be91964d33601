from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class TrailConfig(AppConfig):
    name = "trail"
    verbose_name = _("History")

    def ready(self) -> None:
        from trail.acting import listen

        connection_created.connect(listen, dispatch_uid="trail")
