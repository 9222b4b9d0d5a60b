"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from escale.site import wiring


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The site's name, whether it is a demonstration, and the menu of whoever looks."""
    return {
        "site_name": settings.ESCALE_SITE_NAME,
        "is_demo": settings.ESCALE_DEMO,
        "menu": [line for line in wiring.MENU if line.shown(request)],
        "account_pages": wiring.ACCOUNT,
    }
