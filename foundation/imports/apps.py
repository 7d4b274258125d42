from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ImportsConfig(AppConfig):
    name = "foundation.imports"
    label = "imports"
    verbose_name = "数据导入"

    def ready(self) -> None:
        """Collect the registers that can be imported: each app's ``importing.py``."""
        autodiscover_modules("importing")
