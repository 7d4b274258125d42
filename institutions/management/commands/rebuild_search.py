"""``manage.py rebuild_search``: make the search rows of all institutions anew."""

from django.core.management.base import BaseCommand

from institutions.models import Institution
from institutions.search import refresh


class Command(BaseCommand):
    help = "Make the search rows of all institutions anew."

    def handle(self, *args, **options) -> None:
        written = refresh(Institution.objects.order_by("pk").values_list("pk", flat=True))
        self.stdout.write(f"{written} institutions")
