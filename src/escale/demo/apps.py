"""The demonstration as a Django app: its page that signs in without a mail."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "escale.demo"
    label = "demo"
    verbose_name = "Démonstration"
