"""The home page and the site's own pages."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from escale.foundation.places import queries as places
from escale.foundation.territory import queries as territory
from escale.site import answers
from escale.ui import gallery
from escale.ui.dots import dots_svg
from escale.ui.routes import Request

#: rule of retention → what it keeps, in words, for the privacy page.
KEPT = (
    ("accounts", _("Compte que personne n’utilise, à compter de la dernière connexion")),
    ("mails", _("Texte des courriels envoyés")),
    ("invitations", _("Adresse d’une invitation qui a reçu sa réponse")),
    ("removed_documents", _("Document permanent retiré par l’organisation")),
    ("expired_drafts", _("Contenu d’un brouillon expiré")),
    ("received", _("Signalement réglé, preuve jointe à une demande de fiche décidée")),
)
YEAR_SECONDS = 365 * 24 * 3600


def home(request: Request) -> HttpResponse:
    """The first page: what can be done here."""
    lit = [(lon, lat) for _slug, _commune, lon, lat in places.open_points(request.at)]
    drawing = dots_svg(territory_points(territory.revision()), lit)
    return render(request, "site/home.html", {"drawing": drawing, "places": len(lit)})


@lru_cache(maxsize=2)
def territory_points(revision: int) -> tuple[tuple[float, float, int], ...]:
    """The territory as dots, read again only when its data were loaded anew."""
    return tuple(territory.dots())


def accessibility(request: HttpRequest) -> HttpResponse:
    """What was checked, what was not, whom to write to (law 2005-102, article 47; decree 2019-768)."""
    return render(request, "site/accessibility.html")


def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes the site (law 2004-575, article 6)."""
    return render(request, "site/legal.html", {"publisher": settings.ESCALE_PUBLISHER})


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, and their rights (regulation (EU) 2016/679, article 13)."""
    kept = [(label, settings.ESCALE_RETENTION[name]) for name, label in KEPT]
    return render(request, "site/privacy.html", {"retention": kept})


def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the Region."""
    return render(request, "site/contact.html", {"publisher": settings.ESCALE_PUBLISHER})


def show_gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state: the sheet that designers, writers of pages and tests look at."""
    if sample := answers.samples(request).get(request.GET.get("answer", "")):
        return sample()
    theme, density = request.GET.get("theme", ""), request.GET.get("density", "")
    context = {
        "shown": gallery.shown(),
        "colours": gallery.COLOURS,
        "answers": list(answers.samples(request)),
        "theme": theme if theme in ("light", "dark") else "",
        "density": "desk" if density == "desk" else "public",
    }
    return render(request, "ui/gallery.html", context)


@csrf_exempt  # changes nothing but the language of who asks; so no page that only reads carries a token and its cookie
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen language for a year and goes back to the page."""
    chosen, back = request.POST.get("language", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    response.status_code = 303
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR_SECONDS, samesite="Lax")
    return response
