from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "curation"
    verbose_name = _("Curation")

    def ready(self) -> None:
        from curation.completeness import offer_completeness
        from curation.duplicates.offering import offer_duplicates
        from curation.links.offering import offer_links
        from curation.work import offer_work
        from curation.work_list.offering import offer_tasks

        offer_tasks()
        offer_links()
        offer_completeness()
        offer_duplicates()
        offer_work()
