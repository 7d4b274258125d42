from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class InspectionsConfig(AppConfig):
    name = "inspections"
    label = "inspections"
    verbose_name = "检查"

    def ready(self) -> None:
        """Collect what higher apps ask before a visit is filed: each app's ``filing.py``."""
        autodiscover_modules("filing")
