from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    name = "gazetteer.search"
    verbose_name = "Search"

    def ready(self) -> None:
        # What each subject's documents.py puts into the index, and by what its finding.py says people narrow it.
        autodiscover_modules("documents", "finding")
