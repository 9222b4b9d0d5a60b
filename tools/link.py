"""Puts the checkout on the virtual environment's path and writes its command ``escale``.

What an editable install does, without a build that would need the network.
"""

import stat
import sys
import sysconfig
from pathlib import Path

SCRIPT = """#!{python}
import sys
from escale.site.cli import main
sys.exit(main())
"""


def link(root: Path) -> None:
    """Writes ``escale.pth`` and ``bin/escale`` of the running environment."""
    site = Path(sysconfig.get_paths()["purelib"])
    (site / "escale.pth").write_text(f"{root / 'src'}\n", encoding="utf-8")
    command = Path(sys.executable).parent / "escale"
    command.write_text(SCRIPT.format(python=sys.executable), encoding="utf-8")
    command.chmod(command.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


if __name__ == "__main__":
    link(Path(__file__).resolve().parent.parent)
