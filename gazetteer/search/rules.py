"""What editors laid down, read for one search: one small query, so that it holds from the next search on."""

from collections.abc import Iterable
from functools import lru_cache

from django.db import connection

from gazetteer.search.engines import analysis
from gazetteer.search.engines.base import NO_RULES, Rules, Schema
from gazetteer.search.models import Boost

BOOSTED = {Boost.By.KIND: "kind", Boost.By.CATEGORY: "category", Boost.By.FEATURED: "featured"}
"""The fields of the index by which results can be put before others."""

FEATURED = "yes"
Row = tuple[str, str, str, str]


def key(text: str) -> str:
    """A search as it is compared with another: its words, folded."""
    return " ".join(analysis.words(text))


def for_search(text: str, schema: Schema) -> Rules:
    """The rules that a search for these words needs."""
    rows = sorted(read(key(text)))
    if not rows:
        return NO_RULES
    fields = {"kind", *(each.name for each in schema.fields)}
    return Rules(
        synonyms=synonyms((words, instead) for what, words, instead, _ in rows if what == "synonym"),
        stop_words=stop_words(word for what, word, _, _ in rows if what == "stop"),
        pinned=tuple(document for what, _position, document, _ in rows if what == "pin"),
        boosts={
            (BOOSTED[Boost.By(by)], value or FEATURED): float(factor)
            for what, by, value, factor in rows
            if what == "boost" and BOOSTED[Boost.By(by)] in fields
        },
    )


READ = """
SELECT 'synonym', words, instead, '' FROM search_synonym
UNION ALL SELECT 'stop', word, '', '' FROM search_stopword
UNION ALL SELECT 'boost', "by", value, factor FROM search_boost
UNION ALL SELECT 'pin', CAST(position + 100000 AS CHAR(6)), document, '' FROM search_pin WHERE "key" = %s
"""
"""Written out: it is read with every search, and the ORM takes longer to write it than the database to answer."""


def read(words: str) -> list[Row]:
    """(what, and three texts that say it), of all that may matter to a search for `words`."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [words])
        found: list[Row] = cursor.fetchall()
    return found


def synonyms(sets: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """For each word what may stand instead: the others of its set, or only those it leads to."""
    found: dict[str, tuple[str, ...]] = {}
    for words, instead in sets:
        own, others = parts(words), parts(instead)
        for word in own:
            also = others or tuple(other for other in own if other != word)
            found[word] = tuple(dict.fromkeys([*found.get(word, ()), *also]))
    return found


@lru_cache(maxsize=5_000)
def parts(text: str) -> tuple[str, ...]:
    """The words or groups of words between commas, as they are compared."""
    return tuple(dict.fromkeys(folded for part in text.replace("،", ",").split(",") if (folded := key(part))))


def stop_words(words: Iterable[str]) -> frozenset[str] | None:
    """Those of the editors beside those that are known already; None where there are none of theirs."""
    own = frozenset(folded for word in words for folded in analysis.words(word))
    return analysis.STOP_WORDS | own if own else None
