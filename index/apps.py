from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndexConfig(AppConfig):
    name = "index"
    verbose_name = _("Search index")

    def ready(self) -> None:
        from index.waiting import offer_work

        offer_work()
