"""Addresses without a language: to be included outside the translated ones."""

from django.urls import path

from pages import service

urlpatterns = [
    path("healthz", service.healthz, name="healthz"),
    path("readyz", service.readyz, name="readyz"),
    path("robots.txt", service.robots, name="robots"),
    path(".well-known/security.txt", service.security_txt, name="security-txt"),
]
