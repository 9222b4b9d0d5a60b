"""Addresses of calls."""

from escale.capabilities.calls.schemes import views
from escale.ui.routes import api, page

urlpatterns = [
    page("appels/", views.index, "calls", who="public"),
    api("appels.ics", views.feed, "calls-feed", who="public"),
    page("appels/<slug:key>/", views.show, "call", who="public", thing="scheme"),
    page("appels/<slug:key>/eligibilite/", views.eligibility, "call-eligibility", who="public", thing="scheme"),
    page("appels/<slug:key>/simulateur/", views.simulator, "call-simulator", who="public", thing="scheme"),
    api("appels/<slug:key>/try", views.attempt, "call-try", who="public", thing="scheme", act="try", methods=("POST",)),
]
