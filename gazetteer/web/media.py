"""Serving what people uploaded, so that nothing of it can act as a page of ours.

Only pictures, sound, film and PDF are shown in the browser; everything else (HTML, SVG, XML, scripts, what we do not
know) is offered as a download under a type that no browser runs. A proxy in front may serve the folder itself if it
keeps to the same rules; see docs/run.
"""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

SHOWN = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".webm": "video/webm",
    ".webp": "image/webp",
}
NEVER_ACTIVE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
DAY = 24 * 60 * 60
PRIVATE = "documents"
"""Documents are handed out by their own view, which knows who may read each of them."""


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One uploaded file, kept by browsers for a day; 404 for documents and for anything outside the folder."""
    if PurePosixPath(path).parts[:1] == (PRIVATE,):
        raise Http404
    try:
        changed = default_storage.get_modified_time(path).timestamp()
        if not was_modified_since(request.headers.get("If-Modified-Since"), changed):
            return HttpResponseNotModified()
        response = file_response(path)
    except (OSError, SuspiciousFileOperation, ValueError) as error:  # ValueError: a null byte in the path
        raise Http404 from error
    response.headers["Last-Modified"] = http_date(changed)
    return response


def file_response(path: str) -> FileResponse:
    kind = SHOWN.get(PurePosixPath(path).suffix.lower())
    return FileResponse(
        default_storage.open(path),
        as_attachment=kind is None,
        filename=PurePosixPath(path).name,
        content_type=kind or "application/octet-stream",
        headers={
            "Cache-Control": f"public, max-age={DAY}",
            "Content-Security-Policy": NEVER_ACTIVE,
            "X-Content-Type-Options": "nosniff",
        },
    )
