from collections.abc import Iterable
from functools import partial
from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class TrailConfig(AppConfig):
    name = "trail"
    verbose_name = _("History")

    def ready(self) -> None:
        from lib.editing import offers
        from trail import meanwhile, registry
        from trail.acting import listen

        connection_created.connect(listen, dispatch_uid="trail")
        offers.pages(_pages)
        registry.when_registered(
            lambda noun, model: offers.meanwhile(model, partial(meanwhile.since_shown, noun))
        )
        registry.when_registered(
            lambda noun, model: offers.above_list(
                model, offers.Button(f"trail_removed_{noun}", _("Deleted entries"), needs="view")
            )
        )


def _pages(site: Any) -> Iterable[Any]:
    # Only now are all nouns registered, and views may be imported.
    from trail.urls import pages

    return pages(site)
