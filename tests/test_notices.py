"""Whose work is in the repository: the licence is the exact text, and every file from elsewhere is named."""

import hashlib
import re
from fnmatch import fnmatch
from pathlib import Path

from tests.test_tree import ROOT, tracked

# The text as the Free Software Foundation publishes it.
AGPL_3 = "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"
# Kinds of file that are seldom written by hand, so that somebody else may have made them.
FROM_ELSEWHERE = {
    ".woff2",
    ".woff",
    ".ttf",
    ".otf",
    ".gz",
    ".json",
    ".geojson",
    ".topojson",
    ".csv",
    ".jpg",
    ".png",
    ".webp",
}
TOOLING = {"tests/package.json", "tests/package-lock.json"}


def notices() -> str:
    return (ROOT / "NOTICE.md").read_text(encoding="utf-8")


def patterns() -> list[str]:
    """What NOTICE.md names: files, patterns with `*`, or folders ending in `/`."""
    return [name + ("*" if name.endswith("/") else "") for name in re.findall(r"`([\w./*-]+/[\w./*-]*)`", notices())]


def test_the_licence_is_the_exact_text_of_the_agpl_version_3() -> None:
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == AGPL_3


def test_every_file_that_may_be_somebody_elses_is_named_in_the_notices() -> None:
    named = patterns()
    suspects = [name for name in tracked() if Path(name).suffix in FROM_ELSEWHERE and name not in TOOLING]
    assert suspects, "the typefaces and the demo's listings at least"
    assert [name for name in suspects if not any(fnmatch(name, pattern) for pattern in named)] == []


def test_what_the_notices_name_is_there() -> None:
    named = [pattern for pattern in patterns() if pattern.startswith(("gazetteer/", "docs/", "tests/"))]
    assert named
    assert [pattern for pattern in named if not any(fnmatch(name, pattern) for name in tracked())] == []


def test_the_licences_that_ask_for_it_are_given_in_full() -> None:
    text = notices()
    for sentence in (
        "Copyright 2026, name-suggestion-index contributors",
        "Neither the name of the copyright holder nor the names of its contributors",
        "Copyright (c) iD Contributors",
        "Copyright (c) 2020- Mike Borsetti",
        "The above copyright notice and this permission notice shall be included in",
    ):
        assert sentence in text
    assert "SIL OPEN FONT LICENSE Version 1.1" in (ROOT / "gazetteer/web/static/web/fonts/OFL.txt").read_text("utf-8")
