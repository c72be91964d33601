"""What holds as long as a database session lasts, and therefore not behind a pool."""

from django.conf import settings
from django.core.management import CommandError
from django.utils.translation import gettext as _


def must_last() -> None:
    """For who takes a lock that ends with the session. Behind a pool nobody knows which one that is, so there
    the command is refused."""
    if settings.DATABASE_POOLED:
        raise CommandError(
            _(
                "This command needs a session of its own. Give it the database itself as DATABASE_URL, and no"
                " DATABASE_POOLED."
            )
        )
