"""Addresses without a language: to be included outside the translated ones."""

from django.urls import path

from api import views

urlpatterns = [
    path("api/v1/openapi.json", views.openapi, name="api-openapi"),
    path("api/v1/", views.api.urls),
]
