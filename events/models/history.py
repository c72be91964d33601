from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishedVersion(models.Model):
    """What visitors could read of an event from a moment on: written by the database at each commit.

    `facts` names organisations, people and topics by their keys, never by name: what is erased there is
    gone from here too. Long texts stand as digests. An entry that is to be published later has one version
    at the moment set for it.
    """

    # The index below serves lookups by event too.
    event = models.ForeignKey("events.Event", models.CASCADE, related_name="versions", db_index=False)
    revision = models.PositiveIntegerField(_("revision"))
    at = models.DateTimeField(_("public since"))
    facts = models.JSONField(_("facts"))

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["event", "pk"]
        indexes = [models.Index(fields=["event", "id"], name="publishedversion_of_event")]

    def __str__(self) -> str:
        return f"{self.event_id}, {self.at:%Y-%m-%d}"
