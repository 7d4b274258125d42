"""Addresses of photos' copies."""

from django.urls import path

from . import views

app_name = "photos"
urlpatterns = [
    path("photos/<slug:public_id>/display/", views.display, name="display"),
    path("photos/<slug:public_id>/thumb/", views.thumb, name="thumb"),
]
