"""Withdrawals and corrections that stand in the copy itself are found, and nothing else is taken for one."""

import pytest

from gazetteer.news.wire import notices
from gazetteer.news.wire.item import CleanBlock, CleanCopy
from gazetteer.news.wire.notices import Told


@pytest.mark.parametrize(
    ("headline", "story"),
    [
        ("KILL: Ferry sinks", "Ferry sinks"),
        ("MANDATORY KILL - Ferry sinks", "Ferry sinks"),
        ("STORY WITHDRAWN: Ferry sinks", "Ferry sinks"),
        ("Kill Bill turns 20", None),
        ("Killed: five in crash", None),
        ("WITHDRAWN troops come home", None),
    ],
)
def test_a_withdrawal_is_known_by_its_fixed_forms(headline: str, story: str | None) -> None:
    assert notices.withdrawn(headline) == story


@pytest.mark.parametrize(
    ("headline", "first", "told"),
    [
        ("CORRECTED-Ferry sails", "(Corrects name of board in paragraph 3)",
         Told("correction", "Corrects name of board in paragraph 3")),
        ("Ferry sails", "Correction: An earlier version had the wrong day.",
         Told("correction", "An earlier version had the wrong day.")),
        ("Ferry sails", "(Clarifies that fares stay)", Told("clarification", "Clarifies that fares stay")),
        ("CORRECTED: Ferry sails", "The ferry sails.", Told("correction")),
        ("Ferry sails", "Correct change is needed on board.", None),
        ("Ferry sails", "(Reuters) The ferry sails.", None),
    ],
)  # fmt: skip
def test_what_was_put_right_is_set_apart_from_the_copy(headline: str, first: str, told: Told | None) -> None:
    copy = CleanCopy(headline=headline, blocks=[CleanBlock("paragraph", first), CleanBlock("paragraph", "More.")])
    clean, found = notices.put_right(copy)
    assert found == told
    assert clean.headline == "Ferry sails"
    kept = [block.value for block in clean.blocks]
    assert kept == (["More."] if told and told.words else [first, "More."])
    assert len(copy.blocks) == 2, "the copy itself is left as it was"
