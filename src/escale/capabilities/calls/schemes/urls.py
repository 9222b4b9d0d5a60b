"""Addresses of calls."""

from escale.capabilities.calls.schemes.views import bench, drafting, life, previews, public
from escale.ui.routes import act, api, page

THING = "scheme"

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
    act("schemes/create", drafting.create, "scheme-create", act="create", thing=THING, asks=True),
    page("schemes/<slug:key>/", life.show, "scheme", thing=THING, act="prepare"),
    act("schemes/<slug:key>/edit", drafting.edit, "scheme-edit", act="edit", thing=THING, asks=True),
    page("schemes/<slug:key>/preview/", previews.preview, "scheme-preview", thing=THING, act="prepare"),
    page("schemes/<slug:key>/bench/", bench.bench, "scheme-bench", thing=THING, act="prepare"),
    act(
        "schemes/<slug:key>/submit-for-review", life.submit, "scheme-submit", act="submit-for-review", thing=THING,
    ),
    act("schemes/<slug:key>/send-back", life.send_back, "scheme-send-back", act="send-back", thing=THING),
    act("schemes/<slug:key>/publish", life.publish, "scheme-publish", act="publish", thing=THING),
]  # fmt: skip
