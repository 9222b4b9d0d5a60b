"""``python -m tests.torture [filling] …``: makes the settings ready, then fires, or fills a form under fire."""

import sys
from importlib import import_module

import django

django.setup()
what = sys.argv.pop(1) if sys.argv[1:2] == ["filling"] else "firing"
import_module(f"tests.torture.{what}").main()
