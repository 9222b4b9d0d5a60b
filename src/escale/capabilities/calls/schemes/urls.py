"""Addresses of calls."""

from escale.capabilities.calls.schemes.views import drafting, public
from escale.ui.routes import act, api, page

urlpatterns = [
    page("appels/", public.index, "calls", who="public"),
    api("appels.ics", public.feed, "calls-feed", who="public"),
    page("appels/<slug:key>/", public.show, "call", who="public", thing="scheme"),
    page("appels/<slug:key>/eligibilite/", public.eligibility, "call-eligibility", who="public", thing="scheme"),
    page("appels/<slug:key>/simulateur/", public.simulator, "call-simulator", who="public", thing="scheme"),
    api(
        "appels/<slug:key>/try", public.attempt, "call-try", who="public", thing="scheme", act="try", methods=("POST",)
    ),
    page("schemes/", drafting.index, "schemes", who="signed-in"),
    act("schemes/create", drafting.create, "scheme-create", act="create", thing="scheme", asks=True),
    act("schemes/<slug:key>/edit", drafting.edit, "scheme-edit", act="edit", thing="scheme", asks=True),
    page("schemes/<slug:key>/preview/", drafting.preview, "scheme-preview", thing="scheme", act="prepare"),
    page("schemes/<slug:key>/bench/", drafting.bench, "scheme-bench", thing="scheme", act="prepare"),
    act(
        "schemes/<slug:key>/submit-for-review",
        drafting.submit,
        "scheme-submit",
        act="submit-for-review",
        thing="scheme",
    ),
    act("schemes/<slug:key>/send-back", drafting.send_back, "scheme-send-back", act="send-back", thing="scheme"),
    act("schemes/<slug:key>/publish", drafting.publish, "scheme-publish", act="publish", thing="scheme"),
]
