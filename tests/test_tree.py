"""What is in the repository, whoever wrote it: nothing of one machine, nothing unfinished, nothing lost on the way."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Put together here, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile(r"(?<![\w./-])/(?:" + "|".join(("wor" + "k", "far" + "m", "roo" + "t/")) + r")\b")
INDEX_HOSTS = re.compile(r"py" + r"pi\.org|files\.python" + r"hosted|registry\.np" + r"mjs|deb\.deb" + r"ian\.org")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
UNREASONED = re.compile(
    r"# no" + r"qa\s*$|# no" + r"qa: [A-Z0-9, ]+$|# type: ig" + r"nore\s*$|except:\s*$", re.MULTILINE
)
MOST_ROOT_ENTRIES = 17


@cache
def tracked() -> tuple[str, ...]:
    """Names of all files that git keeps, from the root."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not in a git checkout, so there is no list of what is kept")
    return tuple(name for name in listed.stdout.split("\0") if name and (ROOT / name).exists())


def texts() -> list[tuple[str, str]]:
    """(name, text) of all files that are text."""
    found = []
    for name in tracked():
        try:
            found.append((name, (ROOT / name).read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def places(pattern: re.Pattern[str], only: str = "") -> list[str]:
    """`file:line: text` of everything that matches."""
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for name, text in texts()
        if name.endswith(only)
        for match in pattern.finditer(text)
    ]


def test_no_path_of_one_machine_is_in_the_tree() -> None:
    assert places(MACHINE_PATHS) == []


def test_no_package_index_is_named_in_the_tree() -> None:
    assert places(INDEX_HOSTS) == []


def test_nothing_is_marked_as_unfinished() -> None:
    assert places(UNFINISHED) == []


def test_every_exception_to_a_rule_of_lint_or_types_has_its_reason() -> None:
    assert places(UNREASONED, ".py") == []


def test_the_root_can_be_read_at_a_glance() -> None:
    entries = {name.split("/")[0] for name in tracked()}
    assert len([entry for entry in entries if not entry.startswith(".")]) <= MOST_ROOT_ENTRIES, sorted(entries)


def test_the_readme_says_what_every_entry_of_the_root_is() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    entries = {name.split("/")[0] + ("/" if "/" in name else "") for name in tracked()} - {".gitignore", "README.md"}
    assert [entry for entry in sorted(entries) if f"`{entry}" not in readme] == []


def test_links_between_documents_lead_somewhere() -> None:
    link = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
    dead = [
        f"{name}: {target}"
        for name, text in texts()
        if name.endswith(".md")
        for target in link.findall(text)
        if not (ROOT / name).parent.joinpath(target).exists()
    ]
    assert dead == []


def test_the_changelog_has_a_part_for_what_is_not_yet_released() -> None:
    assert "\n## Not yet released\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_requirements_are_pinned_with_hashes() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = re.findall(r"^([a-z0-9][\w.\[\]-]*)(.*)$", text, re.MULTILINE | re.IGNORECASE)
        assert len(pinned) > 20
        assert [package for package, rest in pinned if not re.fullmatch(r"==\S+ \\", rest)] == []
        assert text.count("--hash=sha256:") >= len(pinned)
