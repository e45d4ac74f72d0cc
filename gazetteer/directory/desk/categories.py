"""The desk's views of categories: the tree, and everything done to it by its named action."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.admin.widgets.button import Button

from gazetteer.accounts.policy import may
from gazetteer.directory import actions
from gazetteer.directory.branches.moves import CannotChange
from gazetteer.directory.desk import checks, tree
from gazetteer.directory.desk.acts import ActView, OwnPart, ReasonForm
from gazetteer.directory.desk.choosers import category_chooser
from gazetteer.directory.desk.inputs import LinesField, PairsField
from gazetteer.directory.imports.problems import Bad
from gazetteer.directory.models import Category, TreeChange
from gazetteer.directory.names import make_slug
from gazetteer.web.html import to_html

FACTS = ("names_by_lang", "description", "picture", "schema_type", "open_to_submissions", "shows_listings")


def address_of(text: str) -> str:
    """The web address of a category, from a pasted address of its page or that alone."""
    wanted = text.strip().split("/directory/")[-1].strip("/")
    if not Category.objects.in_use().filter(address=wanted).exists():
        raise Bad(_("there is no category with the web address “%(text)s”") % {"text": wanted[:80]})
    return wanted


def chosen_field(label: Any, **options: Any) -> forms.ModelChoiceField:  # type: ignore[type-arg]
    return forms.ModelChoiceField(
        Category.objects.in_use(), label=label, widget=category_chooser.widget_class(), **options
    )


class CategoryForm(WagtailAdminModelForm):
    """A category; its place in the tree is given when it is made, and changed by moving it."""

    parent = chosen_field(gettext_lazy("Below"), required=False, help_text=gettext_lazy("Empty: at the top level."))
    names_by_lang = PairsField(
        label=gettext_lazy("Names in other languages"),
        check=checks.name_in_language,
        help_text=gettext_lazy(
            "On each line the language’s code, an equals sign and the name. Example: fr = Boulangeries"
        ),
    )
    see_also = LinesField(
        label=gettext_lazy("See also"),
        check=address_of,
        help_text=gettext_lazy("Other categories by their web address, one on each line. Example: shops/bakery"),
    )

    class Meta:
        model = Category
        fields = ("name", "slug", *FACTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _(
            "The last part of the address of its page; made from the name when empty. Old addresses lead to the new."
        )
        if self.instance.pk:
            del self.fields["parent"]
            there = self.instance.related.order_by("path").values_list("address", flat=True)
            self.initial["see_also"] = list(there)

    def clean_description(self) -> str:
        text = str(self.cleaned_data["description"])
        return to_html(text) if "description" in self.changed_data and text else text

    def clean_slug(self) -> str:
        """As it is stored; whatever was typed becomes a part of an address."""
        slug = str(self.cleaned_data.get("slug") or "")
        return make_slug(slug or str(self.cleaned_data.get("name") or "")) if self.has_typed(slug) else slug

    def has_typed(self, slug: str) -> bool:
        return not slug or slug != self.instance.slug

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}

    @property
    def related(self) -> list[Category]:
        return list(Category.objects.filter(address__in=self.cleaned_data["see_also"]))


class CategoryTree(generic.IndexView):
    """The categories, folded up; found by a part of the name. An arrow moves one among its neighbours.

    `?open=` with the id of a category unfolds the tree down to it and what is directly below it.
    """

    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "directory/desk/tree.html"
    is_searchable = True
    default_ordering = "path"

    def get_queryset(self) -> Any:
        return Category.objects.none()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        user, text = self.request.user, self.search_query.strip()
        opened = Category.objects.filter(pk=self.request.GET.get("open") or 0).first() if self.opens else None
        shown = tree.matching(user, text) if text else tree.nodes(user, opened)
        rows = {
            "nodes": shown[: tree.MOST_FOUND] if text else shown,
            "is_flat": bool(text),
            "may_add": may(user, "add", Category),
            "urls": tree_urls(),
            "words": tree_words(),
        }
        return {
            **super().get_context_data(*args, **kwargs),
            **rows,
            "tree": drawn(rows),
            "shown_of_more": tree.MOST_FOUND if text and len(shown) > tree.MOST_FOUND else 0,
            "changes": list(tree.under_way()),
            "trashed": tree.trashed(user),
        }

    @property
    def opens(self) -> bool:
        return str(self.request.GET.get("open", "")).isdigit()

    def post(self, request: HttpRequest) -> HttpResponse:
        """`up` or `down`: the id of the category to put before or behind its neighbour."""
        step = "up" if "up" in request.POST else "down"
        pk = str(request.POST.get(step, ""))
        category = get_object_or_404(Category, pk=pk if pk.isdigit() else 0)
        siblings = category.get_siblings().filter(is_hidden=False)
        beside = (
            siblings.filter(path__lt=category.path).last()
            if step == "up"
            else siblings.filter(path__gt=category.path).first()
        )
        if beside is not None:
            try:
                actions.move_category(category, beside, "left" if step == "up" else "right", by=request.user)
            except CannotChange as error:
                messages.error(request, str(error))
        return redirect(tree_url(category))


def drawn(rows: dict[str, Any]) -> SafeString:
    """The tree by Jinja2, several times faster: there may be thousands of categories."""
    return mark_safe(render_to_string("directory/desk_tree.html", rows))  # noqa: S308 (escaped by its own template)


def neighbour(category: Category, step: str) -> Category | None:
    """The one before it among those beside it (`up`), or the one behind it."""
    siblings = category.get_siblings().filter(is_hidden=False).order_by("path")
    if step == "up":
        return siblings.filter(path__lt=category.path).last()
    return siblings.filter(path__gt=category.path).first()


def tree_urls() -> dict[str, str]:
    """Asked for once, not for every category."""
    edit = reverse("categories:edit", args=[0])
    return {
        "tree": reverse("categories:index"),
        "edit": edit.removesuffix("0/"),
        "add": reverse("categories:add"),
        "listings": reverse("listings:list"),
    }


def tree_words() -> dict[str, str]:
    return {
        "edit": _("Edit"),
        "add": _("Add below"),
        "listings": _("Its listings"),
        "up": _("Move up:"),
        "down": _("Move down:"),
    }


def tree_url(category: Category | None = None) -> str:
    """The tree, unfolded down to the category."""
    url = reverse("categories:index")
    return f"{url}?open={category.pk}#category-{category.pk}" if category else url


class OwnCategory(OwnPart):
    part = Category


class CategoryCreate(generic.CreateView):
    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "parent": self.request.GET.get("parent")}

    def save_instance(self) -> Category:
        data = self.form.cleaned_data
        parent, person = data["parent"], self.request.user
        category = actions.add_category(data["name"], parent, by=person, **self.form.facts)
        if data["slug"] and data["slug"] != category.slug:
            actions.rename_category(category, data["name"], slug=data["slug"], by=person)
        if self.form.related:
            category.related.set(self.form.related)
        return Category.objects.get(pk=category.pk)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except CannotChange as error:
            form.add_error("parent", str(error))
            return self.form_invalid(form)
        return response

    def get_success_url(self) -> str:
        return tree_url(self.object)


class CategoryEdit(OwnCategory, generic.EditView):
    delete_item_label = gettext_lazy("Move to the trash")

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = [*super().header_more_buttons]
        category, person = self.thing, self.request.user
        in_use = category.deleted_at is None
        possible = [
            ("move", _("Move elsewhere"), "arrow-right-full", in_use),
            ("merge", _("Merge into another"), "redirect", in_use),
            ("restore", _("Take out of the trash"), "undo", not in_use),
        ]
        for verb, label, icon, fits in possible:
            if fits and may(person, verb, category):
                url = reverse(f"categories:{verb}", args=[category.pk])
                buttons.append(Button(label, url=url, icon_name=icon, priority=50))
        return buttons

    def save_instance(self) -> Category:
        data, person = self.form.cleaned_data, self.request.user
        before = Category.objects.get(pk=self.thing.pk)
        if (before.name, before.slug) != (data["name"], data["slug"]):
            actions.rename_category(before, data["name"], slug=data["slug"], by=person)
        actions.edit_category(before, related=self.form.related, by=person, **self.form.facts)
        return Category.objects.get(pk=before.pk)

    def get_success_url(self) -> str:
        return tree_url(self.object)


class CategoryHistory(OwnCategory, HistoryView):
    verb = "view"


# Acts upon one category


class MoveForm(ReasonForm):
    under = chosen_field(gettext_lazy("Below"), required=False, help_text=gettext_lazy("Empty: at the top level."))
    field_order = ("under", "reason")


class MergeForm(ReasonForm):
    into = chosen_field(gettext_lazy("The category that stays"))
    field_order = ("into", "reason")


class CategoryAct(ActView):
    part = Category
    place = "categories"
    header_icon = "folder-open-1"

    @property
    def list_url(self) -> str:
        return tree_url()

    @property
    def done_url(self) -> str:
        return tree_url(Category.objects.filter(pk=self.thing.pk, is_hidden=False).first())

    def tell(self, change: TreeChange) -> None:
        """A large change goes on after this request; the tree shows how far it is."""
        if change.stage != TreeChange.Stage.DONE:
            words = _("There are many listings: it is done step by step from now on. Visitors see the old until then.")
            messages.info(self.request, words)


class MoveView(CategoryAct):
    verb = "move"
    form_class = MoveForm
    button = gettext_lazy("Move elsewhere")
    explanation = gettext_lazy("It moves with all below it, and becomes the last there. Its old web addresses lead on.")
    done = gettext_lazy("The category moves.")

    def act(self, data: dict[str, Any]) -> None:
        change = actions.move_category(self.thing, data["under"], by=self.request.user, reason=data["reason"])
        self.tell(change)


class MergeView(CategoryAct):
    verb = "merge"
    form_class = MergeForm
    button = gettext_lazy("Merge into another")
    explanation = gettext_lazy(
        "All its listings and all below it go to the other category, and its web addresses lead there. "
        "This cannot be undone."
    )
    done = gettext_lazy("The category is merged.")
    is_serious = True

    def act(self, data: dict[str, Any]) -> None:
        self.tell(actions.merge_categories(self.thing, data["into"], by=self.request.user, reason=data["reason"]))


class TrashView(CategoryAct):
    verb = "trash"
    button = gettext_lazy("Move to the trash")
    explanation = gettext_lazy(
        "Visitors no longer see it, nor what is below it. Its listings stay, and are found where else they are filed. "
        "You can take it out again."
    )
    done = gettext_lazy("The category is in the trash.")
    is_serious = True

    def act(self, data: dict[str, Any]) -> None:
        self.tell(actions.trash_category(self.thing, by=self.request.user, reason=data["reason"]))


class RestoreView(CategoryAct):
    verb = "restore"
    button = gettext_lazy("Take out of the trash")
    explanation = gettext_lazy("It stands again where it was, with all below it.")
    done = gettext_lazy("The category is out of the trash.")

    def act(self, data: dict[str, Any]) -> None:
        self.tell(actions.restore_category(self.thing, by=self.request.user, reason=data["reason"]))


ACTS = (MoveView, MergeView, RestoreView)

form = ObjectList(
    [
        FieldPanel("name"),
        FieldPanel("parent"),
        FieldPanel("names_by_lang"),
        FieldPanel("description", widget=AdminAutoHeightTextInput),
        FieldPanel("picture"),
        FieldPanel("see_also"),
        MultiFieldPanel([FieldPanel("open_to_submissions"), FieldPanel("shows_listings")], heading=_("Visitors")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("slug"), FieldPanel("schema_type")])], heading=_("Address and search")
        ),
    ],
    base_form_class=CategoryForm,
)


class Categories(ModelViewSet):
    model = Category
    icon = "folder-open-1"
    menu_label = gettext_lazy("Categories")
    menu_name = "categories"
    menu_order = 210
    add_to_admin_menu = True
    index_view_class = CategoryTree
    add_view_class = CategoryCreate
    edit_view_class = CategoryEdit
    history_view_class = CategoryHistory
    copy_view_enabled = False
    search_backend_name = None
    list_filter: list[str] = []
    edit_handler = form

    def get_urlpatterns(self) -> list[Any]:
        """With our own acts, the trash among them in the place of deleting."""
        acts = [path(f"{act.verb}/<int:pk>/", act.as_view(), name=act.verb) for act in ACTS]
        own = [each for each in super().get_urlpatterns() if each.name != "delete"]
        return [*own, path("delete/<int:pk>/", TrashView.as_view(), name="delete"), *acts]


categories = Categories("categories", url_prefix="categories")
