"""A source that fails or falls silent says so once, and once more when it is well again."""

import logging

from gazetteer.news.wire.models import Source
from gazetteer.news.wire.signals import source_alarm

logger = logging.getLogger(__name__)

TOLD_AT = frozenset({3, 10, 50})
"""Failures in a row: once is nothing, and what is told at every try is soon read by nobody."""


def failing(source: Source, failures: int, sentence: str) -> None:
    logger.warning("The source %s failed %s times in a row: %s", source, failures, sentence)
    if failures in TOLD_AT:
        send(source, "failing", sentence)


def silent(source: Source, sentence: str) -> None:
    logger.warning("The source %s has fallen silent: %s", source, sentence)
    send(source, "silent", sentence)


def send(source: Source, kind: str, sentence: str) -> None:
    for listener, answer in source_alarm.send_robust(sender=Source, source=source, kind=kind, sentence=sentence):
        if isinstance(answer, Exception):
            logger.error("The alarm %s failed: %s", listener, answer)
