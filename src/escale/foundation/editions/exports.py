"""An edition as a YAML file: published elsewhere it has the same digest."""

from typing import Any

import yaml


class _Plain(yaml.SafeDumper):
    """Block style, no anchors, words in their order."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, data: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style="|" if "\n" in data else None)


_Plain.add_representer(str, _text)
_Plain.add_representer(
    bool, lambda dumper, data: dumper.represent_scalar("tag:yaml.org,2002:bool", "yes" if data else "no")
)


def as_yaml(document: dict[str, Any]) -> str:
    """The document with its first word ``schema`` first."""
    ordered: dict[str, Any] = {name: document[name] for name in ("schema", "key", "title") if name in document}
    ordered.update(document)
    return yaml.dump(ordered, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110)
