"""Addresses of the territory."""

from escale.foundation.territory import views
from escale.ui.routes import api, page

urlpatterns = [
    api("communes/", views.communes, "communes", who="public"),
    page("territoire/", views.territory, "territory", who="public"),
    page("territoire/zones/<slug:key>/", views.zone, "zone", who="public"),
    page("territoire/<slug:code>/", views.commune, "commune", who="public"),
]
