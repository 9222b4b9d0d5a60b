"""The WSGI application that ``escale serve`` runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "escale.site.settings")
application = get_wsgi_application()
