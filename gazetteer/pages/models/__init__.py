"""The settings of the site, its home page, side columns, standing pages and redirects."""

from gazetteer.pages.models.home import HomePage
from gazetteer.pages.models.redirect import Redirect
from gazetteer.pages.models.side import SideColumn
from gazetteer.pages.models.site import SiteSettings
from gazetteer.pages.models.standing import StandingPage

__all__ = ["HomePage", "Redirect", "SideColumn", "SiteSettings", "StandingPage"]
