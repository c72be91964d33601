from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrandingConfig(AppConfig):
    name = "branding"
    verbose_name = _("Look of the site")

    def ready(self) -> None:
        from branding import checks  # noqa: F401 (registers them)
