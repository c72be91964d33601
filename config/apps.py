from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class EditorsConfig(AdminConfig):
    default_site = "config.admin.EditorsSite"

    def ready(self) -> None:
        super().ready()
        # Once every app has registered its own, accounts included.
        from config import accounts

        accounts.register()


class StaticConfig(StaticFilesConfig):
    """Of htmx the one file that pages load is collected; the package carries thirty."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "htmx-2.js",
        "htm*-4*",
        "django-htmx.js",
        "django_htmx/ext/*",
    ]
