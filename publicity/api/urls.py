"""Addresses of the open data, below /api/v1/public/; they are also all that its schema describes."""

from django.urls import path

from publicity.manners import open_data

from .editions import EditionsView, EditionView, ListChangesView
from .views import AreasView, InstitutionsView, InstitutionView, ListView

urlpatterns = [
    path("areas", open_data(AreasView.as_view()), name="api_areas"),
    path("institutions", open_data(InstitutionsView.as_view()), name="api_institutions"),
    path("institutions/<str:public_id>", open_data(InstitutionView.as_view()), name="api_institution"),
    path("lists/<str:kind>", open_data(ListView.as_view()), name="api_list"),
    path("lists/<str:kind>/changes", open_data(ListChangesView.as_view()), name="api_list_changes"),
    path("lists/<str:kind>/editions", open_data(EditionsView.as_view()), name="api_editions"),
    path("lists/<str:kind>/editions/<str:no>", open_data(EditionView.as_view()), name="api_edition"),
]
