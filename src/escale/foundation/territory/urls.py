"""Addresses of the territory."""

from escale.foundation.territory import views
from escale.ui.routes import api

urlpatterns = [api("communes/", views.communes, "communes", who="public")]
