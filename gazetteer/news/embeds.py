"""What another site says about an address that a writer embeds: asked once, when the story is saved, and kept.

The page itself asks that site nothing until a reader chooses to. Only sites on Wagtail's list of oEmbed providers are
asked; what they answer is not trusted: one https address for a frame is taken out of it, and words.
"""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from requests import RequestException
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedException

FRAME = re.compile(r"<iframe\b[^>]*?\bsrc\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Resolved:
    """What is kept beside the address; `frame` is empty where there is nothing to show but a link."""

    title: str = ""
    provider: str = ""
    frame: str = ""


def resolve(url: str) -> Resolved:
    """Ask about the address; where nobody answers, only the name of the site is known, and a link is shown."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    try:
        found = get_embed(url, max_width=960)
    except (EmbedException, RequestException, OSError, ValueError):
        return Resolved(provider=host)
    title = " ".join((found.title or "").split())[:LONGEST_TITLE]
    return Resolved(title, found.provider_name or host, frame_in(found.html or ""))


def frame_in(html: str) -> str:
    """The address of the first frame in that HTML, if it is an https one."""
    found = FRAME.search(html)
    if found is None:
        return ""
    address = unescape(found[1]).strip()
    return safe_frame(f"https:{address}" if address.startswith("//") else address)


def safe_frame(address: str) -> str:
    """The address, if a frame may be filled from it: https, and nobody's name and password in it; else nothing."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme == "https" and parts.hostname and "@" not in parts.netloc else ""
