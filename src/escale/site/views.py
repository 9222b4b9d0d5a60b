"""The home page and the site's own pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """The first page: what can be done here."""
    return render(request, "site/home.html")
