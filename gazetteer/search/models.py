"""What editors lay down about searches, and how often what was searched for: numbers by words, never by persons."""

from django.core.validators import MinLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_WORDS = 200


class Synonym(models.Model):
    """Words that mean the same. With `instead`, only one way: who looks for `words` also finds these."""

    words = models.CharField(
        _("words"),
        max_length=500,
        help_text=_("Separated by commas, each a word or a few: GP, doctor, family doctor."),
    )
    instead = models.CharField(
        _("also find"),
        max_length=500,
        blank=True,
        help_text=_(
            "Empty: all the words above mean the same. Filled in: a search for one of them also finds these, and not "
            "the other way round."
        ),
    )

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["words", "id"]

    def __str__(self) -> str:
        return f"{self.words} → {self.instead}" if self.instead else self.words


class StopWord(models.Model):
    """A word that need not be found."""

    word = models.CharField(
        _("word"),
        max_length=60,
        unique=True,
        help_text=_("Needs not be found, such as “the”. Articles and “and” in the larger languages are known already."),
    )

    class Meta:
        verbose_name = _("word to leave out")
        verbose_name_plural = _("words to leave out")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word


class Pin(models.Model):
    """What stands first when somebody searches for just these words."""

    words = models.CharField(
        _("search"),
        max_length=LONGEST_WORDS,
        validators=[MinLengthValidator(1)],
        help_text=_("The whole search, as visitors type it; capitals and accents make no difference."),
    )
    key = models.CharField(max_length=LONGEST_WORDS, editable=False)
    """The words as they are compared."""

    document = models.CharField(_("what stands first"), max_length=100, editable=False)
    """The id of what is found, such as `listing:5`."""

    title = models.CharField(_("what stands first"), max_length=300, editable=False)
    address = models.CharField(
        _("its web address"),
        max_length=600,
        help_text=_("Open its page on this site and paste the address from the browser here."),
    )
    position = models.PositiveSmallIntegerField(_("place"), default=1, help_text=_("1 stands before 2."))

    class Meta:
        verbose_name = _("chosen result")
        verbose_name_plural = _("chosen results")
        ordering = ["key", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["key", "document"], name="search_pinned_once")]

    def __str__(self) -> str:
        return f"{self.words}: {self.title}"


class Boost(models.Model):
    """Results of one sort stand before or behind others that fit the words as well."""

    class By(models.TextChoices):
        KIND = "kind", _("a kind: listings, stories, categories, places")
        CATEGORY = "category", _("listings of a category, with those below it")
        FEATURED = "featured", _("featured listings")

    class Factor(models.TextChoices):
        FAR_UP = "4", _("much further up")
        UP = "2", _("further up")
        DOWN = "0.5", _("further down")
        FAR_DOWN = "0.25", _("much further down")

    by = models.CharField(_("what"), max_length=10, choices=By.choices)
    value = models.CharField(
        _("which"),
        max_length=1000,
        blank=True,
        help_text=_("Of a category its web address, such as shops/bakeries."),
    )
    factor = models.CharField(_("where"), max_length=5, choices=Factor.choices, default=Factor.UP)

    class Meta:
        verbose_name = _("order of results")
        verbose_name_plural = _("order of results")
        ordering = ["by", "value"]
        constraints = [models.UniqueConstraint(fields=["by", "value"], name="search_one_boost")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.get_by_display(), self.value, self.get_factor_display()) if part)


class DayOfSearches(models.Model):
    """How often something was searched for on a day. Empty `words`: all that was too rare to be kept by itself."""

    day = models.DateField(_("day"))
    words = models.CharField(_("search"), max_length=LONGEST_WORDS, blank=True)
    searches = models.PositiveIntegerField(_("searches"), default=0)
    nothing = models.PositiveIntegerField(_("found nothing"), default=0)
    clicks = models.PositiveIntegerField(_("opened a result"), default=0)

    class Meta:
        verbose_name = _("searches of a day")
        verbose_name_plural = _("searches of a day")
        constraints = [models.UniqueConstraint(fields=["day", "words"], name="search_day_once")]

    def __str__(self) -> str:
        return f"{self.words} on {self.day}: {self.searches}"
