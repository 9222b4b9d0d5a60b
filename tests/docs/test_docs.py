"""The documentation is true: links lead somewhere, words exist, generated pages are fresh."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("README.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "src").rglob("*.py")))
#: What people read: templates, letters, words in code, schemes.
SHOWN = CODE + "\n".join(
    path.read_text(encoding="utf-8")
    for end in ("html", "txt", "typ", "yaml")
    for path in sorted((ROOT / "src").rglob(f"*.{end}"))
)


def anchor(title):
    """The anchor that forges give to a heading."""
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


def test_every_link_leads_somewhere():
    broken = []
    for page in PAGES:
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, place = target.partition("#")
            file = (page.parent / name).resolve() if name else page
            titles = re.findall(r"^#+ (.+)$", file.read_text(), re.M) if file.is_file() and place else []
            if not file.exists() or (place and place not in map(anchor, titles)):
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_every_page_is_reached_from_the_index():
    linked = {(ROOT / "docs" / link).resolve() for link in LINK.findall((ROOT / "docs" / "README.md").read_text())}
    folders = {path for path in linked if path.is_dir()}
    lost = [page for page in (ROOT / "docs").rglob("*.md") if page not in linked and page.parent not in folders]
    assert [str(page.relative_to(ROOT)) for page in lost if page.name != "README.md"] == []


def rows():
    table = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    found = [[cell.strip() for cell in line.strip("| ").split("|")] for line in table if line.startswith("|")]
    return [row for row in found if len(row) == 2 and not row[0].startswith(("English", "---"))]


def terms(cell):
    """The words of one side of a pair: without what stands in brackets, each alone."""
    plain = re.sub(r"\([^)]*\)|\*", "", cell)
    return [word.strip() for word in re.split("[,;]", plain) if word.strip()]


def test_each_pair_of_the_glossary_is_used():
    assert len(rows()) > 20
    unused = []
    for english, french in rows():
        named = [word.replace(" ", "[_ -]?") for word in terms(english)]
        if not any(re.search(rf"(?i)(?<![a-z]){word}", CODE) for word in named):
            unused.append(english)
        if terms(french) and not any(re.search(rf"(?i)\b{re.escape(word)}", SHOWN) for word in terms(french)):
            unused.append(french)
    assert not unused, unused


def test_generated_pages_are_fresh():
    done = subprocess.run(
        [sys.executable, "tools/reference.py", "--check"], cwd=ROOT, capture_output=True, text=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "0"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_every_variable_is_in_the_production_guide():
    guide = (ROOT / "docs" / "guides" / "production.md").read_text(encoding="utf-8")
    settings = "".join((ROOT / "src/escale/site" / f"{name}.py").read_text() for name in ("settings", "environment"))
    read = set(re.findall(r"(?:environ\.get|environ|flag|words)[(\[]\s*\"(ESCALE_\w+)\"", settings))
    assert len(read) > 12
    told = {name for name in read if name in guide or f"{name.rsplit('_', 1)[0]}_…" in guide}
    assert sorted(read - told) == []
