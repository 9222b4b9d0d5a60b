"""A form alone on its page: the same page for all acts that ask something first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from escale.foundation.journal.models import Stateful
from escale.foundation.people.request import SignedIn


def asked(
    request: SignedIn, form: Any, title: Any, *, back: str, about: Stateful | None = None, lead: str = ""
) -> HttpResponse:
    """The form, empty or as posted (422). ``about``: the sitting or the vote that the act is on."""
    thing = (about.POLICY.thing, about.subject.number, about.state) if about else ()
    context = {
        "form": form, "title": title, "back": back, "thing": thing, "over": about.subject.number if about else "",
        "lead": lead,
    }  # fmt: skip
    return render(request, "committee/form.html", context, status=422 if request.method == "POST" else 200)
