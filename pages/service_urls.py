"""Addresses without a language: to be included outside the translated ones."""

from django.urls import path

from pages import data, service

urlpatterns = [
    path("healthz", service.healthz, name="healthz"),
    path("readyz", service.readyz, name="readyz"),
    path("robots.txt", service.robots, name="robots"),
    path("dcat.jsonld", data.dcat_jsonld, name="dcat-jsonld"),
    path("dcat.rdf", data.dcat_rdf, name="dcat-rdf"),
    path(".well-known/security.txt", service.security_txt, name="security-txt"),
]
