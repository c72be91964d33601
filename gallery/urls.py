from django.urls import path

from gallery import views

app_name = "gallery"
urlpatterns = [path("galerie/", views.gallery, name="gallery")]
