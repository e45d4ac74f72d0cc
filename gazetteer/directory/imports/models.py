"""What an import remembers of a listing beyond the listing itself."""

from django.db import models


class Imported(models.Model):
    """What a feed last said about a listing, so that the desk's own changes can be told from the feed's.

    `marks` maps the name of each column to a check sum of the value as it was imported; `filed` and `tagged` are ids
    of the categories (the primary first) and tags; `pictures` are addresses still to be fetched, each with
    `url`, `caption`, `credit`, `use`.
    """

    listing = models.OneToOneField("directory.Listing", models.CASCADE, primary_key=True, related_name="imported")
    marks = models.JSONField(default=dict)
    filed = models.JSONField(default=list)
    tagged = models.JSONField(default=list)
    pictures = models.JSONField(default=list)

    class Meta:
        app_label = "directory"
        verbose_name = "what a feed said"
        verbose_name_plural = "what feeds said"

    def __str__(self) -> str:
        return f"listing {self.listing_id} as imported"
