"""How long a story is, for those who write it."""

import re
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.html import strip_tags

WORDS_A_MINUTE = 230
CHARACTERS_A_MINUTE = 500
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, kana, Han. Their characters are counted."""

WORD = re.compile(r"\w+(?:[’'\-.]\w+)*")


@dataclass(frozen=True)
class Length:
    words: int
    minutes: int


def measure(text: str) -> Length:
    """Of plain text: words (of scripts without spaces, characters), and minutes to read it, at least one."""
    characters = len(UNSPACED.findall(text))
    words = len(WORD.findall(UNSPACED.sub(" ", text)))
    minutes = words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE
    return Length(words + characters, max(1, ceil(minutes)) if words + characters else 0)


def of_story(article: Any) -> Length:
    return measure("\n".join([article.lead, *(text_of(block.block, block.value) for block in article.body)]))


def text_of(block: Any, value: Any) -> str:
    """The words of a block as a reader sees them; not those of tables and of other sites."""
    if block.name in {"paragraph", "list"}:
        return strip_tags(value.source.replace("<", " <"))
    if block.name == "quote":
        return str(value["quote"])
    return str(value) if block.name == "heading" else ""
