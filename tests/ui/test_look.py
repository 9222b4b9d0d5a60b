"""The look keeps its promises: contrasts, files of others as declared, each component in each state."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template

from escale.ui import gallery, parts, sheets, vendor

CSS = (sheets.STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
BLOCKS = {
    "light": CSS.split(":root {")[1].split("}")[0],
    "dark": CSS.split(':root[data-theme="dark"] {')[1].split("}")[0],
    "dark, as the machine asks": CSS.split(':root:not([data-theme="light"]) {')[1].split("}")[0],
}
TEXTS = [
    (text, ground)
    for text in ("ink", "soft", "sea", "apple", "moss")
    for ground in ("paper", "sheet")
] + [("on-sea", "sea"), ("on-sea", "sea-deep"), ("ink", "mist"), ("sea", "mist"), ("on-amber", "amber"),
     ("ink", "amber-quiet"), ("apple", "apple-quiet"), ("ink", "moss-quiet"), ("on-night", "night"), ("night-soft", "night")]  # fmt: skip


def colours(block):
    light = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", BLOCKS["light"]))
    return {**light, **dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", BLOCKS[block]))}


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("block", ["light", "dark"])
def test_texts_and_edges_can_be_seen(block):
    known = colours(block)
    weak = [f"{a} on {b}: {contrast(known[a], known[b]):.1f}" for a, b in TEXTS if contrast(known[a], known[b]) < 4.5]
    weak += [f"{a} on {b}" for a in ("border", "focus") for b in ("paper", "sheet") if contrast(known[a], known[b]) < 3]
    assert weak == []


def test_dark_is_the_same_when_asked_by_the_machine():
    assert re.sub(r"\s+", " ", BLOCKS["dark"]) == re.sub(r"\s+", " ", BLOCKS["dark, as the machine asks"])


def test_files_of_others_are_as_declared():
    declared = {name: digest for package in vendor.packages() for name, digest in package.files.items()}
    assert {name: vendor.digest(vendor.FOLDER / name) for name in declared} == declared
    present = {str(path.relative_to(vendor.FOLDER)) for path in vendor.FOLDER.rglob("*") if path.is_file()}
    assert {name for name in present if Path(name).name not in ("vendor.toml", "LICENSE")} - set(declared) == set()
    for package in vendor.packages():
        assert package.version
        assert (vendor.FOLDER / Path(next(iter(package.files))).parts[0] / "LICENSE").is_file(), package.name


def test_every_component_is_in_the_gallery_in_every_tone():
    assert set(gallery.STATES) == set(parts.PARTS)
    for name, option in (("alert", "tone"), ("field", "kind"), ("tag", "tone"), ("answer", "verdict")):
        listed = re.search(rf"{option} ([\w|\"]+(?:\|[\w|]+)*)", parts.PARTS[name].use.replace('"', ""))[1].split("|")
        shown = {state.given.get(option, parts.PARTS[name].may.get(option)) for state in gallery.STATES[name]}
        assert set(listed) - shown == set(), name


def test_every_state_renders_and_a_wrong_parameter_is_refused(rf):
    page = Template(
        "{% load ui %}{% for part in shown %}{% for s in part.states %}{% exhibit part.name s %}{% endfor %}{% endfor %}"
    )
    assert "Suis-je éligible" in page.render(Context({"shown": gallery.shown(), "request": rf.get("/")}))
    with pytest.raises(parts.WrongParameters):
        Template('{% load ui %}{% part "tag" label="x" colour="red" %}').render(Context())
    with pytest.raises(parts.WrongParameters):
        Template('{% load ui %}{% part "tag" %}').render(Context())


def test_one_style_sheet_and_one_script_hold_every_file():
    assert {path.stem for path in (sheets.STATIC / "css").glob("*.css")} == set(sheets.CSS)
    assert {path.stem for path in (sheets.STATIC / "js").glob("*.js")} >= set(sheets.JS)
    assert "@layer parts" in sheets.style()
