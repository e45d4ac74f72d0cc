"""Before you go live: each thing a live site needs, red or green, with what to do. For command, desk and monitor.

A check is a function that returns a `Finding`; `CHECKS` is their order on the page. One that itself fails is red.
"""

import logging
import os
import shutil
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from gazetteer.changes import clock, triggers
from gazetteer.directory.branches import checks as branches
from gazetteer.ops.archive import make
from gazetteer.ops.archive.form import Manifest, Refused, glance, verify
from gazetteer.ops.models import Worker
from gazetteer.pages.models import StandingPage
from gazetteer.search import index

logger = logging.getLogger(__name__)

BACKUP_AGE = timedelta(days=2)
WORKER_AGE = timedelta(minutes=2)
CERTIFICATE_DAYS = 14
FREE_BYTES = 2 * 1024**3
FREE_SHARE = 0.05
SECONDS = 10


@dataclass(frozen=True)
class Finding:
    """How one thing stands; `todo` says what to do where it is not well."""

    name: str
    is_well: bool
    told: str
    todo: str = ""


def well(told: str) -> Finding:
    return Finding("", True, told)


def ill(told: str, todo: str) -> Finding:
    return Finding("", False, told, todo)


def debug() -> Finding:
    if not settings.DEBUG:
        return well(_("Errors show visitors no details."))
    return ill(_("DEBUG is on: errors show visitors the inside of the program."), _("Set DEBUG=off and start again."))


def secret_key() -> Finding:
    key = settings.SECRET_KEY
    if len(key) >= 50 and len(set(key)) >= 5 and not key.startswith("django-insecure-"):
        return well(_("The secret key is long and random."))
    return ill(
        _("The secret key is short or guessable."),
        _("Leave SECRET_KEY unset, and one is made; or set 50 random characters. Everybody must sign in again."),
    )


def hosts() -> Finding:
    host = urlsplit(settings.SITE_URL).hostname or ""
    if "*" in settings.ALLOWED_HOSTS:
        return ill(_("The site answers to any name."), _("Set ALLOWED_HOSTS to the names it has."))
    if not is_allowed(host):
        return ill(
            _("The site does not answer to its own name, %(host)s.") % {"host": host},
            _("Add %(host)s to ALLOWED_HOSTS.") % {"host": host},
        )
    return well(_("The site answers to %(hosts)s.") % {"hosts": ", ".join(settings.ALLOWED_HOSTS)})


def is_allowed(host: str) -> bool:
    return any(host == each or (each.startswith(".") and f".{host}".endswith(each)) for each in settings.ALLOWED_HOSTS)


def domain() -> Finding:
    host = urlsplit(settings.SITE_URL).hostname or ""
    if host in {"127.0.0.1", "localhost", "::1", ""}:
        return ill(
            _("SITE_URL is %(url)s: links in mails and feeds lead nowhere.") % {"url": settings.SITE_URL},
            _("Set SITE_URL to the public address, such as https://www.example.org."),
        )
    try:
        socket.getaddrinfo(host, None)
    except OSError:
        return ill(_("%(host)s is not in the DNS.") % {"host": host}, _("Let the name point to this computer."))
    return well(_("%(host)s is in the DNS.") % {"host": host})


def encryption() -> Finding:
    """Whether the public address answers with a certificate that is valid, and for how long."""
    parts = urlsplit(settings.SITE_URL)
    if parts.scheme != "https":
        return ill(
            _("The public address is not encrypted: passwords can be read on the way."),
            _("Put a proxy with a certificate in front (docs/run), and set SITE_URL to https://…"),
        )
    try:
        days = days_of_certificate(parts.hostname or "", parts.port or 443)
    except (OSError, ValueError) as error:
        return ill(_("No valid certificate answers there: %(error)s") % {"error": error}, _("Look at the proxy's log."))
    if days < CERTIFICATE_DAYS:
        return ill(_("The certificate ends in %(days)d days.") % {"days": days}, _("See why it was not renewed."))
    return well(_("The certificate is valid for %(days)d more days.") % {"days": days})


