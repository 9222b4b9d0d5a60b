"""The planner as a Django application."""

from django.apps import AppConfig


class PlannerConfig(AppConfig):
    """Who has a place nearby, and where the next ones should open."""

    name = "escale.capabilities.planner"
    label = "planner"
    verbose_name = "Planification du réseau"
