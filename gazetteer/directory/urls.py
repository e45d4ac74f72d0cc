from django.urls import path, register_converter

from gazetteer.directory import feeds, views


class AddressPath:
    """Slugs of any script with slashes between them; nothing else."""

    regex = r"[^/?#\s]+(?:/[^/?#\s]+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Slug(AddressPath):
    regex = r"[^/?#\s]+"


register_converter(AddressPath, "address")
register_converter(Slug, "anyslug")

urlpatterns = [
    path("directory/", views.directory, name="directory"),
    path("directory/feed.<format>", feeds.whole, name="directory_feed"),
    path("directory/<address:address>/feed.<format>", feeds.category, name="category_feed"),
    path("directory/<address:address>/", views.category, name="category"),
    path("place/", views.places, name="places"),
    path("place/<address:address>/", views.place, name="place"),
    path("listing/<int:pk>/", views.listing, name="listing_short"),
    path("listing/<int:pk>/<anyslug:slug>/", views.listing, name="listing"),
]
