"""What publishing a draft may change, when a machine changed the story in the meantime.

An import, the wire or a shell writes to the published row; a draft begun before still carries the old text. So when
a draft is begun, the row's columns are kept beside it (`draft_base`), and publishing compares three ways:

* changed in the draft alone: the draft's text is published;
* changed in the row alone: the row keeps it, whatever the draft says;
* changed in both: the row keeps it, and the conflict is written down and shown to the desk with both texts. An editor
  who wants the draft's words puts them in again, now knowing the other.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from gazetteer.news.models import Article

Columns = dict[str, Any]

BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
WAGTAIL_COLUMNS = frozenset(
    {
        "live", "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision", "expired",
        "go_live_at", "expire_at", "latest_revision", "locked", "locked_at", "locked_by",
    }
)  # fmt: skip
NOT_TEXT = frozenset({"pk", "id", "small_change", *Article.KEPT, *WAGTAIL_COLUMNS})


def columns_of(article: Article) -> Columns:
    """The story as a revision would store it: plain JSON values by column name."""
    return plain(article.serializable_data())


def plain(data: Any) -> Columns:
    return json.loads(json.dumps(data, cls=DjangoJSONEncoder))


def remember_base(article: Article) -> None:
    """Before a draft is saved: keep what the row says, if this is where the draft begins.

    While a story is not live, the desk writes its row together with the draft, so the row is always where it begins.
    """
    row = Article.objects.filter(pk=article.pk).first()
    if row is None or (row.live and row.has_unpublished_changes and row.draft_base is not None):
        return
    article.draft_base = columns_of(row)
    Article.objects.filter(pk=article.pk).update(draft_base=article.draft_base)


def merge(row: Article, draft: Columns) -> tuple[Columns, list[dict[str, Any]]]:
    """What to publish of `draft` onto `row`, and the conflicts: columns that both the draft and a machine changed."""
    now, base = columns_of(row), row.draft_base
    if base is None:
        return dict(draft), []
    merged, conflicts = dict(draft), []
    for name in draft.keys() & now.keys() - NOT_TEXT:
        same = comparer(name)
        if same(now[name], base.get(name)) or same(now[name], draft[name]):
            continue
        merged[name] = now[name]
        if not same(draft[name], base.get(name)):
            conflicts.append(conflict(name, draft[name], now[name]))
    return merged, sorted(conflicts, key=lambda each: str(each["column"]))


def conflict(name: str, draft: Any, kept: Any) -> dict[str, Any]:
    return {"column": name, "draft": draft, "kept": kept, "at": timezone.now().isoformat(timespec="seconds")}


def pending(row: Article, revision_content: Columns) -> list[dict[str, Any]]:
    """The conflicts that publishing this revision now would have."""
    return merge(row, revision_content)[1]


def comparer(name: str) -> Callable[[Any, Any], bool]:
    """How two values of a column are told apart: the order of authors counts, the ids of rows and blocks do not."""
    views: dict[str, Callable[[Any], Any]] = {
        "body": lambda value: without_ids(json.loads(value) if isinstance(value, str) and value else value or []),
        "bylines": lambda rows: [row["author"] for row in sorted(rows or [], key=lambda row: row["position"] or 0)],
        "tagged": lambda rows: {row["tag"] for row in rows or []},
        "other_sections": lambda ids: set(ids or []),
        "related": lambda rows: [row["story"] for row in sorted(rows or [], key=lambda row: row["position"] or 0)],
        "desk_files": lambda rows: sorted((row["document"], row["note"]) for row in rows or []),
    }
    view = views.get(name, lambda value: value)
    return lambda one, other: view(one) == view(other)


def without_ids(value: Any) -> Any:
    """Text blocks without what the desk's editor adds when it only opens and saves them: numbers of blocks and rows."""
    if isinstance(value, dict):
        return {key: without_ids(part) for key, part in value.items() if key != "id"}
    if isinstance(value, str):
        return BLOCK_KEY.sub("", value).replace("<br/>", "<br>")
    return [without_ids(part) for part in value] if isinstance(value, list) else value
