from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import leaving, telling, trailed
        from accounts.editing import closed_addresses
        from accounts.rights import OrganisationScope
        from accounts.signing import people, wiring
        from lib.editing import offers, scopes
        from operations import jobs
        from privacy import register

        scopes.bind("organisations.Organisation", OrganisationScope())
        trailed.register_all()
        wiring.connect()
        register.offer("account", leaving.erase_again)
        telling.offer_answers()
        offers.pages(people.addresses)
        offers.pages(closed_addresses)
        jobs.offer("delete_old_sign_ins", _("Forget who signed in when"), jobs.DAY)
        jobs.offer("clearsessions", _("Delete sessions that have ended"), jobs.DAY)
