"""Addresses of this face."""

app_name = "publicity"
urlpatterns: list = []
