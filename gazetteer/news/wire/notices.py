"""Withdrawals and corrections that a source writes into its copy, because its format has no place for them.

Agencies head a corrected version “CORRECTED-…” and say in brackets before the text what was wrong (“(Corrects name in
paragraph 3)”); a killed story comes again, or under an id of its own, headed “KILL: …”. Only these fixed forms count:
“Kill Bill turns 20” is a story.
"""

import re
from dataclasses import dataclass, replace

from gazetteer.news.models import Correction
from gazetteer.news.wire.item import CleanCopy
from gazetteer.web.markup import text_of

WITHDRAWN = re.compile(
    r"^(?:(?:MANDATORY |STORY )?KILL(?:ED)?|(?:STORY )?WITHDRAWN|(?:MANDATORY )?ELIMINATION|RETRACTED)\s*[:–—-]\s*"
)
WORDS = "CORRECTED|CORRECTION|CLARIFIED|CLARIFICATION|Corrected|Correction|Clarification"
HEADED = re.compile(rf"^(?P<what>{WORDS})\s*[:–—-]\s*")
SAYS = r"(?P<what>Correct|Clarif)(?:s|ies|ing|ying|ion:|ication:)\s.{3,500}?"
IN_BRACKETS = re.compile(rf"^[(\[](?P<said>{SAYS})[)\]]\s*$", re.S)
IN_FRONT = re.compile(r"^(?P<what>Correct|Clarif)(?:ion|ication):\s(?P<said>.{10,800})$", re.S)
LOOKED_AT = 2
"""Blocks at the beginning in which what was put right may stand."""


@dataclass(frozen=True)
class Told:
    """What a version says was put right in it: the kind of correction, and the words; none: only that it was."""

    kind: str
    words: str = ""


def withdrawn(headline: str) -> str | None:
    """The headline of the story that is taken back; None if this is no withdrawal."""
    found = WITHDRAWN.match(headline)
    return headline[found.end() :].strip() if found else None


def put_right(copy: CleanCopy) -> tuple[CleanCopy, Told | None]:
    """The copy without what is said of the correction, and that; as it was, and None, if nothing is said."""
    headed = HEADED.match(copy.headline)
    if headed:
        copy = replace(copy, headline=copy.headline[headed.end() :].strip())
    said = told_in(copy.lead)
    if said:
        copy = replace(copy, lead="")
    for number, block in enumerate(copy.blocks[: 0 if said else LOOKED_AT]):
        if block.kind == "paragraph" and (said := told_in(text_of(block.value))):
            copy = replace(copy, blocks=[*copy.blocks[:number], *copy.blocks[number + 1 :]])
            break
    if said is None and headed:
        said = Told(kind_of(headed["what"]))
    return copy, said


def told_in(text: str) -> Told | None:
    found = IN_BRACKETS.match(text.strip()) or IN_FRONT.match(text.strip())
    return Told(kind_of(found["what"]), found["said"].strip()) if found else None


def kind_of(word: str) -> str:
    return Correction.Kind.CLARIFICATION if word.casefold().startswith("clari") else Correction.Kind.CORRECTION