def days_of_certificate(host: str, port: int) -> int:
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host) as secured,
    ):
        certificate = secured.getpeercert() or {}
    ends = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
    return int((ends - timezone.now().timestamp()) // 86_400)


def mail() -> Finding:
    """Whether the mail server takes us; no mail is sent."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return ill(
            _("No mail leaves: sign-in links and alarms are only written to the log."),
            _("Set EMAIL_URL and EMAIL_FROM, then try `gazetteer sendtestemail you@example.org`."),
        )
    try:
        server = get_connection(timeout=SECONDS)
        server.open()
        server.close()
    except (OSError, smtplib.SMTPException) as error:
        return ill(_("The mail server does not take us: %(error)s") % {"error": error}, _("Look at EMAIL_URL."))
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        return ill(_("Mails have no sender."), _("Set EMAIL_FROM, such as Example News <news@example.org>."))
    return well(_("The mail server %(host)s takes our mails.") % {"host": settings.EMAIL_HOST})


def backup() -> Finding:
    return newest_backup(verify)


def backup_at_a_glance() -> Finding:
    """Without reading it through, which may take minutes."""
    return newest_backup(glance)


def newest_backup(look: Callable[[Path], Manifest]) -> Finding:
    newest = make.latest()
    todo = _("Run `gazetteer backup` every night (docs/run has a timer), and keep copies on another computer.")
    if newest is None:
        return ill(_("There is no backup in %(folder)s.") % {"folder": settings.BACKUP_DIR}, todo)
    path, made = newest
    if timezone.now() - made > BACKUP_AGE:
        return ill(_("The newest backup is of %(made)s.") % {"made": f"{made:%Y-%m-%d %H:%M}"}, todo)
    try:
        manifest = look(path)
    except (Refused, OSError) as error:
        return ill(_("The newest backup cannot be restored: %(error)s") % {"error": error}, todo)
    return well(
        _("The backup of %(made)s is whole: %(rows)d rows.")
        % {"made": f"{made:%Y-%m-%d %H:%M}", "rows": sum(manifest.tables.values())}
    )


def worker() -> Finding:
    alive = Worker.objects.filter(seen_at__gt=timezone.now() - WORKER_AGE).count()
    if alive:
        return well(_("Background work is being done."))
    return ill(
        _("Nobody does the background work: nothing is published on time, no mail is sent."),
        _("Run `gazetteer serve` without --no-work, or `gazetteer work` beside it."),
    )


def disk() -> Finding:
    usage = shutil.disk_usage(settings.HOME)
    gigabytes = {"free": f"{usage.free / 1e9:.1f}", "total": f"{usage.total / 1e9:.1f}"}
    if usage.free < FREE_BYTES or usage.free < usage.total * FREE_SHARE:
        return ill(
            _("Only %(free)s of %(total)s GB are free where the site stands.") % gigabytes,
            _("Make room, or move GAZETTEER_HOME to a larger disk."),
        )
    return well(_("%(free)s of %(total)s GB are free where the site stands.") % gigabytes)


def home_is_private() -> Finding:
    path = settings.HOME / "secret_key"
    if path.exists() and path.stat().st_mode & 0o077 and os.name == "posix":
        return ill(_("Others on this computer can read the secret key."), _("Run chmod 600 on %(f)s.") % {"f": path})
    return well(_("Only the owner can read the secret key."))


def people() -> Finding:
    users = get_user_model()._default_manager
    if not users.filter(is_superuser=True, is_active=True).exists():
        return ill(_("Nobody is in charge."), _("Run `gazetteer createsuperuser`, or open the setup link of `serve`."))
    if users.filter(is_active=True, username="admin", is_superuser=True).exists() and demo_password_works():
        return ill(_("The administrator of the demo still has its known password."), _("Change it at /account/."))
    return well(_("Somebody is in charge."))


def demo_password_works() -> bool:
    user = get_user_model()._default_manager.filter(username="admin").first()
    return user is not None and any(user.check_password(known) for known in ("admin", "gazetteer", "demo", "password"))


def legal_pages() -> Finding:
    pages = list(StandingPage.objects.live().order_by("path"))
    with_gaps = [page.title for page in pages if page.gaps]
    if with_gaps:
        return ill(
            _("Places in [brackets] are not filled in yet: %(pages)s.") % {"pages": ", ".join(with_gaps)},
            _("Complete them at the desk under Pages."),
        )
    if not pages:
        return ill(_("There is no imprint and no privacy page."), _("Make them at the desk under Pages."))
    return well(_("Imprint, privacy and the other standing pages have no gaps."))


def due_things() -> Finding:
    failing = clock.failing().count()
    given_up = DBTaskResult.objects.failed().count()
    if failing or given_up:
        return ill(
            _("%(failing)d things due failed, %(given_up)d tasks were given up.")
            % {"failing": failing, "given_up": given_up},
            _("See the desk under Operation."),
        )
    return well(_("Everything due was done."))


def facts() -> Finding:
    """Whether the counts and what keeps them are as they should be. Reads the whole directory."""
    wrong = contradictions()
    if wrong:
        return ill(" ".join(wrong[:3]), _("Run `gazetteer rebuild`."))
    return well(_("All counts are true."))


MOST_BEHIND = 1_000
"""Changes that the index may be behind; it takes up some thousand in a second."""


def search() -> Finding:
    """Whether there is an index, and how far it is behind what was written."""
    behind = index.behind()
    if behind is None:
        return ill(_("There is no search index yet."), _("Start `gazetteer serve` or `gazetteer work`: it makes one."))
    if behind > MOST_BEHIND:
        return ill(
            _("The search index is %(number)s changes behind.") % {"number": behind},
            _("See that the background work runs; if it does, run `gazetteer rebuild search`."),
        )
    return well(_("%(number)s things can be found.") % {"number": index.engine().count()})


def contradictions() -> list[str]:
    """What stands in the database against what is declared or can be counted."""
    return [*triggers.differences(connection), *branches.differences()]


CHECKS: tuple[tuple[str | Promise, Callable[[], Finding]], ...] = (
    (gettext_lazy("People"), people),
    (gettext_lazy("Details of errors"), debug),
    (gettext_lazy("Secret key"), secret_key),
    (gettext_lazy("Secret key's file"), home_is_private),
    (gettext_lazy("Host names"), hosts),
    (gettext_lazy("Public address"), domain),
    (gettext_lazy("Encryption"), encryption),
    (gettext_lazy("Mail"), mail),
    (gettext_lazy("Backup"), backup),
    (gettext_lazy("Background work"), worker),
    (gettext_lazy("What was due"), due_things),
    (gettext_lazy("Disk"), disk),
    (gettext_lazy("Legal pages"), legal_pages),
    (gettext_lazy("Counts"), facts),
    (gettext_lazy("Search"), search),
)


AT_A_GLANCE = {backup: backup_at_a_glance, facts: None}
"""For the desk, whose pages may not take long: what stands in for a check that reads everything, or None."""


def findings(thorough: bool = True) -> list[Finding]:
    """Every check; those of the desk are not `thorough`, for they may not take long."""
    chosen = ((name, check if thorough else AT_A_GLANCE.get(check, check)) for name, check in CHECKS)
    return [looked_at(str(name), check) for name, check in chosen if check]


def looked_at(name: str, check: Callable[[], Finding]) -> Finding:
    try:
        found = check()
    except Exception as error:
        logger.exception("The check %s itself failed.", name)
        found = ill(f"{type(error).__name__}: {error}", _("This check itself failed; the log has the details."))
    return Finding(name, found.is_well, found.told, found.todo)
