"""Every write of what editors lay down about searches. `by` is the person, None the program itself."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from gazetteer.accounts.policy import Person, require
from gazetteer.search import kinds, rules
from gazetteer.search.models import Boost, Pin, StopWord, Synonym

Rule = Synonym | StopWord | Pin | Boost


def save(rule: Rule, *, by: Person = None, reason: str = "") -> Rule:
    """Add or change a rule; it holds from the next search on. Raises ValidationError naming the field."""
    is_new = rule.pk is None
    require(by, "add" if is_new else "change", type(rule) if is_new else rule)
    prepare(rule)
    with transaction.atomic():
        rule.full_clean()
        rule.save()
        log(rule, "wagtail.create" if is_new else "wagtail.edit", user=by, data={"reason": reason})
    return rule


def remove(rule: Rule, *, by: Person = None, reason: str = "") -> None:
    require(by, "delete", rule)
    with transaction.atomic():
        log(rule, "wagtail.delete", user=by, data={"reason": reason}, deleted=True)
        rule.delete()


def prepare(rule: Rule) -> None:
    """Fill in what follows from what was typed; raises ValidationError where it says nothing."""
    if isinstance(rule, Pin):
        prepare_pin(rule)
    elif isinstance(rule, Synonym):
        prepare_synonym(rule)
    elif isinstance(rule, Boost):
        prepare_boost(rule)
    elif len(rule.word.split()) > 1 or not rules.key(rule.word):
        raise ValidationError({"word": _("Write one word.")})
    else:
        rule.word = rule.word.strip().casefold()


def prepare_synonym(synonym: Synonym) -> None:
    words = rules.parts(synonym.words)
    if not words:
        raise ValidationError({"words": _("Write the words, separated by commas.")})
    if synonym.instead and not rules.parts(synonym.instead):
        raise ValidationError({"instead": _("Write the words, separated by commas, or leave this empty.")})
    if not synonym.instead and len(words) < 2:
        raise ValidationError({"words": _("Write two words at least, separated by a comma, or fill in “also find”.")})


def prepare_pin(pin: Pin) -> None:
    pin.key = rules.key(pin.words)[:200]
    if not pin.key:
        raise ValidationError({"words": _("Write what visitors search for.")})
    found = kinds.at_address(unquote(urlsplit(pin.address.strip()).path) or "/")
    if found is None:
        raise ValidationError(
            {"address": _("No listing, story, category or place has this address. Open its page and copy the address.")}
        )
    pin.document, pin.title = found[0], found[1][:300]


def prepare_boost(boost: Boost) -> None:
    boost.value = boost.value.strip().strip("/")
    if boost.by == Boost.By.FEATURED:
        boost.value = ""
    elif boost.by == Boost.By.KIND and boost.value not in kinds.kinds:
        known = ", ".join(kind.name for kind in kinds.in_order())
        raise ValidationError({"value": _("Write one of: %(known)s.") % {"known": known}})
    elif boost.by == Boost.By.CATEGORY:
        path = urlsplit(boost.value).path.strip("/").removeprefix("directory/")
        if not path or kinds.at_address(f"/directory/{path}/") is None:
            raise ValidationError({"value": _("There is no such category. Paste the address of its page.")})
        boost.value = unquote(path)
