"""What a server runs: `granian --interface wsgi gazetteer.wsgi:application`, or any other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gazetteer.settings")
application = get_wsgi_application()
