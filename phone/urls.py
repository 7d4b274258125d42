"""Addresses of this face."""

app_name = "phone"
urlpatterns: list = []
