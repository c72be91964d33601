from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Legal pages")

    def ready(self) -> None:
        from pages import checks, checks_security  # noqa: F401 (registers them)
        from pages.work import offer_work

        offer_work()
