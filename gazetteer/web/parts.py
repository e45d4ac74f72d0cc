"""Blocks that many pages share, made once for all of them.

    @parts.renders("side")
    def side(request, *arguments: str) -> str: ...          # HTML, from these arguments alone

    {{ part("side", "section", section.pk) }}               # in a template

Where pages are kept, the page gets a token, the block is an entry of its own in the store with keys of its own, and
the edge puts it in: a block that changes costs one rendering, however many pages show it. Elsewhere it is rendered in
its place. A block depends on its arguments and the language, never on the address of the page or on the visitor.

A block says what it shows with `notes.shows("article:5")`. A page that shows the same already asks for another then:
`part("latest", "world", unless="article:5", instead=("world", "but", "5"))`.
"""

from collections.abc import Callable
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_script_prefix
from markupsafe import Markup

from gazetteer.changes import notes

Renderer = Callable[..., str]
renderers: dict[str, Renderer] = {}
SEGMENT = "-"
FROM_EDGE = "gazetteer.part"
"""In the environment of a request that the edge makes; a visitor cannot set it."""


def renders(name: str) -> Callable[[Renderer], Renderer]:
    """Register `renderer(request, *arguments) -> HTML` of the block `name`."""

    def register(renderer: Renderer) -> Renderer:
        renderers[name] = renderer
        return renderer

    return register


def address(name: str, arguments: tuple[object, ...]) -> str:
    """The block's own address, in the language of the page."""
    words = "/".join(quote(str(each), safe="") for each in (name, *arguments))
    return f"{get_script_prefix()}{SEGMENT}/{words}/"


def part(
    request: HttpRequest, name: str, *arguments: object, unless: str = "", instead: tuple[object, ...] = ()
) -> Markup:
    """The block, or the token for it; `instead`: arguments of the block to show where this one shows `unless`."""
    other = address(name, instead) if unless else ""
    token = notes.part(notes.Part(address(name, arguments), unless, other))
    if token is not None:
        return Markup(token)  # noqa: S704 (no HTML in it)
    with notes.showing() as shown:
        html = renderers[name](request, *map(str, arguments))
    if unless and unless in shown:
        html = renderers[name](request, *map(str, instead))
    return Markup(html)  # noqa: S704 (from our own templates, escaped there)


def view(request: HttpRequest, words: str) -> HttpResponse:
    """One block for the edge; nobody else can ask for it."""
    name, *arguments = words.rstrip("/").split("/")
    if not request.META.get(FROM_EDGE) or name not in renderers:
        raise Http404
    return HttpResponse(renderers[name](request, *arguments))
