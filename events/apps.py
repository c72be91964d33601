from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from events import searching, trailed
        from events.rights import EventScope
        from lib.editing import scopes
        from operations import jobs

        searching.register_all()
        trailed.register_all()
        scopes.bind("events.Event", EventScope())
        jobs.offer("tidy_pictures", _("Delete pictures that no event shows"), jobs.DAY)
