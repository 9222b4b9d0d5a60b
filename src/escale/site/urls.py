"""All addresses: each service's own, then the site's."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from escale.site import answers, probes, views
from escale.ui.routes import act, api, page

urlpatterns: list[URLPattern | URLResolver] = [
    page("", views.home, "home", who="public"),
    page("accessibilite/", views.accessibility, "accessibility", who="public"),
    page("mentions-legales/", views.legal, "legal", who="public"),
    page("donnees-personnelles/", views.privacy, "privacy", who="public"),
    api("healthz", probes.alive, "healthz", who="public"),
    api("readyz", probes.ready, "readyz", who="public"),
    page("contact/", views.contact, "contact", who="public"),
    page("galerie/", views.show_gallery, "gallery", who="public"),
    act("langue/choose", views.choose_language, "choose-language", act="choose", who="public"),
    path("", include("escale.foundation.territory.urls")),
    path("", include("escale.foundation.people.urls")),
    path("", include("escale.foundation.organisations.urls")),
    path("", include("escale.foundation.documents.urls")),
    path("demo/", include("escale.demo.urls")),
]

#: capability → the addresses of its rooms; a capability that is off has none.
_CALLS = "escale.capabilities.calls"
ROOMS = {
    "calls": [f"{_CALLS}.{room}.urls" for room in ("schemes", "dossiers", "instruction", "committee")],
    "planner": ["escale.capabilities.planner.urls"],
    "label": ["escale.capabilities.label.urls"],
    "directory": ["escale.capabilities.directory.urls"],
}
urlpatterns += [path("", include(room)) for name in settings.ESCALE_CAPABILITIES for room in ROOMS.get(name, [])]

handler404 = answers.unknown
handler500 = answers.failed
