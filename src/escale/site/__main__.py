"""``python -m escale.site WORDS…``: the command ``escale``, where its script is not on the path."""

import sys

from escale.site.cli import main

sys.exit(main())
