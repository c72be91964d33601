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
        from privacy import places

        offer_tasks()
        offer_links()
        offer_completeness()
        offer_duplicates()
        offer_work()
        # Links in use are noted again the next time that they are looked at.
        places.offer("curation.LinkCheck", places.Way.DELETE, "target")
        places.offer("curation.Link", places.Way.DELETE, "url", "target")
