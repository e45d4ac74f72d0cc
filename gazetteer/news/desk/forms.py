"""The forms of the desk: what may be chosen in plain words, and every save through a named action where one exists."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from gazetteer.news import addresses, suggest
from gazetteer.news.desk.times import MomentField
from gazetteer.news.models import Article, Author, Correction, Related, Section, Storyline, Tag


def indented(section: Section) -> str:
    """The name with a mark for each section above it, so that a plain list shows the tree."""
    return f"{'– ' * (section.depth - 1)}{section.name}"


def choose_sections(field: Any) -> None:
    field.queryset = Section.objects.in_use()
    field.label_from_instance = indented


def choose_storylines(field: Any, article: Article) -> None:
    """Those that run, and the one that it has."""
    field.queryset = Storyline.objects.in_use().filter(Q(is_over=False) | Q(pk=article.storyline_id))
    field.empty_label = _("(none)")


class SuggestedField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for its stubs only
    def label_from_instance(self, story: Any) -> str:
        return f"{story.headline} ({date_format(localtime(story.published_at), 'SHORT_DATE_FORMAT')})"


class StoryForm(WagtailAdminModelForm):
    """What an editor writes. What belongs to the story as a whole (its state, its origin) is not in it."""

    suggested = SuggestedField(
        Article.objects.none(), required=False, label=_("Suggested"), widget=forms.CheckboxSelectMultiple,
        help_text=_("What seems alike. Tick what should stand under the story, and save."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("section", "other_sections"):
            if name in self.fields:
                choose_sections(self.fields[name])
        if "storyline" in self.fields:
            choose_storylines(self.fields["storyline"], self.instance)
        for name, field in self.fields.items():
            if type(field) is forms.DateTimeField:
                self.fields[name] = MomentField.like(field)
        if "suggested" in self.fields:
            self.suggest(self.fields["suggested"])

    def suggest(self, field: Any) -> None:
        """Offer what is alike; while a form is saved, whatever it sends of published stories."""
        found = suggest.related(self.instance) if self.instance.pk and not self.is_bound else []
        field.queryset = Article.objects.published().filter(pk__in=[story.pk for story in found])
        if self.is_bound:
            field.queryset = Article.objects.published()
        elif not found:
            field.widget = forms.HiddenInput()

    def save(self, commit: bool = True) -> Any:
        """Stories ticked among the suggestions come after those set by hand; each stands there once."""
        article = super().save(commit=False)
        there = {article.pk}
        for each in list(article.related.all()):
            if each.story_id in there:
                article.related.remove(each)
            there.add(each.story_id)
        for story in self.cleaned_data.get("suggested") or ():
            if story.pk not in there:
                article.related.add(Related(story=story, position=len(there)))
                there.add(story.pk)
        if commit:
            article.save()
        return article

    def clean_slug(self) -> str:
        """As typed; an empty one is made from the headline when the story is first published."""
        slug = str(self.cleaned_data.get("slug") or "")
        article: Article = self.instance
        if article.address_date is None:
            return slug
        if not slug:
            return article.slug or addresses.make_slug(article.headline)
        if addresses.free_slug(slug, article.address_date, article) != slug:
            raise ValidationError(_("Another story of that day has, or once had, this web address."))
        return slug


OTHER_LANGUAGES = [(code, label) for code, label in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
NAMES = {
    f"name_{code}": forms.CharField(label=label, required=False, max_length=120) for code, label in OTHER_LANGUAGES
}
NamesForm: Any = type("NamesForm", (WagtailAdminModelForm,), dict(NAMES))
"""A field for the name in each language of the site but the first; made so because a form's fields are its class's."""


class SectionForm(NamesForm):
    """A section with its place in the tree. The view hands the name, address and place to actions."""

    parent = forms.ModelChoiceField(
        Section.objects.none(), required=False, label=_("Part of"), empty_label=_("(at the top level)")
    )
    behind = forms.ModelChoiceField(
        Section.objects.none(), required=False, label=_("Comes after"), empty_label=_("(stays where it is)"),
        help_text=_("One beside it: the order here is the order on the site."),
    )  # fmt: skip

    class Meta:
        model = Section
        fields = ("name", "slug", "description", "picture")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _(
            "The last part of the address of its page; made from the name when left empty."
        )
        for name in ("parent", "behind"):
            choose_sections(self.fields[name])
        for code, _label in OTHER_LANGUAGES:
            self.fields[f"name_{code}"].initial = (self.instance.names_by_lang or {}).get(code, "")
        if self.instance.pk:
            self.fields["parent"].initial = self.instance.get_parent()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        parent, behind, own = data.get("parent"), data.get("behind"), self.instance
        if own.pk and parent and (parent == own or parent.is_descendant_of(own)):
            self.add_error("parent", _("A section cannot be part of itself."))
        if behind and (behind == own or (behind.get_parent() != parent)):
            self.add_error("behind", _("Choose one that is part of the same section."))
        names = {code: data.get(f"name_{code}", "") for code, _label in OTHER_LANGUAGES}
        own.names_by_lang = {code: name for code, name in names.items() if name}
        return data


class AuthorForm(WagtailAdminModelForm):
    """An author; links are written one on a line."""

    links_text = forms.CharField(
        label=_("Links"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One on each line: a name, a colon, the address. For example: Mastodon: https://example.social/@ada"
        ),
    )

    class Meta:
        model = Author
        fields = ("name", "slug", "role", "bio", "picture", "user")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("The last part of the address of their page; made from the name when empty.")
        self.fields["links_text"].initial = "\n".join(
            f"{name}: {url}" for name, url in (self.instance.links or {}).items()
        )

    def clean_links_text(self) -> str:
        links: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["links_text"].splitlines(), start=1):
            name, colon, url = (part.strip() for part in line.partition(":"))
            if not line.strip():
                continue
            if not (colon and name):
                raise ValidationError(
                    _("Line %(number)d: write a name, a colon and the address."), params={"number": number}
                )
            try:
                URLValidator(["http", "https"])(url)
            except ValidationError:
                raise ValidationError(
                    _("Line %(number)d: “%(url)s” is no address that begins with https://."),
                    params={"number": number, "url": url},
                ) from None
            links[name] = url
        self.instance.links = links
        return str(self.cleaned_data["links_text"])

    def clean_slug(self) -> str:
        return unique_slug(Author, self.cleaned_data["slug"], str(self.cleaned_data.get("name", "")), self.instance)


class StorylineForm(WagtailAdminModelForm):
    """A storyline; its web address is made from its name when left empty."""

    class Meta:
        model = Storyline
        fields = ("name", "slug", "summary", "picture", "is_over")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("The last part of the address of its page; made from the name when empty.")

    def clean_slug(self) -> str:
        return unique_slug(Storyline, self.cleaned_data["slug"], str(self.cleaned_data.get("name", "")), self.instance)


def unique_slug(model: Any, typed: str, name: str, own: Any) -> str:
    """As typed; an empty one is made from the name, such as nobody else has."""
    if typed:
        return typed
    slug = addresses.make_slug(name, model._meta.model_name)
    taken = model.objects.filter(slug__startswith=slug).exclude(pk=own.pk)
    return addresses.numbered(slug, set(taken.values_list("slug", flat=True)))


class TagForm(WagtailAdminModelForm):
    """A tag: its name; another tag to merge it into."""

    into = forms.ModelChoiceField(
        Tag.objects.all(), required=False, label=_("Merge into"), empty_label=_("(keep it)"),
        help_text=_("Its stories go to that tag, and this one is gone."),
    )  # fmt: skip

    class Meta:
        model = Tag
        fields = ("name", "slug", "code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].label = _("web address")
        self.fields["slug"].help_text = _("The last part of the address of its page; made from the name when empty.")
        if self.instance.pk:
            into: Any = self.fields["into"]
            into.queryset = Tag.objects.exclude(pk=self.instance.pk)
        else:
            del self.fields["into"]

    def clean_slug(self) -> str:
        return unique_slug(Tag, self.cleaned_data["slug"], str(self.cleaned_data.get("name", "")), self.instance)


class CorrectionForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Correction.Kind.choices,
        widget=forms.RadioSelect,
        initial=Correction.Kind.CORRECTION,
        help_text=Correction._meta.get_field("kind").help_text,
    )
    text = forms.CharField(
        label=_("What was put right"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Say what was wrong and what is true. Readers see it with the story and on the page of corrections."
        ),
    )
    signed = forms.CharField(
        label=_("Signed"),
        required=False,
        max_length=150,
        help_text=_("Who answers for it, as readers see it, such as “The editors”. Empty: nobody is named."),
    )


class WithdrawForm(forms.Form):
    notice = forms.CharField(
        label=_("Notice in its place"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Readers find this at the story's address instead of its text."),
    )
    for_good = forms.BooleanField(label=_("For good"), required=False, initial=True, help_text=_("Else only for now."))
    reason = forms.CharField(label=_("Reason, for the history only"), required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason, for the history only"), required=False)
