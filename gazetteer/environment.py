"""Reading settings from the environment, with errors a person can act on.

Every setting of the installation is one `Setting` row in `SETTINGS`; the same table makes `settings.py`,
the page `docs/use/settings.md` and `gazetteer settings`. Any value may also come from a file: with
`SECRET_KEY_FILE=/run/secrets/key` the file's text is the value, so secrets need not stand in the environment.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Setting:
    """One setting: its name in the environment, what it is when unset, how it is read, and what it is for."""

    name: str
    default: str
    read: Callable[[str], object]
    help: str


def text(value: str) -> str:
    return value.strip()


def flag(value: str) -> bool:
    known = {"1": True, "on": True, "yes": True, "true": True, "0": False, "off": False, "no": False, "false": False}
    try:
        return known[value.strip().lower()]
    except KeyError:
        raise ValueError("must be one of on, off, yes, no, true, false, 1, 0") from None


def whole_number(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise ValueError("must be a whole number") from None


def words(value: str) -> list[str]:
    return [word.strip() for word in value.split(",") if word.strip()]


SETTINGS = (
    Setting("GAZETTEER_HOME", "var", text, "Folder for the database, pictures, saved pages and backups."),
    Setting("DATABASE_URL", "", text, "postgres://user:password@host:port/name; empty: SQLite in GAZETTEER_HOME."),
    Setting("DEBUG", "off", flag, "Show errors with their details. Never on a live site."),
    Setting("SECRET_KEY", "", text, "Signs sessions and links; empty: made once and kept in GAZETTEER_HOME."),
    Setting("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]", words, "Host names that this site answers to, by comma."),
    Setting("SITE_URL", "http://127.0.0.1:8000", text, "The public address, used in mails, feeds and cards."),
    Setting("LANGUAGE", "en-gb", text, "Language of the site until its settings say otherwise."),
    Setting("TIME_ZONE", "UTC", text, "Time zone of the site until its settings say otherwise."),
    Setting(
        "TERRITORIES",
        "",
        words,
        "Codes of the countries that the paper is offered in, by comma, if others are kept out in front of it; "
        "copy whose rights do not cover them all is not shown. Empty: every country.",
    ),
    Setting("BEHIND_PROXY", "off", flag, "Trust X-Forwarded-Proto and -For from the proxy in front."),
    Setting("SECURE_HSTS_SECONDS", "0", whole_number, "How long browsers must insist on TLS; 0: not told."),
    Setting("EMAIL_URL", "", text, "smtp://user:password@host:587/?tls=on; empty: mails are only logged."),
    Setting("EMAIL_FROM", "", text, "Sender of the site's mails."),
    Setting(
        "BACKUP_DIR", "", text, "Where `gazetteer backup` writes when told no file; empty: GAZETTEER_HOME/backups."
    ),
    Setting("SEARCH_ENGINE", "embedded", text, "What answers searches: embedded, or an engine that a plug-in brings."),
    Setting("DATA_UPLOAD_MAX_MB", "64", whole_number, "Largest upload through a form, in megabytes."),
    Setting("GAZETTEER_EDGE", "on", flag, "Keep pages and answer from them; off: make every page anew."),
    Setting("SAVED_PAGES_MB", "4096", whole_number, "Most room for saved pages on disk, in megabytes."),
    Setting(
        "SAVED_PAGES_TAGS", "", text, "Header that tells a delivery network a page's keys: Surrogate-Key or Cache-Tag."
    ),
    Setting("CDN_SECONDS", "0", whole_number, "How long a delivery network may hold a page without asking; 0: not."),
    Setting(
        "WIRE_ALLOW",
        "",
        words,
        "Hosts of your own network where sources may stand, by comma, such as feeds.internal:8080; no other is asked.",
    ),
    Setting("WIRE_FOLDER", "", text, "Where folders of press releases stand; empty: GAZETTEER_HOME/wire."),
    Setting("LOG_LEVEL", "INFO", text, "DEBUG, INFO, WARNING or ERROR."),
)


def raw_value(name: str, environ: Mapping[str, str]) -> str | None:
    """The text set for `name`, from the variable itself or from the file that `NAME_FILE` names."""
    file = environ.get(f"{name}_FILE")
    if not file:
        return environ.get(name)
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE: cannot read {file} ({error.strerror}).") from error


def read_settings(environ: Mapping[str, str] = os.environ) -> dict[str, object]:
    """Every setting by name; raises ImproperlyConfigured naming the variable and what it must be."""
    values: dict[str, object] = {}
    for setting in SETTINGS:
        raw = raw_value(setting.name, environ)
        try:
            values[setting.name] = setting.read(setting.default if raw is None else raw)
        except ValueError as error:
            raise ImproperlyConfigured(f"{setting.name} {error}; it is set to {raw!r}.") from error
    return values


def database(url: str, home: Path) -> dict[str, object]:
    """Django's entry for `DATABASE_URL`: PostgreSQL by URL, else SQLite in `home`."""
    if not url:
        return sqlite(home / "gazetteer.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"DATABASE_URL must begin with postgres:// or sqlite://, not {parts.scheme}://.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or query.pop("host", "")),  # a folder too, where the server's socket is
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(path: Path) -> dict[str, object]:
    """SQLite with a write-ahead log; a transaction that writes takes its lock at once, and waits for it.

    Django's `transaction_mode` IMMEDIATE would make reads in a transaction take the write lock too, but we open
    transactions only to write, so it is what avoids the busy error of a lock upgraded half-way.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # Opening the file with its pragmas costs more than a page's queries; after a second it is opened anew, so that
        # a restored file in its place is found.
        "CONN_MAX_AGE": 1,
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-65536;"
                "PRAGMA mmap_size=1073741824;PRAGMA temp_store=MEMORY;PRAGMA recursive_triggers=ON;"
            ),
        },
    }


def email(url: str) -> dict[str, object]:
    """Django's mail settings for `EMAIL_URL`; empty: mails go to the log, so nothing is lost in silence."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"}:
        raise ImproperlyConfigured(f"EMAIL_URL must begin with smtp:// or smtps://, not {parts.scheme}://.")
    query = dict(parse_qsl(parts.query))
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and flag(query.get("tls", "on")),
        "EMAIL_TIMEOUT": 20,
    }


def secret_key(value: str, home: Path) -> str:
    """The operator's key, or one made at first use and kept readable by the owner alone."""
    if value:
        return value
    path = home / "secret_key"
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return keep_new_key(path)


def keep_new_key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process of the same first start was quicker
        return path.read_text(encoding="utf-8").strip()
    key = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(key)
    return key
