from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpeakersConfig(AppConfig):
    name = "speakers"
    verbose_name = _("People")

    def ready(self) -> None:
        from speakers import searching
        from trail import registry

        searching.register_all()
        registry.noun("speaker", "speakers.Speaker")
