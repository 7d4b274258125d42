"""Addresses of the open data; they are also all that its schema describes."""

from django.urls import path

from publicity.manners import open_data

from .afterschool import SelectionsView
from .draws import DrawsView
from .editions import EditionsView, EditionView, ListChangesView
from .penalties import PenaltiesView, PenaltyView
from .views import AreasView, InstitutionsView, InstitutionView, ListView

BASE = "api/v1/public/"
urlpatterns = [
    path(f"{BASE}areas", open_data(AreasView.as_view()), name="api_areas"),
    path(f"{BASE}institutions", open_data(InstitutionsView.as_view()), name="api_institutions"),
    path(f"{BASE}institutions/<str:public_id>", open_data(InstitutionView.as_view()), name="api_institution"),
    path(f"{BASE}lists/<str:kind>", open_data(ListView.as_view()), name="api_list"),
    path(f"{BASE}lists/<str:kind>/changes", open_data(ListChangesView.as_view()), name="api_list_changes"),
    path(f"{BASE}lists/<str:kind>/editions", open_data(EditionsView.as_view()), name="api_editions"),
    path(f"{BASE}lists/<str:kind>/editions/<str:no>", open_data(EditionView.as_view()), name="api_edition"),
    path(f"{BASE}afterschool-providers", open_data(SelectionsView.as_view()), name="api_afterschool"),
    path(f"{BASE}draws", open_data(DrawsView.as_view()), name="api_draws"),
    path(f"{BASE}penalties", open_data(PenaltiesView.as_view()), name="api_penalties"),
    path(f"{BASE}penalties/<str:public_id>", open_data(PenaltyView.as_view()), name="api_penalty"),
]
