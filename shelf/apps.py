from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShelfConfig(AppConfig):
    name = "shelf"
    verbose_name = _("Kept pages")

    def ready(self) -> None:
        from privacy import places
        from shelf import serving, shared

        places.offer("shelf.SharedPage", places.Way.EMPTY)
        places.offer_memory(serving.forget)
        places.offer_memory(shared.forget)
