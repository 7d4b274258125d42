"""The public verification page of documents."""

from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("verify/", views.ask, name="ask"),
    path("verify/<str:code>/", views.verify, name="verify"),
]
