"""The forms of the home page and of standing pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface

for_search_engines = [
    FieldPanel("seo_title", heading=_("Title for search engines"), help_text=_("Empty: the title of the page.")),
    FieldPanel("search_description", heading=_("Description for search engines"), help_text=""),
]

home_form = TabbedInterface(
    [
        ObjectList([FieldPanel(place) for place in ("top", "main", "side", "below")], heading=_("Blocks")),
        ObjectList(
            [FieldPanel("title", help_text=_("Shown on the desk only.")), *for_search_engines],
            heading=_("For search engines"),
        ),
    ]
)

standing_form = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title", help_text=""),
                FieldPanel("body", help_text=_("What stands in [brackets] is for you to complete.")),
                FieldPanel("shows_contact"),
            ],
            heading=_("Text"),
        ),
        ObjectList(
            [
                FieldPanel("slug", heading=_("Web address"), help_text=_("The last part of the page’s address.")),
                MultiFieldPanel([*for_search_engines, FieldPanel("noindex")], heading=_("For search engines")),
            ],
            heading=_("Address"),
        ),
    ]
)
