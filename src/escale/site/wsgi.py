"""The WSGI application that ``escale serve`` runs."""

import gc
import os
import signal

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from escale.site import lifeline

if "ESCALE_SERVED" in os.environ:  # by ``escale serve``: a web process ends with its server, which may be killed
    lifeline.tie(signal.SIGKILL, os.getppid())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "escale.site.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  # reading them loads every view before the first visitor comes
# What is loaded stays: the collector need not look at it again, a pause of some 70 ms every few hundred pages.
gc.collect()
gc.freeze()
