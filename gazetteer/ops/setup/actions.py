"""The write of the first run: all of it or nothing."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from gazetteer.accounts.models import User
from gazetteer.directory.imports.tasks import keep
from gazetteer.ops import home
from gazetteer.ops.setup import tasks
from gazetteer.pages import actions as pages


class TooLate(Exception):
    """Somebody else has set the site up meanwhile."""


def set_up(values: dict[str, Any]) -> tuple[User, str]:
    """Make the person in charge, the settings and the first pages, and begin what was chosen.

    Returns the person and the id of the task that fills the site ("" for an empty one). Raises TooLate, or
    ValidationError from the settings; then nothing was made.
    """
    with home.held("setup"), transaction.atomic():
        if not home.nobody_is_in_charge():
            raise TooLate
        person = make_person(values)
        reason = _("First run")
        facts = {"name": values["site_name"], "language": values["language"], "time_zone": values["time_zone"]}
        pages.change_settings(**facts, by=person, reason=reason)
        pages.compose_default_home(by=person, reason=reason)
        pages.compose_standing_pages(by=person, reason=reason)
        pages.compose_side_columns(by=person, reason=reason)
        task = begin(values, person)
    home.forget_setup_token()
    return person, task


def make_person(values: dict[str, Any]) -> User:
    person = User.objects.create_superuser(values["email"], values["email"], values["password"], name=values["name"])
    log(person, "wagtail.create", user=person, data={"reason": _("First run")})
    return person


def begin(values: dict[str, Any], person: User) -> str:
    """The task that fills the site, enqueued in the transaction of all the rest."""
    if values["begin"] == "import":
        return str(tasks.bring_listings.enqueue(str(keep(values["file"])), person.pk).id)
    if values["begin"].startswith("demo-"):
        return str(tasks.load_demo.enqueue(values["begin"].removeprefix("demo-"), person.pk).id)
    return ""
