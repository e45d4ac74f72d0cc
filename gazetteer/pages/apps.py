from importlib import import_module

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "gazetteer.pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        import_module("gazetteer.pages.side")  # registers what fills the side column
