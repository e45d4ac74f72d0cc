"""One file per format: each turns the bytes of one document into plain items, and knows nothing of stories.

A format registers through the hook `wire_formats`, as a plug-in would (docs/extend/wire-formats.md). It fetches nothing
and stores nothing; what it cannot read it says with `NotReadable`, in a sentence for the desk.
"""

from collections.abc import Callable
from dataclasses import dataclass

from gazetteer.news.wire.item import WireDocument
from gazetteer.web import plugins


class NotReadable(ValueError):
    """The document is not what it should be; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Received:
    """A document as it came. `content_type` without parameters and `charset` as the other side said; `name` of a file.

    zone: of dates without one, where the document is a file of ours; feeds without a zone mean UTC.
    """

    data: bytes
    address: str = ""
    content_type: str = ""
    charset: str = ""
    name: str = ""


@dataclass(frozen=True)
class Format:
    """A format of copy.

    name: kept with sources and raw items, so it may never change. label: as the desk shows it.
    fits: whether the document looks like one, without reading all of it. read: its items; raises NotReadable.
    endings: of names of files. accept: media types, for the `Accept` of a request.
    """

    name: str
    label: str
    fits: Callable[[Received], bool]
    read: Callable[[Received], WireDocument]
    endings: tuple[str, ...] = ()


def formats() -> list[Format]:
    """Every format there is, in the order in which they are tried: those of plug-ins first."""
    return [each for some in plugins.manager().hook.wire_formats() for each in some]


def named(name: str) -> Format:
    """The format of that name; raises NotReadable if no installed part knows it."""
    for each in formats():
        if each.name == name:
            return each
    raise NotReadable(f"No installed part reads the format “{name}”.")


def recognise(received: Received) -> Format:
    """The format of a document, by its file's name or by looking; raises NotReadable."""
    known = formats()
    ending = received.name.lower()
    for each in known:
        if ending and any(ending.endswith(end) for end in each.endings) and each.fits(received):
            return each
    for each in known:
        if each.fits(received):
            return each
    raise NotReadable("This is no feed, endpoint or press release that we can read.")


def read(received: Received, name: str = "") -> tuple[str, WireDocument]:
    """The format's name and what it made of the document. Raises NotReadable for whatever goes wrong in it."""
    if not received.data.strip():
        raise NotReadable("What came is empty.")
    chosen = named(name) if name else recognise(received)
    try:
        return chosen.name, chosen.read(received)
    except NotReadable:
        raise
    except (RecursionError, MemoryError, ValueError, TypeError, LookupError, AttributeError, OSError) as error:
        raise NotReadable(
            f"It cannot be read as {chosen.label} ({type(error).__name__}: {str(error)[:200]})."
        ) from error
