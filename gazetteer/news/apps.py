from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "gazetteer.news"
    verbose_name = "News"

    def ready(self) -> None:
        from gazetteer.news import triggers  # noqa: F401  (declares its triggers)
