"""The groups that the migration makes, in words. Other places refer to them by their names."""

from django.contrib.auth.models import Group
from django.utils.translation import pgettext_lazy

from lib.editing.forms import Text

AUTHOR = "author"
LABELS: dict[str, Text] = {
    AUTHOR: pgettext_lazy("group of accounts", "Author"),
    "editor": pgettext_lazy("group of accounts", "Editor"),
    "publisher": pgettext_lazy("group of accounts", "Publisher"),
    "administrator": pgettext_lazy("group of accounts", "Administrator"),
}


def label(group: Group) -> str:
    """A group that the operator made is called as it is."""
    return str(LABELS.get(group.name, group.name))
