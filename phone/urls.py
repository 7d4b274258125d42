"""Addresses of this face."""

from django.urls import path

from . import views

app_name = "phone"
urlpatterns = [
    path("", views.today, name="today"),
    path("forms/", views.forms, name="forms"),
    path("forms/unlicensed/", views.report, name="report"),
    path("messages/<int:pk>/read/", views.read, name="read"),
    path("me/", views.me, name="me"),
]
