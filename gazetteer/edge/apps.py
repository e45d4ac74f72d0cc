from django.apps import AppConfig


class EdgeConfig(AppConfig):
    name = "gazetteer.edge"
    verbose_name = "Saved pages"
