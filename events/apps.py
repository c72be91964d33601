from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from events import page_pieces, searching, told_of_people, trailed
        from events.rights import EventScope
        from lib.editing import scopes
        from operations import backup, jobs
        from privacy import periods, places

        searching.register_all()
        trailed.register_all()
        scopes.bind("events.Event", EventScope())
        told_of_people.offer_answers()
        places.offer("events.Step", places.Way.STRIKE, "note")
        jobs.offer("tidy_pictures", _("Delete pictures that no event shows"), jobs.DAY)
        periods.offer("drawn pages", page_pieces.delete_drawn_before, days=page_pieces.KEPT_DAYS)
        for kind in ("calendar", "page", "node", "record"):
            backup.leave_out(f"events_{kind}piece")
