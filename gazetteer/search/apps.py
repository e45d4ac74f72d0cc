from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    name = "gazetteer.search"
    verbose_name = "Search"

    def ready(self) -> None:
        autodiscover_modules("search")  # each subject's search.py registers what it can find
