"""Migration of entries that were made before their noun had a `uid`."""

from collections.abc import Callable
from typing import Any

from lib.nouns import default_uid


def from_slugs(app: str, **nouns: str) -> Callable[[Any, Any], None]:
    """For RunPython: rows of the models, given as model="noun", get what follows from the slug."""

    def fill(apps: Any, schema_editor: Any) -> None:
        for model, noun in nouns.items():
            objects = apps.get_model(app, model).objects
            rows = list(objects.only("pk", "slug"))
            for row in rows:
                row.uid = default_uid(noun, row.slug)
            objects.bulk_update(rows, ["uid"], batch_size=500)

    return fill
