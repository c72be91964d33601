from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpeakersConfig(AppConfig):
    name = "speakers"
    verbose_name = _("People")

    def ready(self) -> None:
        from privacy import register
        from speakers import actions, searching
        from speakers.telling import offer_answers
        from trail import registry

        register.offer("person", actions.erase_again)
        offer_answers()
        searching.register_all()
        registry.noun("speaker", "speakers.Speaker")
