"""Every write to the settings and the pages of the site. `by` is the person, None the program itself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models import Page, Site

from gazetteer.accounts.policy import Person, require
from gazetteer.pages.addresses import is_reserved
from gazetteer.pages.default_home import default_blocks, default_columns, default_navigation
from gazetteer.pages.models import HomePage, Redirect, SideColumn, SiteSettings, StandingPage
from gazetteer.pages.models.home import HOME_SLUG
from gazetteer.pages.models.redirect import tidy_old_address
from gazetteer.pages.standing import TEMPLATES, Template


def change_settings(*, by: Person = None, reason: str = "", **facts: Any) -> SiteSettings:
    """Set fields of the site's settings; raises ValidationError (colours too pale …) and then changes none."""
    require(by, "change", SiteSettings)
    with transaction.atomic():
        site = SiteSettings.current()
        for name, value in facts.items():
            setattr(site, name, value)
        site.full_clean()
        site.save()
        log(site, "wagtail.edit", user=by, data={"reason": reason, "fields": sorted(facts)})
    return site


def compose_default_home(*, by: Person = None, reason: str = "") -> HomePage:
    """The home page, well composed from what the site has now, published; one that exists is left as it is."""
    require(by, "add", HomePage)
    with transaction.atomic():
        existing = HomePage.objects.first()
        if existing is not None:
            return existing
        clear_the_welcome_page()
        site = SiteSettings.current()
        home = HomePage(title=site.name, slug=HOME_SLUG, **default_blocks())
        root = Page.get_first_root_node()
        root.add_child(instance=home)
        make_it_the_root(home, site.name)
        publish(home, by, reason)
        if not len(site.navigation):
            link_at_the_top()
    return home


def recompose_home(*, by: Person = None, reason: str = "") -> HomePage:
    """Compose blocks and navigation anew, after the demo or an import filled the site; the history keeps the old."""
    home = compose_default_home(by=by, reason=reason)
    require(by, "change", HomePage)
    for place, blocks in default_blocks().items():
        setattr(home, place, blocks)
    publish(home, by, reason)
    link_at_the_top()
    return home


def link_at_the_top() -> None:
    """The news, the directory and the sections the site has now."""
    site = SiteSettings.current()
    site.navigation = default_navigation()
    site.save()


def clear_the_welcome_page() -> None:
    """Wagtail's migrations leave a page that welcomes programmers to Wagtail."""
    for page in Page.objects.filter(depth=2, content_type__model="page"):
        page.delete()


def make_it_the_root(home: HomePage, name: str) -> None:
    Site.objects.filter(is_default_site=True).delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name=name)


def publish(page: Page, by: Person, reason: str) -> None:
    page.full_clean()
    page.save_revision(user=by, log_action=True).publish(user=by)
    log(page, "wagtail.edit", user=by, data={"reason": reason})


def compose_standing_pages(*, by: Person = None, reason: str = "") -> list[StandingPage]:
    """Imprint, privacy, terms, accessibility and contact, from templates with [gaps]; those that exist are left alone.

    They go live with their gaps: a site without an imprint is worse than one whose imprint says what is missing, and
    the desk and `gazetteer check --live` list every gap. They are linked at the foot if nothing is linked there yet.
    """
    require(by, "add", StandingPage)
    with transaction.atomic():
        home = compose_default_home(by=by, reason=reason)
        made = [add_standing_page(home, template, by, reason) for template in TEMPLATES if is_free(template.slug)]
        link_at_the_foot()
    return made


def is_free(slug: str) -> bool:
    return not StandingPage.objects.at(slug).exists()


def add_standing_page(home: HomePage, template: Template, by: Person, reason: str) -> StandingPage:
    with override(SiteSettings.current().language):
        page = StandingPage(
            title=_(template.title),
            slug=template.slug,
            body=template.body,
            shows_contact=template.shows_contact,
        )
    home.refresh_from_db()
    home.add_child(instance=page)
    publish(page, by, reason)
    return page


def link_at_the_foot() -> None:
    site = SiteSettings.current()
    if len(site.footer):
        return
    links = [{"text": template.title, "address": f"/{template.slug}/", "others": []} for template in TEMPLATES]
    site.footer = [("link", link) for link in links]
    site.save()


def compose_side_columns(*, by: Person = None, reason: str = "") -> list[SideColumn]:
    """What stands beside the pages of a new site; nothing if there is a column already."""
    require(by, "add", SideColumn)
    if SideColumn.objects.exists():
        return []
    columns = [SideColumn(**facts) for facts in default_columns()]
    for column in columns:
        column.full_clean()
        column.save()
        log(column, "wagtail.create", user=by, data={"reason": reason})
    return columns


def add_redirect(old: str, new: str, *, permanent: bool = True, by: Person = None, reason: str = "") -> Redirect:
    """Lead an old address to a new one; raises ValidationError. An old rule for the same address is replaced."""
    require(by, "add", Redirect)
    rule = Redirect.objects.filter(old=tidy_old_address(old)).first() or Redirect()
    rule.old, rule.new, rule.is_permanent = tidy_old_address(old), new, permanent
    rule.by_itself = by is None
    if is_reserved(rule.old.strip("/").partition("/")[0]) and rule.old.count("/") == 1:
        raise ValidationError(_("“%(old)s” is an address of the program itself."), params={"old": rule.old})
    rule.full_clean()
    rule.save()
    log(rule, "wagtail.edit", user=by, data={"reason": reason})
    return rule
