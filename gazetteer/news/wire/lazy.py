"""Which picture an `img` really means: sites load pictures late, and name the true address in many ways."""

import re

from lxml import html as lxml_html

from gazetteer.news.wire.formats.values import address, whole

ADDRESSES = (
    "data-orig-file", "data-large-file", "data-src", "data-original", "data-lazy-src", "data-lazy", "data-url",
    "data-full-src", "data-hi-res-src", "data-image", "src",
)  # fmt: skip
SETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "srcset")
ATTRIBUTES = {"class", "alt", "title", "width", "height", "role", "style", *ADDRESSES, *SETS}
PLACEHOLDER = re.compile(
    r"^data:|(?:^|/)(?:blank|placeholder|spacer|transparent|lazy(?:load)?|loading|grey|1x1|pixel|clear)\b[^/]*"
    r"\.(?:gif|png|svg|jpe?g)(?:$|\?)",
    re.I,
)
CANDIDATE = re.compile(r"(?P<url>[^\s,]\S*[^\s,]|[^\s,])(?:\s+(?P<size>\d{1,6}(?:\.\d+)?)(?P<unit>[wx]))?\s*(?:,|$)")
WIDEST = 2_600
LONGEST_SET = 20_000


def best(image: lxml_html.HtmlElement, base: str) -> tuple[str, int, int]:
    """The address of the largest that is of use, and its width and height where they are told (else 0)."""
    width, height = whole(image.get("width"), 100_000), whole(image.get("height"), 100_000)
    found = widest(sources(image), base)
    if found[0]:
        same = found[1] == width
        return found[0], found[1] or width, height if same else 0
    for name in ADDRESSES:
        text = image.get(name) or ""
        if text and not PLACEHOLDER.search(text) and (url := address(text, base)):
            return url, width, height
    return "", 0, 0


def sources(image: lxml_html.HtmlElement) -> list[str]:
    """The sets of sizes: the picture's own, and those of the `source`s beside it."""
    found = [image.get(name) or "" for name in SETS]
    around = next(image.iterancestors("picture"), None)  # not the parent: libxml2 puts it inside the `source`
    if around is not None:
        for each in around.iter("source"):
            found += [each.get(name) or "" for name in SETS]
    return [text[:LONGEST_SET] for text in found if text]


def widest(sets: list[str], base: str) -> tuple[str, int]:
    """The widest candidate up to what a page needs; the smallest above it where all are wider."""
    known: dict[str, int] = {}
    for text in sets:
        for each in CANDIDATE.finditer(text):
            url = "" if PLACEHOLDER.search(each["url"]) else address(each["url"], base)
            size = float(each["size"] or 1)
            if url:
                known.setdefault(url, int(size if each["unit"] == "w" else size * 10))
    if not known:
        return "", 0
    fitting = {url: size for url, size in known.items() if size <= WIDEST}
    url = max(fitting, key=lambda each: fitting[each]) if fitting else min(known, key=lambda each: known[each])
    return url, known[url] if known[url] > 50 else 0


def emoji(image: lxml_html.HtmlElement) -> str:
    """The letter that a picture of a letter stands for."""
    name = image.get("class") or ""
    alt = (image.get("alt") or "").strip()
    return alt if ("emoji" in name or "smiley" in name) and len(alt) <= 12 else ""
