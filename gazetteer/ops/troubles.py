"""Errors of the machine, the database or ourselves, told as one sentence that says what to do next."""

import errno
import sqlite3

import psycopg
from django.conf import settings
from django.db import DatabaseError

OF_DATABASES = (DatabaseError, sqlite3.Error, psycopg.Error)  # the last two where we speak to the database itself
NOT_SAVED = "Nothing of this step was kept."
SENTENCES = {
    errno.ENOSPC: "The disk is full: {}. " + NOT_SAVED + " Make room and run the command again.",
    errno.EDQUOT: "The disk quota is used up: {}. " + NOT_SAVED + " Make room and run the command again.",
    errno.ENOENT: "There is no such file: {}.",
    errno.EISDIR: "{} is a folder; name a file.",
    errno.EACCES: "May not read or write {}. Run the command as the user who owns the site's folder.",
    errno.EPERM: "May not read or write {}. Run the command as the user who owns the site's folder.",
    errno.EROFS: "{} is on a disk that cannot be written to.",
    errno.EADDRINUSE: "The port is taken by another program. Choose another with --port.",
}


def sentence(error: Exception) -> str:
    if isinstance(error, OF_DATABASES):
        return of_database(error)
    if isinstance(error, OSError) and error.errno in SENTENCES:
        return SENTENCES[error.errno].format(error.filename or settings.HOME)
    return (
        f"Unexpected: {type(error).__name__}: {error}. This is a fault of the program; "
        "run the command again with --traceback and send us what it prints."
    )


def of_database(error: Exception) -> str:
    text = " ".join(str(error).split())
    known = (
        ("disk is full", "The disk is full. " + NOT_SAVED + " Make room and run the command again."),
        ("database is locked", "Another program held the database for too long. Run the command again."),
        ("unable to open", f"The database {database_name()} cannot be opened. Is its folder there and writable?"),
        ("readonly", f"The database {database_name()} may only be read. Run the command as its owner."),
        ("no such table", f"The database lacks a table ({text}). Run `gazetteer upgrade`."),
        ("does not exist", f"The database does not have what it should ({text}). Run `gazetteer upgrade`."),
        ("connection", f"The database cannot be reached: {text}. See DATABASE_URL."),
        ("malformed", f"The database is damaged: {text}. Stop the site and restore the last backup."),
        ("not a database", f"{database_name()} is not a database. Stop the site and restore the last backup."),
    )
    for mark, told in known:
        if mark in text:
            return told
    return f"The database refused: {text}."


def database_name() -> str:
    return str(settings.DATABASES["default"]["NAME"])
