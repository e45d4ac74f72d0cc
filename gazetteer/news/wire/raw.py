"""What came, as it came: compressed, and for no longer than its rights allow, so that it can be read again."""

import hashlib
from datetime import datetime, timedelta

import zstandard
from django.utils import timezone

from gazetteer.news.wire.item import WireItem
from gazetteer.news.wire.models import RawItem, Source

LEVEL = 9
LARGEST = 64 * 1024 * 1024
BATCH = 500


def keep(source: Source, format_name: str, data: bytes, address: str, now: datetime) -> RawItem:
    """The row of these bytes; the same bytes twice are one row, kept from the last time they came."""
    until = now + timedelta(days=source.raw_days)
    digest = hashlib.sha256(data).hexdigest()
    row, is_new = RawItem.objects.get_or_create(
        source=source,
        digest=digest,
        defaults={
            "format": format_name,
            "address": address[:1000],
            "payload": zstandard.ZstdCompressor(level=LEVEL).compress(data),
            "received_at": now,
            "keep_until": until,
        },
    )
    if not is_new and row.keep_until < until - timedelta(hours=12):
        RawItem.objects.filter(pk=row.pk).update(keep_until=until)
    return row


def data_of(row: RawItem) -> bytes:
    return zstandard.ZstdDecompressor().decompress(bytes(row.payload), max_output_size=LARGEST)


def raw_of(item: WireItem, document: bytes) -> bytes:
    """The document with only this item in it, or where that cannot be made the whole of it."""
    return item.raw or document


def tidy(now: datetime | None = None) -> int:
    """Delete what may be kept no longer; returns how many."""
    count = 0
    over = RawItem.objects.filter(keep_until__lt=now or timezone.now()).order_by("keep_until")
    while ids := list(over.values_list("pk", flat=True)[:BATCH]):
        count += RawItem.objects.filter(pk__in=ids).delete()[1].get("news.RawItem", 0)
    return count
