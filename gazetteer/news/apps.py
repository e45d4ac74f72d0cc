from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save


def compose_approval(**_signal: Any) -> None:
    from gazetteer.news import actions

    actions.compose_approval()


RIGHTS = {"takes", "excerpt_words", "takes_pictures", "territories", "keep_days", "carry_on", "engines",
          "canonical_to_original"}  # fmt: skip


def watch_rights(instance: Any, update_fields: Any = None, raw: bool = False, **_signal: Any) -> None:
    """A source was saved at the desk: its stories are looked at now, and then every night."""
    from gazetteer.news import rights

    if not raw and (update_fields is None or RIGHTS & set(update_fields)):
        rights.watch(instance)


class NewsConfig(AppConfig):
    name = "gazetteer.news"
    verbose_name = "News"

    def ready(self) -> None:
        from gazetteer.accounts.policy import describe
        from gazetteer.accounts.roles import roles_filled
        from gazetteer.news import breaking, moments, parts, sitemaps, triggers  # noqa: F401  (they register)
        from gazetteer.news.models import Article, Section, Source
        from gazetteer.news.wire import tasks  # noqa: F401  (as above)
        from gazetteer.news.wire.formats import own
        from gazetteer.web import plugins

        plugins.register(own)
        describe(Section, parts=parts.parts_of_section, within=parts.sections_within)
        describe(Article, parts=parts.parts_of_article, within=parts.articles_within)
        post_save.connect(watch_rights, sender=Source, dispatch_uid="gazetteer-rights-of-sources")
        roles_filled.connect(compose_approval, dispatch_uid="gazetteer-approval-of-stories")
