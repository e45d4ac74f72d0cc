from importlib import import_module

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "gazetteer.pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        from gazetteer.pages.models import SiteSettings
        from gazetteer.web import brand, zone

        import_module("gazetteer.pages.shared")
        import_module("gazetteer.pages.side")  # registers what fills the side column
        import_module("gazetteer.pages.sitemaps")  # and what search engines may know of
        brand.provide(lambda: SiteSettings.current().brand)
        zone.provide(lambda: SiteSettings.current().zone)
