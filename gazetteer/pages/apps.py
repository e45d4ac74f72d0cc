from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "gazetteer.pages"
    verbose_name = "Pages"
