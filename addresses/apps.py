from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AddressesConfig(AppConfig):
    name = "addresses"
    verbose_name = _("Addresses")

    def ready(self) -> None:
        from addresses.returning import put_back
        from trail import registry

        registry.kept("", "addresses.FormerSlug", "target", put_back)
