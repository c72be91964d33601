"""The page for people, in both languages. The API itself has no language in its addresses."""

from django.urls import path

from api import views

app_name = "api"
urlpatterns = [
    path("api/", views.to_docs, name="home"),
    path("api/v1/docs", views.docs, name="docs"),
]
