"""A press release as Markdown, by markdown-it (CommonMark); HTML inside is shown as it is written."""

from markdown_it import MarkdownIt

from gazetteer.news.imports.decode import UnreadableFile, decode
from gazetteer.news.wire.formats import Format, NotReadable, Received, releases
from gazetteer.news.wire.formats.marked_up import item_from
from gazetteer.news.wire.formats.text import guid_of
from gazetteer.news.wire.item import WireDocument

FRONT = ("---", "+++")


def fits(received: Received) -> bool:
    return received.name.lower().endswith((".md", ".markdown")) or received.content_type == "text/markdown"


def read(received: Received) -> WireDocument:
    try:
        text = decode(received.data).text
    except UnreadableFile as error:
        raise NotReadable(str(error)) from error
    front, text = front_matter(text)
    release = releases.apart(text)
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table")
    item = item_from(reader.render(release.text), received, front)
    releases.note(item, release)
    item.guid = guid_of(received)
    item.raw = received.data
    return WireDocument(items=[item])


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Lines of `name: value` between two marks at the top, and the rest."""
    lines = text.lstrip("\ufeff\n").split("\n")
    if lines[0].strip() not in FRONT:
        return {}, text
    for number, line in enumerate(lines[1:40], start=1):
        if line.strip() == lines[0].strip():
            pairs = (each.replace("=", ":", 1).partition(":") for each in lines[1:number] if ":" in each or "=" in each)
            found = {name.strip().lower(): value.strip(" \"'") for name, _colon, value in pairs}
            return found, "\n".join(lines[number + 1 :])
    return {}, text


FORMAT = Format("markdown", "Markdown", fits, read, (".md", ".markdown"))
