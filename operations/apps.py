from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "operations"
    verbose_name = _("Operations")

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from lib import slow_queries
        from operations import checks, facts, machine  # noqa: F401 (checks register themselves)
        from operations.backup.offering import offer_backups
        from operations.migrating import limit_waiting
        from operations.page import offer_page

        connection_created.connect(slow_queries.listen, dispatch_uid="lib.slow_queries")
        facts.offer("software", machine.software)
        facts.offer("errors", machine.errors)
        facts.offer("database", machine.database)
        facts.offer("disk", machine.disk)
        offer_backups()
        offer_page()
        limit_waiting(self)
