from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import trailed
        from accounts.editing import closed_addresses
        from accounts.rights import OrganisationScope
        from accounts.signing import people, wiring
        from lib.editing import offers, scopes

        scopes.bind("organisations.Organisation", OrganisationScope())
        trailed.register_all()
        wiring.connect()
        offers.pages(people.addresses)
        offers.pages(closed_addresses)
