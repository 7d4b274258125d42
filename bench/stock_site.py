"""The peer of the public directory: a ``ListView`` as Django's documentation shows it.

The same table, the same order, 20 rows a page with the same columns but what needs more tables than two: no verdict,
lists, permits or filter numbers. Paging by page number, which counts and skips.
"""

from django.urls import path
from django.views.generic import ListView

from institutions.enums import OPERATING
from institutions.models import Institution


class Directory(ListView):
    """Institutions that operate, by name."""

    queryset = (
        Institution.objects.filter(merged_into=None, withdrawn_at=None, status__in=OPERATING)
        .select_related("jurisdiction")
        .order_by("name", "pk")
    )
    paginate_by = 20
    template_name = "bench/stock_list.html"


urlpatterns = [path("institutions/", Directory.as_view())]
