"""Addresses of the phone's API."""

from django.urls import path

from . import views

urlpatterns = [
    path("start/", views.StartView.as_view(), name="api_start"),
    path("subjects/", views.SubjectsView.as_view(), name="api_subjects"),
    path("visits/", views.VisitsView.as_view(), name="api_visits"),
]
