from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        from organisations import searching
        from trail import registry

        searching.register_all()
        registry.noun("organisation", "organisations.Organisation")
