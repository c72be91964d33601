from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = _("Exchange file")

    def ready(self) -> None:
        from catalogue.editing.offering import offer_tables

        offer_tables()
