"""For monitors and proxies: whether the site answers and its database does."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gazetteer.ops.health import WORKER_AGE
from gazetteer.ops.models import Worker


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 and `{"status": "ok"}` if the database answers, else 503; `work`: is background work done?"""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        working = Worker.objects.filter(seen_at__gt=timezone.now() - WORKER_AGE).exists()
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok", "work": working})


ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /account/
Disallow: /search/
Disallow: /setup/

Sitemap: {site}/sitemap.xml
Sitemap: {site}/news-sitemap.xml
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers need not read: the desk, signing in, results (each word typed would be a page). RFC 9309."""
    return HttpResponse(ROBOTS.format(site=settings.SITE_URL), content_type="text/plain; charset=utf-8")
