"""A call, a town with its mayor and its secretary, a draft; what a browser without script does with it."""

import html
import json
import re

from django.test import Client

from escale.capabilities.calls.dossiers.actions import drafts
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.organisations import actions as organisations
from tests import build
from tests.journeys.scheme import DOCUMENT


class World:
    """``scheme`` ``town`` ``dossier`` and the people by name: ``mayor`` (signs), ``zoe`` (edits), ``stranger``."""

    def __init__(self, at, document=None):
        self.at = at
        self.service = build.service()
        read, problems = schemes.read(document or DOCUMENT)
        assert problems == []
        self.scheme = schemes.publish(read, by=None, at=at)[0]
        self.mayor = build.person(at, name="Odile Marais")
        self.town = build.organisation(at, by=self.mayor)
        self.zoe = build.person(at, name="Zoé Secrétaire")
        self.stranger = build.person(at, name="Inès Ailleurs")
        self.join(self.zoe, "editor")
        self.dossier = drafts.create(self.scheme, self.town, by=self.mayor, at=at)
        self.address = self.dossier.get_absolute_url()

    def join(self, person, role):
        invitation = organisations.invite(self.town, email=person.email, role=role, by=self.mayor, at=self.at)
        organisations.accept(invitation, by=person, at=self.at)

    def browser(self, person, **options):
        client = Client(**options)
        client.force_login(person)
        return client

    def save(self, client, section, fields=None, page=None, **more):
        """Presses the button of a section, with what its page (now, or ``page`` read before) had shown."""
        page = page or client.get(f"{self.address}{section}/")
        return client.post(f"{self.address}{section}/save", {"seen": seen(page), **(fields or {}), **more})

    def answer(self, client, **body):
        return client.post(f"{self.address}answer", json.dumps(body), content_type="application/json")


def text(response):
    return html.unescape(response.content.decode())


def seen(page):
    return html.unescape(re.search(r'name="seen" value="([^"]*)"', page.content.decode())[1])
