"""Where the newsroom's pages are, by what their rows hold; as `urls.py` has it."""

from datetime import date

from gazetteer.web.addresses import within


def story_address(day: date, slug: str) -> str:
    return within(f"news/{day:%Y/%m/%d}/{slug or '-'}/")


def section_address(address: str) -> str:
    return within(f"news/{address}/")


def author_address(slug: str) -> str:
    return within(f"news/author/{slug}/")


def tag_address(slug: str) -> str:
    return within(f"news/tag/{slug}/")
