"""What the search knows of every entry. Rows are made from the entries and may be dropped at any time.

The index tells what is said where. Whether somebody may see it, the nouns say (see `index.registry`).
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """An entry with all its words: `head` without the running text, for ranking; `words` with it, for
    finding; `texts` as they stand there, for showing where it was found (see `index.told`)."""

    noun = models.CharField(_("kind"), max_length=12)
    object = models.BigIntegerField(_("number of the entry"))
    words = SearchVectorField(_("words"))
    head = SearchVectorField(_("words of titles, names, topics and places"))
    forms = ArrayField(models.TextField(), verbose_name=_("words as they are written"))
    # [[kind, weight, text]], strongest first; null in rows that an earlier version wrote.
    texts = models.JSONField(_("texts"), null=True)
    starts_at = models.DateTimeField(_("begins"), null=True)
    ends_at = models.DateTimeField(_("ends"), null=True)

    class Meta:
        verbose_name = _("searched entry")
        verbose_name_plural = _("searched entries")
        # Not beginning with the noun, and no index of all events: words are found by their own alone.
        constraints = [models.UniqueConstraint(fields=["object", "noun"], name="document_once")]
        indexes = [
            GinIndex(fields=["words"], condition=Q(noun="event"), name="document_event_words"),
            GinIndex(fields=["words"], condition=~Q(noun="event"), name="document_other_words"),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.object}"


class Word(models.Model):
    """A word that some entry uses: `plain` without umlauts, its stem `key`, the stems of its `parts`."""

    form = models.TextField(_("word"), unique=True)
    plain = models.TextField(_("plain spelling"))
    key = models.TextField(_("stem"))
    parts = ArrayField(models.TextField(), verbose_name=_("stems of its parts"))
    count = models.IntegerField(_("number of entries"))

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        indexes = [
            models.Index(fields=["key"], name="word_key"),
            models.Index(OpClass("plain", name="text_pattern_ops"), name="word_plain"),
            GinIndex(fields=["parts"], name="word_parts"),
            GinIndex(OpClass("plain", name="gin_trgm_ops"), name="word_trigrams"),
        ]

    def __str__(self) -> str:
        return self.form


class Name(models.Model):
    """A name of an entry, once for each word it may be remembered by: `start` is the folded rest from there.

    Names with the same `meaning` ("series/7/0") name the same thing; `canonical` is the name in stems.
    """

    noun = models.CharField(_("kind"), max_length=12)
    object = models.BigIntegerField(_("number of the entry"))
    text = models.TextField(_("name"))
    start = models.TextField(_("folded name"))
    rank = models.SmallIntegerField(_("rank"))
    canonical = models.TextField(_("stems"), blank=True)
    meaning = models.TextField(_("meaning"), blank=True)

    class Meta:
        verbose_name = _("searched name")
        verbose_name_plural = _("searched names")
        indexes = [
            models.Index(fields=["noun", "object"], name="name_of"),
            models.Index(
                OpClass("start", name="text_pattern_ops"), condition=Q(noun="event"), name="name_event_start"
            ),
            models.Index(
                OpClass("start", name="text_pattern_ops"), condition=~Q(noun="event"), name="name_other_start"
            ),
            models.Index(F("canonical"), condition=~Q(canonical=""), name="name_canonical"),
            models.Index(F("meaning"), condition=~Q(meaning=""), name="name_meaning"),
        ]

    def __str__(self) -> str:
        return self.text


class Pending(models.Model):
    """An entry that has changed since the index read it; written by triggers, whoever wrote the entry.

    What a rebuild notes is not `urgent`: no search waits for it.
    """

    noun = models.CharField(_("kind"), max_length=12)
    object = models.BigIntegerField(_("number of the entry"))
    urgent = models.BooleanField(_("before the next search"), default=True, db_default=True)

    class Meta:
        verbose_name = _("entry to be read again")
        verbose_name_plural = _("entries to be read again")
        indexes = [models.Index(fields=["noun", "object"], name="pending_entry")]

    def __str__(self) -> str:
        return f"{self.noun} {self.object}"


@SearchVectorField.register_lookup
class Matches(models.Lookup):
    """`words__tells=queries`: all of these queries in PostgreSQL's own notation, made of stems."""

    lookup_name = "tells"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, params = self.process_lhs(compiler, connection)
        told = " AND ".join([f"{left} @@ %s::tsquery"] * len(self.rhs))
        return told, [one for query in self.rhs for one in (*params, query)]


class Listed(models.Lookup):
    """Whether a value is among those of a subquery, which is carried out first and by itself."""

    lookup_name = "listed"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, params = self.process_lhs(compiler, connection)
        right, more = self.process_rhs(compiler, connection)
        return f"{left} = ANY(ARRAY{right})", [*params, *more]
