from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AddressesConfig(AppConfig):
    name = "addresses"
    verbose_name = _("Addresses")

    def ready(self) -> None:
        from addresses.models import FormerSlug
        from addresses.returning import put_back
        from privacy import places
        from trail import registry, removal

        # Of whatever entry: an address that names somebody leads nowhere any more.
        places.offer("addresses.FormerSlug", places.Way.DELETE, "slug")
        registry.kept("", "addresses.FormerSlug", "target", put_back)
        # Merged entries leave their addresses to the one that they are part of now.
        removal.heir(lambda noun, said: FormerSlug.objects.target_of(noun, said.get("slug", "")))
