"""What every row was before: the trail that editors can walk back.

Rows are written by triggers alone (see `lib.triggers.keeps_trail`), so that an edit in the admin, an import
and a line of SQL are remembered alike.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lib.fields import one_of


class Kind(models.TextChoices):
    INSERT = "insert", _("Added")
    UPDATE = "update", _("Changed")
    DELETE = "delete", _("Removed")


class ChangeQuerySet(models.QuerySet["Change"]):
    def of_entry(self, noun: str, key: int) -> "ChangeQuerySet":
        """Of the entry itself and of all that belongs to it."""
        return self.filter(noun=noun, owner=key)


class Change(models.Model):
    """One row of a noun, or of what belongs to one, was added, changed or removed.

    `before` is what was there: of a change the former values of the columns that changed, of a removal the
    whole row, of an addition nothing. So an earlier state is found by walking back from the present.
    Where something had to be kept and is not, it was erased.
    """

    transaction = models.BigIntegerField(_("transaction"))
    at = models.DateTimeField(_("changed at"))
    # Without a lock on the account for each row; it may go, and its steps stay as nobody's.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("changed by"),
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    table = models.CharField(_("table"), max_length=63)
    key = models.BigIntegerField(_("key of the row"))
    noun = models.CharField(_("kind of the entry"), max_length=20)
    owner = models.BigIntegerField(_("key of the entry"))
    kind = models.CharField(_("kind of change"), max_length=6, choices=Kind.choices)
    before = models.JSONField(_("before"), null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["pk"]
        constraints = [
            one_of("kind", Kind, "change_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.INSERT) | Q(before=None), name="change_addition_had_nothing_before"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "id"], name="change_of_entry"),
            models.Index(fields=["key", "id"], name="change_of_row"),
            models.Index(fields=["transaction"], name="change_transaction"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.table} {self.key}"
