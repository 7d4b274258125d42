from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class InstitutionsConfig(AppConfig):
    name = "institutions"
    label = "institutions"
    verbose_name = "机构名录"

    def ready(self) -> None:
        """Collect what apps hold of an institution (``dossier.py``) and why it cannot be merged (``merging.py``)."""
        autodiscover_modules("dossier", "merging")
