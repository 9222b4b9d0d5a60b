"""What points where: foreign keys go down, a template uses its own app's or the look's, each room is under contract."""

import re
import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "escale"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
OURS = [config for config in apps.get_app_configs() if config.name.startswith("escale.")]
USED = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"']+)["']""")
RENDERED = re.compile(r"""["'](\w+)/[\w/]+\.html["']""")


def contract(number):
    return next(one for one in CONTRACTS if one["name"].startswith(f"{number}. "))


def levels(of):
    """The levels of a contract, the lowest first, each a set of names."""
    return [{name.strip(" ()") for name in re.split("[|:]", line)} for line in reversed(of["layers"])]


def rank(module):
    """Where a module stands: (level, order in the level); a capability's rooms count after the foundation."""
    parts = module.split(".")[1:]
    if parts[0] == "foundation":
        return (0, next(n for n, level in enumerate(levels(contract("3"))) if parts[1] in level))
    if parts[0] == "capabilities":
        rooms = levels(contract("7b")) if parts[1] == "calls" else []
        return (1, next((n for n, level in enumerate(rooms) if parts[2] in level), 0))
    return (2, 0)


def room(module):
    """The app that a module belongs to."""
    return max((config.name for config in OURS if f"{module}.".startswith(f"{config.name}.")), key=len, default="")


def pointers():
    for config in OURS:
        for model in config.get_models():
            for field in model._meta.get_fields():
                target = field.related_model if field.is_relation and not field.auto_created else None
                if target is not None and target.__module__.startswith("escale."):
                    yield f"{model.__module__}.{model.__name__}.{field.name}", model.__module__, target.__module__


def test_foreign_keys_point_down():
    found = list(pointers())
    assert len(found) > 10
    wrong = [
        f"{name} → {target}"
        for name, module, target in found
        if room(module) != room(target)
        and not (
            rank(target) < rank(module) and (rank(target)[0] == 0 or module.split(".")[:3] == target.split(".")[:3])
        )
    ]
    assert wrong == []


def test_string_foreign_keys_are_the_apps_own():
    """A string may name a model before it is there: only inside one's own app, where nothing can go up."""
    found = []
    for path in SRC.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for named in re.findall(r"(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*[\"']([^\"']+)", path.read_text()):
            if "." in named:
                found.append(f"{path.relative_to(ROOT)}: {named}")
    assert found == []


def test_templates_use_their_own_app_or_the_look():
    found = []
    for config in OURS:
        folder = Path(config.path) / "templates"
        for path in folder.rglob("*.html"):
            own = path.relative_to(folder).parts[0]
            used = {name.split("/")[0] for name in USED.findall(path.read_text(encoding="utf-8"))}
            found += [f"{path.relative_to(ROOT)}: {name}" for name in used - {own, "ui"}]
    assert found == []


def test_views_render_their_own_templates():
    owners = {}
    for config in OURS:
        for folder in (Path(config.path) / "templates").glob("*"):
            assert owners.setdefault(folder.name, config.name) == config.name, f"two apps own {folder.name}/"
    found = []
    for config in OURS:
        for path in Path(config.path).rglob("*.py"):
            if room(".".join(path.relative_to(SRC.parent).with_suffix("").parts)) != config.name:
                continue
            for name in RENDERED.findall(path.read_text(encoding="utf-8")):
                if owners.get(name) not in (config.name, "escale.ui"):
                    found.append(f"{path.relative_to(ROOT)}: {name}/")
    assert found == []


def test_every_room_is_under_the_contract_of_files():
    listed = contract("7")["containers"]
    rooms = [config.name for config in OURS if config.name.startswith("escale.capabilities.")]
    rooms += [f"escale.capabilities.{path.name}" for path in (SRC / "capabilities").iterdir() if path.is_dir()
              and not path.name.startswith("_") and not any(path.glob("*/apps.py"))]  # fmt: skip
    missing = [name for name in rooms if name not in listed and f"{name.rsplit('.', 1)[0]}.*" not in listed]
    assert missing == [], "add them to the containers of contract 7 in pyproject.toml"


def test_every_package_says_so():
    """Without ``__init__.py`` a folder is invisible to the contracts."""
    silent = {path.parent for path in SRC.rglob("*.py")} - {path.parent for path in SRC.rglob("__init__.py")}
    assert {path.relative_to(ROOT) for path in silent} == set()
