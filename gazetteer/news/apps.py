from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "gazetteer.news"
    verbose_name = "News"
