"""The formats that come with Gazetteer, in the order in which a document is tried against them."""

from gazetteer.news.wire.formats import Format, docx, eml, feed, html, jsonfeed, markdown, ninjs, text, wordpress
from gazetteer.web.plugins import hookimpl

OWN = [
    jsonfeed.FORMAT, wordpress.FORMAT, ninjs.FORMAT, feed.FORMAT, docx.FORMAT, eml.FORMAT, html.FORMAT,
    markdown.FORMAT, text.FORMAT,
]  # fmt: skip


@hookimpl(trylast=True)
def wire_formats() -> list[Format]:
    return OWN
