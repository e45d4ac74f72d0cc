"""What the log keeps of the newsroom, and which keys a rendering notes for what it reads.

`article:5`           the story with its names, tags and corrections; `article:5:card` what of it a card in a list shows
`section:5`           a section, what was set at its top by hand; `sections:all` what names and tree show of any
`stories:5:<hour>`    which stories stand in a section, by the hour they carry (`changes/spans.py`)
`by:5:<hour>`         those of an author; `tagged:5:<hour>` those under a tag; `shown:all:<hour>` all of them
`author:5`, `tag:5`   the author, the tag; `authors:all`, `tags:all` what stories show of any that was there before
`storyline:5`         the running story; `of:5:<hour>` which stories stand in it;
                      `storylines:all` what stories show of any that was there before
`corrections:all`     which corrections there are; `removals:all` which stories went; `carried:all` which may be fed on
`related:all`         which of the stories that editors set under others are shown
"""

from django.db.models import Model

from gazetteer.changes.spans import hour_sql
from gazetteer.changes.watching import Key, watch
from gazetteer.news.models import (
    Article,
    Author,
    Breaking,
    Byline,
    Cluster,
    Correction,
    OldAddress,
    Related,
    Removal,
    Section,
    SectionCard,
    Storyline,
    StoryRow,
    Tag,
    TaggedArticle,
    Telling,
)

CARD = (
    "headline", "lead", "slug", "address_date", "published_at", "shown_at", "section_id", "language",
    "picture_id", "picture_caption", "picture_credit",
)  # fmt: skip
"""Columns that cards and lines of lists show."""

OF_THE_DESK = (
    "latest_revision_id", "live_revision_id", "has_unpublished_changes", "locked", "locked_at", "locked_by_id",
    "first_published_at", "last_published_at", "go_live_at", "expired", "small_change", "note_to_desk", "feed",
    "external_id", "withdrawal_notice", "withdrawn_at", "created_at", "changed_at", "draft_base", "conflicts",
    "imported", "headline_key", "source_id", "rights", "for_engines",
)  # fmt: skip
"""Columns of a story that its page does not show; a notice in its place is no page that is kept."""

LABEL = ("name", "names_by_lang", "address", "path", "depth", "deleted_at")
"""Columns of a section that other pages show."""


def by_hour(kind: str, owner: str, column: str, columns: tuple[str, ...] = ()) -> Key:
    """A list sorted by a moment, where it is one."""
    sqlite, postgres = (f"{owner} || ':' || {hour_sql('{row}.' + column, db)}" for db in ("sqlite", "postgresql"))
    return Key(kind, sqlite, postgres, columns=columns, optional=True, widens=True)


def shown_story(column: str) -> str:
    """SQL: the row's story is one that visitors read."""
    found = f"SELECT 1 FROM news_article a WHERE a.id = {{row}}.{column} AND a.shown_at IS NOT NULL"  # noqa: S608 (ours)
    return f"EXISTS ({found})"


watch(
    Article,
    Key("article", "{row}.id || ':card'", columns=CARD, widens=True),
    Key("article", events=("update",)),
    by_hour("shown", "'all'", "shown_at", columns=("shown_at",)),
    by_hour("of", "{row}.storyline_id", "shown_at", columns=("shown_at", "storyline_id")),
    Key("carried", "'all'", columns=("carried",), events=("update",)),
    Key(
        "related",
        "CASE WHEN EXISTS (SELECT 1 FROM news_related r WHERE r.story_id = {row}.id) THEN 'all' END",
        columns=("shown_at",),
        optional=True,
    ),
    Key(
        "corrections",
        "CASE WHEN EXISTS (SELECT 1 FROM news_correction c WHERE c.article_id = {row}.id) THEN 'all' END",
        columns=("shown_at",),
        optional=True,
    ),
    hidden=OF_THE_DESK,
    visible="{row}.shown_at IS NOT NULL",
)
watch(
    Byline,
    by_hour("by", "{row}.author_id", "shown_at", columns=("shown_at", "author_id", "article_id")),
    Key("article", "{row}.article_id"),
    visible="{row}.shown_at IS NOT NULL",
)
watch(
    TaggedArticle,
    by_hour("tagged", "{row}.tag_id", "shown_at", columns=("shown_at", "tag_id", "content_object_id")),
    Key("article", "{row}.content_object_id"),
    visible="{row}.shown_at IS NOT NULL",
)
watch(
    Correction,
    Key("article", "{row}.article_id"),
    Key("corrections", "'all'"),
    hidden=("by_id",),
    visible=shown_story("article_id"),
)
watch(StoryRow, by_hour("stories", "{row}.section_id", "published_at"))
watch(
    Section,
    Key("section"),
    Key("sections", "'all'", columns=LABEL),
    hidden=("numchild", "created_at", "changed_at"),
)
watch(SectionCard, Key("section", "{row}.section_id"))
watch(
    Author,
    Key("author"),
    Key("authors", "'all'", columns=("name", "slug", "deleted_at"), events=("update", "delete")),
    hidden=("user_id", "created_at"),
)
watch(Tag, Key("tag"), Key("tags", "'all'", events=("update", "delete")))
watch(OldAddress)
watch(Removal, Key("removals", "'all'"), hidden=("reason", "arrived_at", "by_id", "source_id", "why"))
watch(
    Storyline,
    Key("storyline"),
    Key("storylines", "'all'", columns=("name", "slug", "deleted_at"), events=("update", "delete")),
    hidden=("created_at",),
)
watch(Related, Key("article", "{row}.article_id"), visible=shown_story("article_id"))
watch(Breaking)
watch(Removal, hidden=("reason", "arrived_at", "by_id"))
watch(Telling, visible="{row}.article_id IS NOT NULL", hidden=(
    "shingles", "slots", "headline_words", "headline_facts", "looked_at", "version", "words", "by_desk", "incoming_id",
))  # fmt: skip
watch(Cluster, hidden=("changed_at", "made_at", "size"))
others: type[Model] = Article.other_sections.through
watch(others, visible=shown_story("article_id"))
