"""Persons as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "escale.foundation.people"
    label = "people"
    verbose_name = "Personnes"
