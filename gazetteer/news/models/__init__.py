"""What the newsroom keeps: sections, authors, stories and what hangs on them, and the rows derived from them."""

from gazetteer.news.models.article import Article, Byline, Correction
from gazetteer.news.models.author import Author
from gazetteer.news.models.breaking import Breaking
from gazetteer.news.models.cluster import Anchor, Apart, Cluster, Telling
from gazetteer.news.models.derived import OldAddress, StoryRow
from gazetteer.news.models.desk import DeskFile, Related
from gazetteer.news.models.removal import Removal
from gazetteer.news.models.section import Section, SectionCard
from gazetteer.news.models.storyline import Storyline
from gazetteer.news.models.tag import Tag, TaggedArticle
from gazetteer.news.wire.models import Incoming, RawItem, Source

__all__ = [
    "Anchor",
    "Apart",
    "Article",
    "Author",
    "Breaking",
    "Byline",
    "Cluster",
    "Correction",
    "DeskFile",
    "Incoming",
    "OldAddress",
    "RawItem",
    "Related",
    "Removal",
    "Section",
    "SectionCard",
    "Source",
    "StoryRow",
    "Storyline",
    "Tag",
    "TaggedArticle",
    "Telling",
]
