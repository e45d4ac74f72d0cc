from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "gazetteer.news"
    verbose_name = "News"

    def ready(self) -> None:
        from gazetteer.accounts.policy import describe
        from gazetteer.news import moments, parts, triggers  # noqa: F401  (they register what they do)
        from gazetteer.news.models import Article, Section

        describe(Section, parts=parts.parts_of_section, within=parts.sections_within)
        describe(Article, parts=parts.parts_of_article, within=parts.articles_within)
