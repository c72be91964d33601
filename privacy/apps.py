from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        from operations import jobs
        from privacy.ground import offer_ground
        from privacy.pages import offer_page

        jobs.offer("delete_expired", _("Delete what has been kept long enough"), jobs.DAY)
        jobs.offer("tidy_after_erasures", _("Free the room of what was erased"), jobs.DAY)
        offer_ground()
        offer_page()
