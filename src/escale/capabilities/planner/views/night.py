"""A committee's dossiers asked of the planner."""

from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.utils.translation import gettext as _

from escale.capabilities.planner import actions
from escale.capabilities.planner.forms import GAP
from escale.capabilities.planner.panels import NIGHT
from escale.foundation.people.request import SignedIn
from escale.rules.refusal import Refused
from escale.ui.routes import done

#: A page left open longer no longer says what its committee has before its eyes.
SECONDS = 24 * 3600


def create(request: SignedIn) -> HttpResponse:
    """Asks which sets of a committee's dossiers reach most people, most points; only the person reads it."""
    try:
        given: dict[str, Any] = signing.loads(request.POST.get("question", ""), salt=NIGHT, max_age=SECONDS)
    except signing.BadSignature:
        sentence = _("Cette page est trop ancienne : revenez au classement du comité et demandez de nouveau.")
        raise Refused("page_too_old", sentence) from None
    question = {**given, "goal": "dossiers", "network": "open", "minutes": 20, "seconds": 20, "gap": GAP, "seed": 0}
    name = _("Comité {about}").format(about=given["about"])[:120]
    made = actions.create(name=name, question=question, by=request.user, at=request.at)
    return done(made.get_absolute_url())
