from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = _("Reports by visitors")

    def ready(self) -> None:
        from feedback.privacy import offer_privacy
        from feedback.waiting import offer_reports
        from feedback.work import offer_work

        offer_reports()
        offer_work()
        offer_privacy()
