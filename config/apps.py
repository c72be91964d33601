from django.contrib.admin.apps import AdminConfig


class EditorsConfig(AdminConfig):
    default_site = "config.admin.EditorsSite"

    def ready(self) -> None:
        super().ready()
        # Once every app has registered its own, accounts included.
        from config import accounts

        accounts.register()
