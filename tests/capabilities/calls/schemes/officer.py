"""An officer before the screens: reads pages as a browser does, types a whole tree with what pages offer, no more."""

import re
from html.parser import HTMLParser

from escale.capabilities.calls.schemes.queries.dialect import COMPARISONS
from escale.foundation.editions.screens import kind_at
from escale.foundation.editions.typed import steps_of
from escale.foundation.editions.vocabulary import paged, simple
from escale.rules.scheme.format.whole import SCHEME
from escale.rules.shape.kinds import ListOf, OneOf, Record, resolved


class Form(HTMLParser):
    """What a browser would send of the page's main form: ``data``, name → values."""

    def __init__(self, page):
        super().__init__()
        self.data, self.select, self.area, self.depth = {}, None, None, 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.depth += "data-unsaved" in given
        name = given.get("name")
        if not self.depth:
            return
        if tag == "input" and name:
            kind = given.get("type", "text")
            self.data.setdefault(name, [])
            if kind not in ("radio", "checkbox") or "checked" in given:
                self.data[name].append(given.get("value", ""))
        elif tag == "select":
            self.select, self.data[name] = name, [""]
        elif tag == "option" and self.select and "selected" in given:
            self.data[self.select] = [given.get("value", "")]
        elif tag == "textarea":
            self.area, self.data[name] = name, [""]

    def handle_data(self, text):
        if self.area:
            self.data[self.area][0] += text.removeprefix("\n") if not self.data[self.area][0] else text

    def handle_endtag(self, tag):
        if tag == "form" and self.depth:
            self.depth -= 1
        self.select = None if tag == "select" else self.select
        self.area = None if tag == "textarea" else self.area


def text_of(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return [text_of(one) for one in value] if isinstance(value, list) else str(value)


def blank(value):
    return not any(value) if isinstance(value, list) else value == ""


def plan(kind, tree, place, data, pages, lists):
    """The names and values that say ``tree`` at ``place``; lists to grow, lists whose rows have pages."""
    kind = resolved(kind)
    if simple(kind):
        data[place] = text_of(tree)
    elif isinstance(kind, ListOf):
        if paged(kind.item):
            pages.append(place)
            return
        lists[place] = len(tree)
        for rank, row in enumerate(tree):
            plan(kind.item, row, f"{place}.{rank}", data, pages, lists)
    elif isinstance(kind, OneOf):
        mark = next(word for word, _record in kind.forms if word in tree)
        data[f"{place}.?"] = mark
        record, rank = dict(kind.forms)[mark], 0
        plan(
            record, {word: value for word, value in tree.items() if word not in COMPARISONS}, place, data, pages, lists
        )
        for one in record.fields:
            if one.name in COMPARISONS and one.name in tree:
                data[f"{place}.={rank}"] = one.name
                if one.name == "same_as":
                    plan(one.kind, tree[one.name], f"{place}.same_as", data, pages, lists)
                else:
                    data[f"{place}.={rank}.v"] = text_of(tree[one.name])
                rank += 1
    elif isinstance(kind, Record):
        for word, value in tree.items():
            plan(kind.get(word).kind, value, f"{place}.{word}" if place else word, data, pages, lists)


class Officer:
    """Types a whole document, page by page."""

    def __init__(self, client, url, whole):
        self.client, self.url, self.whole = client, url, whole

    def read(self, place):
        answer = self.client.get(self.url, {"place": place})
        assert answer.status_code == 200, (place, answer.status_code)
        return answer.content.decode()

    def send(self, place, data, do):
        answer = self.client.post(f"{self.url}?place={place}", {**data, "do": do})
        assert answer.status_code == 303, answer.content.decode()

    def fill(self, place):
        data, pages, lists = {}, [], {}
        tree = self.whole
        for step in steps_of(place):
            tree = tree[step]
        plan(kind_at(SCHEME, self.whole, steps_of(place)), tree, place, data, pages, lists)
        self.type(place, data, lists)
        for one in pages:
            rows = self.whole
            for step in steps_of(one):
                rows = rows[step]
            for rank in range(len(rows)):
                self.grow(place, one)
                self.fill(f"{one}.{rank}")

    def grow(self, place, name):
        page = self.read(place)
        assert f'value="add {name}"' in page, f"no button to add to {name} on « {place} »"
        self.send(place, Form(page).data, f"add {name}")

    def type(self, place, data, lists):
        for _try in range(40):
            page = self.read(place)
            offered = Form(page).data
            short = [
                name for name, most in lists.items() if f"{name}.#" in offered and int(offered[f"{name}.#"][0]) < most
            ]
            missing = [name for name in data if name not in offered]
            sent = {**offered, **{name: value for name, value in data.items() if name in offered}}
            if short:
                self.send(place, sent, f"add {short[0]}")
            elif missing:
                self.send(place, sent, "show")
            else:
                self.send(place, sent, "save")
                return
        raise AssertionError(f"no control on « {place} » for {missing} {short}")


def rebuild(client, url, document):
    """Types a whole canonical document on the screens of a new draft."""
    officer = Officer(client, url, document)
    first = {word: text_of(value) for word, value in document.items()
             if simple(SCHEME.get(word).kind) and word not in ("schema", "key", "service")}  # fmt: skip
    officer.type("", first, {})
    for word in document:
        if not simple(SCHEME.get(word).kind):
            officer.fill(word)


def meaning(kind, tree):
    """A canonical document without the words that say what their absence says."""
    kind = resolved(kind)
    if isinstance(kind, OneOf):
        return meaning(next(record for word, record in kind.forms if word in tree), tree)
    if isinstance(kind, Record):
        return {
            one.name: meaning(one.kind, tree[one.name])
            for one in kind.fields
            if one.name in tree and (one.default is None or text_of(tree[one.name]) != one.default)
        }
    return [meaning(kind.item, row) for row in tree] if isinstance(kind, ListOf) else tree


def every_page(page, officer):
    """The places that have a page, found by following the links of pages."""
    seen, todo = [], re.findall(r'href="[^"]*\?place=([a-z_.0-9]*)', page)
    while todo:
        place = todo.pop()
        if place not in seen:
            seen.append(place)
            todo += re.findall(r'href="\?place=([a-z_.0-9]*)"', officer.read(place))
    return seen
