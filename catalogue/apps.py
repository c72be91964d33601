from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = _("Exchange file")

    def ready(self) -> None:
        from catalogue.dumping import digest
        from catalogue.editing import uploads
        from catalogue.editing.offering import offer_tables
        from operations.backup import offer_digest
        from privacy import periods, places

        offer_tables()
        # A table may be packed, so nobody can look into it; whoever waits for an answer uploads it again.
        places.offer("catalogue.UploadedTable", places.Way.EMPTY)
        periods.offer("uploaded tables", uploads.delete_old, days=uploads.KEPT.days)
        offer_digest("catalogue", digest)
