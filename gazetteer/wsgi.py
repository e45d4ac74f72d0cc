"""What a server runs: `granian --interface wsgi gazetteer.wsgi:application`, or any other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from gazetteer.edge import in_front_of

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gazetteer.settings")
application = in_front_of(get_wsgi_application())
