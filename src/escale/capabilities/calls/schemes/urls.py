"""Addresses of calls."""

from escale.capabilities.calls.schemes.views import (
    attachments,
    bench,
    drafting,
    life,
    previews,
    public,
    questions,
    subscriptions,
)
from escale.ui.routes import act, api, page

THING = "scheme"
QUESTION = "call_question"

urlpatterns = [
    page("appels/", public.index, "calls", who="public"),
    api("appels.ics", public.feed, "calls-feed", who="public"),
    page("appels/<slug:key>/", public.show, "call", who="public", thing="scheme"),
    page("appels/<slug:key>/versions/", public.versions, "call-versions", who="public", thing=THING),
    page("appels/<slug:key>/versions/<int:n>/", public.version, "call-version", who="public", thing=THING),
    page("appels/<slug:key>/eligibilite/", public.eligibility, "call-eligibility", who="public", thing="scheme"),
    page("appels/<slug:key>/simulateur/", public.simulator, "call-simulator", who="public", thing="scheme"),
    api(
        "appels/<slug:key>/try", public.attempt, "call-try", who="public", thing="scheme", act="try", methods=("POST",)
    ),
    page("appels/<slug:key>/documents/<int:number>", attachments.download, "call-document", who="public", thing=THING),
    act("appels/<slug:key>/ask", questions.ask, "question-ask", act="ask", thing=QUESTION, who="public", asks=True),
    act(
        "appels/questions/<str:token>/confirm", questions.confirm, "question-confirm", act="confirm", thing=QUESTION,
        who="token", asks=True,
    ),
    act(
        "appels/<slug:key>/subscribe", subscriptions.subscribe, "call-subscribe", act="subscribe", thing=THING,
        who="public", asks=True,
    ),
    act(
        "appels/abonnements/<str:token>/confirm", subscriptions.confirm, "subscription-confirm", act="confirm",
        thing="subscription", who="token", asks=True,
    ),
    act(
        "appels/abonnements/<str:token>/unsubscribe", subscriptions.unsubscribe, "subscription-unsubscribe",
        act="unsubscribe", thing="subscription", who="token", asks=True,
    ),
    page("schemes/", drafting.index, "schemes", who="signed-in"),
    act("schemes/create", drafting.create, "scheme-create", act="create", thing=THING, asks=True),
    page("schemes/<slug:key>/", life.show, "scheme", thing=THING, act="prepare"),
    act("schemes/<slug:key>/edit", drafting.edit, "scheme-edit", act="edit", thing=THING, asks=True),
    page("schemes/<slug:key>/preview/", previews.preview, "scheme-preview", thing=THING, act="prepare"),
    page("schemes/<slug:key>/bench/", bench.bench, "scheme-bench", thing=THING, act="prepare"),
    act("schemes/<slug:key>/keep-case", bench.try_case, "scheme-try", act="keep-case", thing=THING, asks=True),
    act("schemes/<slug:key>/cases/<int:number>/drop-case", bench.drop_case, "scheme-drop-case", act="drop-case", thing=THING),
    act(
        "schemes/<slug:key>/submit-for-review", life.submit, "scheme-submit", act="submit-for-review", thing=THING,
    ),
    act("schemes/<slug:key>/send-back", life.send_back, "scheme-send-back", act="send-back", thing=THING),
    act("schemes/<slug:key>/publish", life.publish, "scheme-publish", act="publish", thing=THING),
    act("schemes/<slug:key>/archive", life.archive, "scheme-archive", act="archive", thing=THING, asks=True),
    act("schemes/<slug:key>/prolong", life.prolong, "scheme-prolong", act="prolong", thing=THING, asks=True),
    act("schemes/<slug:key>/close-early", life.close_early, "scheme-close-early", act="close-early", thing=THING, asks=True),
    act("schemes/<slug:key>/suspend", life.suspend, "scheme-suspend", act="suspend", thing=THING, asks=True),
    act("schemes/<slug:key>/resume", life.resume, "scheme-resume", act="resume", thing=THING, asks=True),
    act("schemes/<slug:key>/correct", life.correct, "scheme-correct", act="correct", thing=THING, asks=True),
    act(
        "schemes/<slug:key>/change-envelope", life.change_envelope, "scheme-change-envelope", act="change-envelope",
        thing=THING, asks=True,
    ),
    page("schemes/<slug:key>/differences/", life.differences, "scheme-differences", thing=THING, act="prepare"),
    page("schemes/<slug:key>/links/", previews.links, "scheme-links", thing=THING, act="prepare"),
    act("schemes/<slug:key>/share-preview", previews.share, "scheme-share", act="share-preview", thing=THING),
    act(
        "schemes/<slug:key>/links/<int:number>/revoke-preview", previews.revoke, "scheme-revoke", act="revoke-preview",
        thing=THING,
    ),
    page("schemes/<slug:key>/attachments/", attachments.index, "scheme-attachments", thing=THING, act="prepare"),
    act("schemes/<slug:key>/attach", attachments.attach, "scheme-attach", act="attach", thing=THING),
    act(
        "schemes/<slug:key>/attachments/<int:number>/detach", attachments.detach, "scheme-detach", act="detach",
        thing=THING,
    ),
    page("schemes/<slug:key>/questions/", questions.index, "scheme-questions", thing=THING, act="prepare"),
    act(
        "schemes/<slug:key>/questions/<int:n>/answer", questions.answer, "question-answer", act="answer",
        thing=QUESTION, asks=True,
    ),
    act(
        "schemes/<slug:key>/questions/<int:n>/set-aside", questions.set_aside, "question-set-aside", act="set-aside",
        thing=QUESTION, asks=True,
    ),
    page("appels/apercu/<str:secret>/", previews.shared, "scheme-shared", who="token", thing=THING),
]  # fmt: skip
