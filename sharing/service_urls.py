"""Addresses for programs and for other sites; they stay as they are and need no language."""

from django.urls import path

from sharing.views import embed, oembed

urlpatterns = [
    path("oembed", oembed.answer, name="oembed"),
    path("embed.js", embed.script, name="embed-script"),
]
