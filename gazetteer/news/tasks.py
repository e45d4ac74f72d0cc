"""What the newsroom does in the background, after a write."""

from django_tasks import task

from gazetteer.news import social_cards
from gazetteer.news.models import Article


@task(priority=-5)  # after what somebody waits for
def draw_card(pk: int) -> str:
    """The card of a story that was published; done again it does nothing."""
    article = Article.objects.select_related("section").filter(pk=pk).first()
    return social_cards.update(article) if article is not None else ""
