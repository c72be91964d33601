from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = _("Exchange file")

    def ready(self) -> None:
        from catalogue.dumping import digest
        from catalogue.editing.offering import offer_tables
        from operations.backup import offer_digest

        offer_tables()
        offer_digest("catalogue", digest)
