"""``python -m tests.torture …``: makes the settings ready, then fires."""

from importlib import import_module

import django

django.setup()
import_module("tests.torture.firing").main()
