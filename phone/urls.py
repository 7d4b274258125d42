"""Addresses of this face."""

from django.urls import include, path

from . import clue_views, views

app_name = "phone"
urlpatterns = [
    path("", views.today, name="today"),
    path("forms/", views.forms, name="forms"),
    path("forms/unlicensed/", views.report, name="report"),
    path("forms/clue/", clue_views.report_clue, name="clue"),
    path("forms/clue/mine/", clue_views.my_clues, name="my_clues"),
    path("messages/<int:pk>/read/", views.read, name="read"),
    path("me/", views.me, name="me"),
    path("visit/", views.visit, name="visit"),
    path("sw.js", views.worker, name="worker"),
    path("api/", include("phone.api.urls")),
]
