"""What the log keeps of the site itself: few rows, seldom written, so that whole tables are keys enough for most."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, Site

from gazetteer.changes.watching import Key, watch
from gazetteer.pages.models import HomePage, Redirect, SideColumn, SiteSettings, StandingPage

OF_THE_DESK = (
    "numchild", "draft_title", "latest_revision_id", "live_revision_id", "latest_revision_created_at",
    "has_unpublished_changes", "locked", "locked_at", "locked_by_id", "first_published_at", "last_published_at",
    "go_live_at", "expire_at", "expired", "owner_id",
)  # fmt: skip

watch(Page, Key("page"), hidden=OF_THE_DESK, visible="{row}.live")
watch(HomePage, Key("page", "{row}.page_ptr_id"))
watch(StandingPage, Key("page", "{row}.page_ptr_id"))
watch(SiteSettings)
watch(SideColumn, hidden=("name",))
watch(Redirect, hidden=("by_itself", "created_at"))
watch(Site)
watch(Locale)
watch(ContentType)
