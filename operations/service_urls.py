"""Addresses without a language: to be included outside the translated ones."""

from django.urls import path

from operations import views

urlpatterns = [path("metrics", views.metrics, name="metrics")]
