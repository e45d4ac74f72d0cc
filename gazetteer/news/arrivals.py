"""What an import or feed brings again, against what it brought last and what an editor has made of it since."""

from collections.abc import Mapping
from typing import Any

from gazetteer.news import drafts
from gazetteer.news.models import Article


def compare(article: Article, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, Any, Any]]]:
    """Columns to change, and those to keep as (column, ours, theirs), because an editor has rewritten them.

    `values` are plain, as `Article.imported` keeps them. A column that says what it said last is in neither.
    """
    last, now = article.imported or {}, drafts.columns_of(article)
    changes: dict[str, Any] = {}
    kept = []
    for name, value in values.items():
        same = drafts.comparer(name)
        if same(value, last.get(name)):
            continue
        if same(now[name], last.get(name)):
            changes[name] = value
        elif not same(now[name], value):
            kept.append((name, now[name], value))
    return changes, kept
