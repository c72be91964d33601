from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts.signing import people, wiring
        from lib.editing import offers

        wiring.connect()
        offers.pages(people.addresses)
