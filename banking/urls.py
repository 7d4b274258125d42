"""Where banks' programs call."""

from django.urls import path

from . import views

app_name = "banking"

urlpatterns = [path("bank-callbacks/", views.announce, name="callbacks")]
