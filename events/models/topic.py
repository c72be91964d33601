import datetime as dt
from collections.abc import Mapping

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.models.visibility import public
from lib.fields import TextListField
from lib.german import Fold
from lib.nouns import Noun, in_language, slug_rule


class TopicQuerySet(models.QuerySet["Topic"]):
    def in_order(self) -> "TopicQuerySet":
        return self.order_by("sort_name", "pk")

    def counted(self, at: dt.datetime | None = None) -> list["Topic"]:
        """These topics, each with `event_count`: how many of its events visitors may see.
        From sets of bits, or by one query more.
        """
        numbers = self.event_counts(at)
        topics = list(self)
        for topic in topics:
            topic.event_count = numbers.get(topic.pk, 0)
        return topics

    def frequent(self, most: int, at: dt.datetime | None = None) -> list["Topic"]:
        """Those with the most events first, at most so many; none without an event."""
        told = [topic for topic in self.in_order().counted(at) if topic.event_count]
        return sorted(told, key=lambda topic: -topic.event_count)[:most]

    def event_counts(self, at: dt.datetime | None = None) -> Mapping[int, int]:
        """{topic: how many of its events visitors may see}, of all topics that have any; see `counted`."""
        from events.bits.keeper import keeper  # which knows the models

        snapshot = keeper.current()
        if snapshot is not None:
            counting = snapshot.counting(snapshot.public(at or timezone.now()))
            return counting.most("topic", len(snapshot.names["topic"]))[0]
        # No topic twice at one event: links can be counted instead of events, which is much cheaper.
        links = Topic.events.through.objects.filter(public("event__", at or timezone.now())).order_by()
        return dict(links.values_list("topic").annotate(number=Count("pk")))


class Topic(Noun):
    name_de = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    synonyms = TextListField(
        verbose_name=_("synonyms"),
        help_text=_("Other words and abbreviations for the topic, one per line. The search knows them all."),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("broader topic"),
    )
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    summary_en = models.CharField(_("summary in English"), max_length=300, blank=True)
    sort_name = models.GeneratedField(
        expression=Fold(F("name_de")), output_field=models.TextField(), db_persist=True
    )

    objects = TopicQuerySet.as_manager()
    # Of those that were `counted`.
    event_count: int

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["sort_name", "pk"]
        constraints = [
            slug_rule("topic"),
            models.CheckConstraint(condition=~Q(name_de=""), name="topic_has_name"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="topic_not_own_parent"
            ),
        ]
        indexes = [
            models.Index(fields=["sort_name"], name="topic_sort_name"),
            GinIndex(fields=["synonyms"], name="topic_synonyms"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name_de

    @property
    def display_summary(self) -> str:
        return in_language(self, "summary")

    def get_absolute_url(self) -> str:
        return reverse("events:topic", kwargs={"slug": self.slug})
