"""The desk's pages, walked as the person in charge: plain words only, and nothing breaks."""

import re
from collections import Counter, deque

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from gazetteer.accounts.models import User
from tests import pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

# Words of the framework that say nothing to a publisher, each with what stands for it.
FRAMEWORK_WORDS = {
    "snippet": "the thing's own name",
    "snippets": "the things' own name",
    "viewset": "nothing",
    "rendition": "size",
    "renditions": "sizes",
    "streamfield": "text blocks",
    "slug": "web address",
    "slugs": "web addresses",
    "queryset": "nothing",
    "wagtail": "the site's own name",
    "django": "nothing",
}
MOST_PAGES = 140
# What writes, signs out, or answers with something else than a page.
LEFT_ALONE = re.compile(
    r"/(logout|bulk|sprite|jsi18n|schema|export|download|choose|usage/|preview|serve)|[?&](export|format)="
)


def shape(path: str) -> str:
    """The path with its numbers and codes taken out: pages of one shape are made by the same code."""
    return re.sub(r"/(\d+|[0-9a-f]{8,})(?=/|$)", "/#", path.split("?")[0])


def menu_links(html: str) -> list[str]:
    """Addresses of the menu, which stand in a script, and its texts, which are in no element either."""
    return re.findall(r'"url": ?"(/admin/[^"?]*)"', html.replace("&quot;", '"'))


def menu_labels(html: str) -> list[str]:
    return re.findall(r'"label": ?"([^"]*)"', html.replace("&quot;", '"'))


def walk(client: Client) -> dict[str, str]:
    """Address and HTML of one or two pages of each shape that links of the desk lead to."""
    queue, seen, found = deque(["/admin/"]), {"/admin/"}, dict[str, str]()
    shapes: Counter[str] = Counter()
    while queue and len(found) < MOST_PAGES:
        page = queue.popleft()
        response = client.get(page, follow=True)
        assert response.status_code == 200, f"{page} answers {response.status_code}"
        if "text/html" not in response.headers["Content-Type"]:
            continue
        found[page] = response.content.decode()
        for link in [*pages.local_links(page, found[page]), *menu_links(found[page])]:
            path = link.split("?")[0]
            if (
                path.startswith("/admin/")
                and path not in seen
                and not LEFT_ALONE.search(link)
                and shapes[shape(path)] < 2
            ):
                seen.add(path)
                shapes[shape(path)] += 1
                queue.append(path)
    return found


@pytest.fixture(scope="module")
def desk(town: None, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """Walked once for the module: it takes most of a minute."""
    client = Client()
    with django_db_blocker.unblock():
        client.force_login(User.objects.create_superuser("walker", "walker@example.org"))
        return walk(client)


def test_the_desk_speaks_in_plain_words_and_every_page_of_it_answers(desk: dict[str, str]) -> None:
    pattern = re.compile(r"\b(" + "|".join(FRAMEWORK_WORDS) + r")\b", re.IGNORECASE)
    spoken = {
        f"{page}: {text[:80]!r}"
        for page, html in desk.items()
        for text in [*pages.parse(html).words, *menu_labels(html)]
        if pattern.search(text) and not re.search(r"https?://|^[\w-]+\.(html|py)$", text)
    }
    assert len(desk) > 40, sorted(desk)
    assert sorted(spoken) == []


def test_the_desk_asks_no_other_host_for_anything(desk: dict[str, str]) -> None:
    elsewhere = {
        f"{page}: {address}"
        for page, html in desk.items()
        for address in pages.parse(html).fetched
        if pages.is_elsewhere(address)
    }
    assert sorted(elsewhere) == []
