"""Addresses within the admin: histories stand where Django has its own, beside each entry."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from trail import registry, views


def pages(site: AdminSite) -> list[URLPattern]:
    def page(view: Callable[..., Any], **fixed: Any) -> Any:
        return site.admin_view(partial(view, site=site, **fixed))

    found = [
        path("trail/undo/<int:number>/", page(views.undo), name="trail_undo"),
        path("trail/restore/<str:noun>/<int:key>/<int:change>/", page(views.restore), name="trail_restore"),
        path("trail/recover/<int:change>/", page(views.recover), name="trail_recover"),
    ]
    for noun, table in registry.nouns().items():
        meta = table.model._meta
        folder, name = f"{meta.app_label}/{meta.model_name}", f"{meta.app_label}_{meta.model_name}"
        found += [
            path(
                f"{folder}/<int:key>/history/", page(views.entry_history, noun=noun), name=f"{name}_history"
            ),
            path(f"{folder}/deleted/", page(views.removed, noun=noun), name=f"trail_removed_{noun}"),
        ]
    return found
