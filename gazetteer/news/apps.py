from typing import Any

from django.apps import AppConfig


def compose_approval(**_signal: Any) -> None:
    from gazetteer.news import actions

    actions.compose_approval()


class NewsConfig(AppConfig):
    name = "gazetteer.news"
    verbose_name = "News"

    def ready(self) -> None:
        from gazetteer.accounts.policy import describe
        from gazetteer.accounts.roles import roles_filled
        from gazetteer.news import moments, parts, search, sitemaps, triggers  # noqa: F401  (they register what they do)
        from gazetteer.news.models import Article, Section

        describe(Section, parts=parts.parts_of_section, within=parts.sections_within)
        describe(Article, parts=parts.parts_of_article, within=parts.articles_within)
        roles_filled.connect(compose_approval, dispatch_uid="gazetteer-approval-of-stories")
