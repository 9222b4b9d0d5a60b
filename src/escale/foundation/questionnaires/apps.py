"""Questionnaires as a Django app."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "escale.foundation.questionnaires"
    label = "questionnaires"
    verbose_name = "Questionnaires"
