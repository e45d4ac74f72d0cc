"""What stands in the HTML of an item and is not of the story: share bars, pixels, “read more”, related lists.

By what an element is called only where its text is short or all links, so that a story in a division called
“social-affairs” stays; by its words only where they are a whole paragraph.
"""

import re
from collections.abc import Callable
from datetime import UTC
from typing import Any
from urllib.parse import urlsplit

from gazetteer.news.imports.dates import read_date_line
from gazetteer.news.imports.furniture import reason_to_drop
from gazetteer.news.wire.item import CleanBlock, CleanCopy
from gazetteer.web.markup import text_of

Element = Any
"""Of lxml, which has no types."""

CALLED = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|sharedaddy|sd-sharing|social|addtoany|addthis|jp-relatedposts|related|relatedposts"
    r"|read-?more|more-?link|recommended|newsletter|subscribe|subscription|signup|sign-up|promo|advert|advertisement"
    r"|adsbygoogle|sponsored|feedflare|comments?|print-?friendly|outbrain|taboola|breadcrumbs?|cookie|paywall"
    r"|author-?box|post-?tags|tag-?links|nav-?links|pagination|wp-block-buttons|screen-reader-text|sr-only)"
    r"(?:$|[\s_-])",
    re.I,
)
WHOLE = re.compile(
    r"^\W*(?:read (?:more|on|the (?:full|rest)[^.]{0,60}|also|next)|continue reading|keep reading|see (?:also|more)"
    r"|more(?: (?:on|from) [^.]{2,60})?|view (?:article|full|post|original)[^.]{0,40}|click here[^.]{0,60}"
    r"|share (?:this|on|via|article|story)[^.]{0,60}|share|tweet|like this|loading|advertisement|sponsored(?: content)?"
    r"|sign up (?:for|to)[^.]{0,80}|subscribe(?: (?:to|now|here)[^.]{0,80})?|follow us(?: on)?[^.]{0,80}"
    r"|related(?: (?:stories|articles|posts|content|topics|reading))?"
    r"|you (?:may|might) also (?:like|enjoy|be interested in)"
    r"|recommended(?: for you)?|most read|most popular|comments?|leave a (?:comment|reply)|\d+ comments?"
    r"|story continues below[^.]{0,40}|scroll (?:down )?(?:to|for)[^.]{0,40}"
    r"|originally published (?:at|on|in)[^.]{0,80}"
    r"|download (?:the|our) app[^.]{0,40})\W*$",
    re.I,
)
APPEARED = re.compile(
    r"^(?:the post|this (?:article|post|story)) .{0,300}\b(?:first appeared|appeared first) (?:on|in|at)\b", re.I
)
PIXEL_HOSTS = (
    "pixel.wp.com", "stats.wordpress.com", "feeds.feedburner.com", "feedads.g.doubleclick.net", "ad.doubleclick.net",
    "www.google-analytics.com", "b.scorecardresearch.com", "pixel.quantserve.com", "feeds.wordpress.com",
    "www.facebook.com", "counter.theconversation.com", "pi.feedsportal.com", "rss.buysellads.com",
)  # fmt: skip
PIXEL = re.compile(r"[/_.-](?:pixel|tracker|tracking|beacon|counter|1x1|spacer|blank|count)\b", re.I)
BUTTONS = re.compile(
    r"(?:^|[\s_/-])(?:icon|logo|button|badge|avatar|gravatar|share|facebook|twitter|whatsapp)s?(?:[\s_.-]|$)", re.I
)
SMALLEST = 3
SMALL = 80
SHORT = 220
MOSTLY_LINKS = 0.6


def reason(element: Element) -> str:
    """Why an element is furniture; empty if nothing speaks against it."""
    text = " ".join(element.text_content().split())
    if len(text) <= SHORT and element.tag not in {"img", "figure", "picture", "a", "span", "b", "i", "strong", "em"}:
        if WHOLE.match(text):
            return "a link or button of the page it came from"
        if APPEARED.match(text):
            return "a line that its program adds to every story"
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    if name.strip() and CALLED.search(name) and (len(text) <= SHORT or links_in(element, text) > MOSTLY_LINKS):
        return "" if element.find(".//img") is not None and not text else "it is called so, and is short or all links"
    if element.tag in {"nav", "form", "footer"} and (len(text) <= SHORT or links_in(element, text) > MOSTLY_LINKS):
        return f"a {element.tag} of the page it came from"
    return ""


def links_in(element: Element, text: str) -> float:
    """How much of its text is links, from 0 to 1."""
    linked = sum(len(" ".join(link.text_content().split())) for link in element.iter("a"))
    return linked / len(text) if text else 0.0


def reason_for_picture(image: Element, url: str) -> str:
    width, height = (number_in(image.get(name)) for name in ("width", "height"))
    parts = urlsplit(url)
    if (0 < width <= SMALLEST) or (0 < height <= SMALLEST) or PIXEL.search(parts.path):
        return "a pixel that counts readers"
    if parts.hostname in PIXEL_HOSTS:
        return "a pixel that counts readers"
    if 0 < width < SMALL and 0 < height < SMALL:
        return "a picture as small as a button"
    name = f"{image.get('class') or ''} {parts.path.rpartition('/')[2]}"
    if BUTTONS.search(name) and (0 < width < 2 * SMALL or parts.path.lower().endswith((".svg", ".gif"))):
        return "a button or sign of the page"
    return ""


def number_in(value: str | None) -> int:
    found = re.match(r"\s*(\d{1,6})", value or "")
    return int(found[1]) if found else 0


def picture_key(url: str) -> str:
    """What two addresses of the same picture have in common: without scheme, size in the name and what is asked."""
    parts = urlsplit(url)
    path = re.sub(r"-\d{2,4}x\d{2,4}(?=\.\w{3,5}$)", "", parts.path)
    query = "" if path.lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")) else parts.query
    return f"{parts.hostname}{path}?{query}"


def trim(copy: CleanCopy, headline: str) -> None:
    """Drop what only repeats the headline at the beginning, and lists of links and the like at the end."""
    blocks = copy.blocks
    drop_from_top(copy, lambda block: same(block.value, headline), "The headline, which stood in the text once more.")
    drop_from_top(copy, is_date, "A date over the text.")
    while len(blocks) > 1 and (why := reason_at_end(blocks[-1])):
        copy.dropped.append(f"“{text_of(blocks[-1].value)[:80]}”: {why}")
        blocks.pop()


def drop_from_top(copy: CleanCopy, is_it: Callable[[CleanBlock], bool], told: str) -> None:
    """Drop the first words if they are that, unless they are all there is."""
    words = [block for block in copy.blocks if block.kind != "picture"]
    if len(words) > 1 and words[0].kind in {"heading", "paragraph"} and is_it(words[0]):
        copy.blocks.remove(words[0])
        copy.dropped.append(told)


def is_date(block: CleanBlock) -> bool:
    return read_date_line(text_of(block.value), UTC) is not None


def same(html: str, headline: str) -> bool:
    return text_of(html).casefold().strip(" .") == headline.casefold().strip(" .")


def reason_at_end(block: CleanBlock) -> str:
    if block.kind == "list" and is_only_links(block.value):
        return "a list of links after the story"
    if block.kind == "heading":
        return "a heading with nothing under it"
    if block.kind == "paragraph":
        text = text_of(block.value)
        return reason_to_drop(text, ()) if len(text) <= SHORT else ""
    return ""


def is_only_links(html: str) -> bool:
    linked = sum(len(text_of(each)) for each in re.findall(r"<a\b[^>]*>.*?</a>", html, re.S))
    return linked > 0.9 * len(text_of(html))
