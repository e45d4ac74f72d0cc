"""Where the directory's pages are, by what their rows hold; as `urls.py` has it (`addresses.py` is about the post)."""

from gazetteer.web.addresses import within


def listing_address(pk: int, slug: str) -> str:
    return within(f"listing/{pk}/{slug or 'listing'}/")


def category_address(address: str) -> str:
    return within(f"directory/{address}/")


def place_address(address: str) -> str:
    return within(f"place/{address}/")


def crossing_address(place: str, category: str) -> str:
    """Of a category's listings at a place."""
    return within(f"place/{place}/in/{category}/")
