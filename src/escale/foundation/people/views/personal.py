"""My data: taken away as a zip, the account closed."""

from typing import cast

from django.contrib.auth import logout
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from escale.foundation.people import closing, limits, takeout
from escale.foundation.people.forms import CloseForm
from escale.foundation.people.models import Person
from escale.rules.refusal import Refused
from escale.ui.routes import Request, done


def data(request: Request) -> HttpResponse:
    """What is kept about me, how to take it away, how to close."""
    return render(request, "people/data.html", {"person": request.user})


def download(request: Request) -> HttpResponseBase:
    """Everything about me, in one zip."""
    person = cast(Person, request.user)
    limits.spend("takeout-of-person", str(person.key), at=request.at)
    file = takeout.made_for("person", person, request.at)
    name = f"escale-mes-donnees-{request.at:%Y-%m-%d}.zip"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response


def close(request: Request) -> HttpResponse:
    """Closes my account, after a page that says what stays and what goes."""
    person = cast(Person, request.user)
    form = CloseForm(person, request.POST if request.method == "POST" else None)
    refused, status = None, 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            closing.close(person, at=request.at)
        except Refused as error:
            refused, status = error, 409
        else:
            logout(request)
            return done(f"{reverse('sign-in')}?fait=closed")
    return render(request, "people/close.html", {"form": form, "refused": refused}, status=status)
