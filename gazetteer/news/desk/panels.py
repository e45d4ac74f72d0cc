"""The forms of the desk, in groups as a writer thinks of them; what is needed for every story comes first."""

from typing import Any

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from gazetteer.news import drafts
from gazetteer.news.desk.forms import OTHER_LANGUAGES, AuthorForm, SectionForm, StoryForm, StorylineForm, TagForm
from gazetteer.news.length import of_story
from gazetteer.news.models import Article
from gazetteer.news.models.article import Status


class StatePanel(Panel):
    """What the writer must know before writing: withdrawn, in the trash, changed by an import meanwhile."""

    class BoundPanel(Panel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance and self.instance.pk and self.notices)

        @cached_property
        def notices(self) -> list[dict[str, Any]]:
            row = Article.objects.filter(pk=self.instance.pk).select_related("latest_revision").first()
            return notices_about(row) if row else []

        def render_html(self, parent_context: Any = None) -> SafeString:
            return render_to_string("news/desk/state.html", {"notices": self.notices})


class LengthPanel(Panel):
    """Words and minutes to read; counted again while somebody writes, by `desk.js`."""

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            pattern = _now("{words} words, {minutes} min to read")
            length = of_story(self.instance)
            words = pattern.format(words=localize(length.words), minutes=length.minutes)
            return render_to_string("news/desk/length.html", {"pattern": pattern, "words": words})


def notices_about(row: Article) -> list[dict[str, Any]]:
    """Notices, each with `words`, and for a conflict `differences` of column, draft and what was kept."""
    found: list[dict[str, Any]] = []
    if row.deleted_at:
        found.append({"words": _now("This story is in the trash. Readers do not see it.")})
    if row.status != Status.USABLE:
        found.append(
            {
                "words": _now("This story was withdrawn. Readers see this notice: %(notice)s")
                % {"notice": row.withdrawal_notice}
            }
        )
    waiting = []
    if row.has_unpublished_changes and row.latest_revision is not None:
        waiting = drafts.pending(row, drafts.plain(row.latest_revision.content))
    if waiting:
        words = _now(
            "An import or feed changed this story after this draft was begun. If you publish it, what came in stays; "
            "to have your own words after all, publish first and then put them in again."
        )
        found.append({"words": words, "differences": [difference(each) for each in waiting]})
    elif row.conflicts:
        words = _now("When the last draft was published, what an import or feed had changed meanwhile was kept:")
        found.append({"words": words, "differences": [difference(each) for each in row.conflicts]})
    return found


def difference(conflict: dict[str, Any]) -> dict[str, str]:
    names = {"bylines": _now("authors"), "tagged": _now("tags")}
    column = conflict["column"]
    label = names.get(column) or str(getattr(Article._meta.get_field(column), "verbose_name", column))
    return {"label": label, "draft": in_words(conflict["draft"]), "kept": in_words(conflict["kept"])}


def in_words(value: Any) -> str:
    text = value if isinstance(value, str) else ("" if value is None else str(value))
    return text if len(text) <= 300 else f"{text[:300]}…"


def language_choices() -> forms.Select:
    return forms.Select(choices=settings.LANGUAGES)


story = TabbedInterface(
    [
        ObjectList(
            [
                StatePanel(),
                FieldPanel("headline"),
                FieldPanel("lead"),
                FieldPanel("section"),
                MultiFieldPanel(
                    [FieldPanel("picture"), FieldPanel("picture_caption"), FieldPanel("picture_credit")],
                    heading=_("Picture"),
                ),
                FieldPanel("body"),
                LengthPanel(),
                InlinePanel("bylines", heading=_("Authors"), label=_("Author"), panels=[FieldPanel("author")]),
                FieldPanel("tags"),
                FieldPanel("storyline"),
            ],
            heading=_("Story"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [FieldPanel("published_at"), FieldPanel("embargo_until"), FieldPanel("small_change")],
                    heading=_("When"),
                ),
                MultiFieldPanel([FieldPanel("dateline"), FieldPanel("byline_note")], heading=_("Where and with whom")),
                MultiFieldPanel(
                    [FieldPanel("source_name"), FieldPanel("source_url"), FieldPanel("source_credit")],
                    heading=_("From elsewhere"),
                ),
                FieldPanel("other_sections", widget=forms.CheckboxSelectMultiple),
                MultiFieldPanel(
                    [
                        FieldPanel("suggested"),
                        InlinePanel("related", label=_("Story"), panels=[FieldPanel("story")]),
                    ],
                    heading=_("Related stories"),
                ),
            ],
            heading=_("Around it"),
        ),
        ObjectList(
            [
                FieldPanel("note_to_desk"),
                InlinePanel(
                    "desk_files",
                    heading=_("Files for the desk"),
                    label=_("File"),
                    help_text=_("Readers never get these, even if they know the address."),
                    panels=[FieldPanel("document"), FieldPanel("note")],
                ),
            ],
            heading=_("For the desk"),
        ),
        ObjectList(
            [
                FieldPanel("slug"),
                FieldPanel("language", widget=language_choices()),
                FieldPanel("noindex"),
                FieldPanel("canonical_url"),
                PublishingPanel(),
            ],
            heading=_("Address and search"),
        ),
    ],
    base_form_class=StoryForm,
)

section = ObjectList(
    [
        FieldPanel("name"),
        FieldPanel("description", widget=AdminAutoHeightTextInput),
        FieldRowPanel([FieldPanel("parent"), FieldPanel("behind")], heading=_("Place among the sections")),
        InlinePanel(
            "cards",
            heading=_("At the top by hand"),
            label=_("Story"),
            help_text=_("These come first on its page, in this order; the newest follow by themselves."),
            panels=[FieldPanel("article"), FieldPanel("until")],
        ),
        FieldPanel("picture"),
        FieldPanel("slug"),
        MultiFieldPanel(
            [FieldPanel(f"name_{code}") for code, _label in OTHER_LANGUAGES], heading=_("Name in other languages"),
            classname="collapsed",
        ),
    ],
    base_form_class=SectionForm,
)  # fmt: skip

author = ObjectList(
    [
        FieldPanel("name"),
        FieldPanel("role"),
        FieldPanel("bio", widget=AdminAutoHeightTextInput),
        FieldPanel("picture"),
        FieldPanel("links_text"),
        FieldPanel("slug"),
        FieldPanel("user"),
    ],
    base_form_class=AuthorForm,
)

tag = ObjectList(
    [FieldPanel("name"), FieldPanel("slug"), FieldPanel("code"), FieldPanel("into")], base_form_class=TagForm
)

storyline = ObjectList(
    [
        FieldPanel("name"),
        FieldPanel("summary", widget=AdminAutoHeightTextInput),
        FieldPanel("picture"),
        FieldPanel("is_over"),
        FieldPanel("slug"),
    ],
    base_form_class=StorylineForm,
)

breaking = ObjectList(
    [
        FieldPanel("words"),
        FieldPanel("article"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")], heading=_("When")),
    ]
)

correction = ObjectList(
    [FieldPanel("kind", widget=forms.RadioSelect), FieldPanel("text"), FieldPanel("signed"), FieldPanel("made_at")]
)
