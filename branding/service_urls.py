"""Addresses without a language: files of the look, which bear the hash of their content."""

from django.urls import re_path

from branding import views

urlpatterns = [
    re_path(
        r"^look/(?P<stem>[a-z-]+)-(?P<digest>[0-9a-f]{12})\.(?P<ending>[a-z]+)$",
        views.file,
        name="branding-file",
    ),
]
