"""Addresses of this face."""

app_name = "documents"
urlpatterns: list = []
