"""Every check in turn, with what was left out and why: what `make test` runs.

A failing step does not stop the later ones, so that one run shows all that is wrong. With `REQUIRE_ALL=1` a step left
out for want of a tool counts as failed.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests import tools

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Step:
    """One command: what it shows, what it needs, and what it finds in its environment."""

    name: str
    command: tuple[str, ...]
    needs: tuple[tools.Tool, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    step: Step
    seconds: float = 0
    failed: bool = False
    left_out: str = ""

    def line(self) -> str:
        state = f"left out: {self.left_out}" if self.left_out else "FAILED" if self.failed else "ok"
        return f"  {self.step.name:<28}{self.seconds:>7.1f} s  {state}"


def admin_templates() -> tuple[str, ...]:
    """Templates in Django's language: the desk's and the mails'. The public site's Jinja2 is not for djade."""
    return tuple(sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("gazetteer/**/templates/**/*.html")))


def python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, *arguments)


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(BIN / name), *arguments)


def all_steps() -> list[Step]:
    migrations = ("-m", "django", "makemigrations", "--check", "--dry-run", "--settings=gazetteer.settings")
    pytest = ("-m", "pytest", "-q")
    postgres = {"TEST_DATABASE": "postgres"}
    browser = (tools.CHROMIUM, tools.JAVA, tools.NU)
    return [
        Step("ruff: lint", tool("ruff", "check", ".")),
        Step("ruff: format", tool("ruff", "format", "--check", ".")),
        Step("djade: admin templates", tool("djade", "--target-version", "5.2", "--check", *admin_templates())),
        Step("import-linter: layers", tool("lint-imports", "--no-logo")),
        Step("mypy: types", tool("mypy")),
        Step("migrations match models", python(*migrations)),
        Step("pytest on SQLite", python(*pytest, "-m", "not browser")),
        Step("pytest on PostgreSQL", python(*pytest, "-m", "not browser"), (tools.POSTGRES,), postgres),
        Step("pytest: browser, axe, Nu", python(*pytest, "-m", "browser", "tests"), browser),
    ]


def run(step: Step) -> Outcome:
    if lacking := tools.missing(*step.needs):
        why = "; ".join(f"no {one.name} ({one.get_it})" for one in lacking)
        return Outcome(step, failed=tools.all_required(), left_out=why)
    print(f"\n== {step.name}", flush=True)
    began = time.monotonic()
    result = subprocess.run(step.command, cwd=ROOT, env=os.environ | dict(step.env))
    return Outcome(step, time.monotonic() - began, failed=result.returncode != 0)


def chosen(steps: list[Step], words: list[str]) -> list[Step]:
    """Steps whose name holds one of the words; all of them without words."""
    return [step for step in steps if not words or any(word in step.name for word in words)]


def main() -> int:
    steps = chosen(all_steps(), sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="gazetteer-home-") as home:  # mypy and Django load the settings
        os.environ["GAZETTEER_HOME"] = home
        outcomes = [run(step) for step in steps]
    print("\nChecks\n" + "\n".join(outcome.line() for outcome in outcomes))
    print(f"  {'all':<28}{sum(outcome.seconds for outcome in outcomes):>7.1f} s", flush=True)
    return int(any(outcome.failed for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
