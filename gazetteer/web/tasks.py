"""What the library does in the background."""

from django_tasks import task

from gazetteer.web import pictures
from gazetteer.web.models import Picture


@task(priority=-10)  # after what somebody waits for
def make_sizes(pk: int) -> bool:
    """Every size of a picture that came in or whose point of interest was moved; done again it does nothing."""
    picture = Picture.objects.filter(pk=pk).first()
    return picture is not None and pictures.make(picture)
