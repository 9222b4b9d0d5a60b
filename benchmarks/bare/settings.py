"""The site's own settings, with the bare views added to its addresses."""

from escale.site.settings import *  # noqa: F403  # everything of the site, unchanged

ROOT_URLCONF = "benchmarks.bare.urls"
