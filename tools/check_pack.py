"""check_pack.py FILE.zip: is this audit pack whole and unaltered? One file, standard library only, no network.

Recomputes the SHA-256 of the edition, of each version of the answers, receipt, examination, vote, file, letter and mail,
and every hash of the journals (recipe: docs/reference/journal.md). Checks that they point to each other: the answers to
their edition, receipts and journal to the answers, the examination to both, the journal to the votes and the letters sent,
a letter to its paper; that the parts of a vote add up. Exit: 0 all is as it was written, 1 something is
not, 2 this is not a pack. Each problem is a line.
"""

import hashlib
import json
import sys
import zipfile
from datetime import UTC, datetime
from typing import Any

MOST_BYTES = 512 * 1024 * 1024


def digest(text: str) -> str:
    """SHA-256 of the UTF-8 text; empty for an empty text."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def canonical(value: object) -> str:
    """JSON with sorted keys, no spaces, real characters."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def instant(text: str) -> str:
    """UTC to the microsecond."""
    return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Pack:
    """An open pack and what was found wrong in it."""

    def __init__(self, path: str) -> None:
        self.zip = zipfile.ZipFile(path)
        self.names = set(self.zip.namelist())
        self.problems = []
        self.seen = {"pack.json"}
        self.manifest = json.loads(self.text("pack.json") or "{}")
        if self.manifest.get("schema") != "escale.pack/1":
            raise ValueError("pack.json: schema is not escale.pack/1")

    def text(self, name: str) -> str | None:
        """The text of a member; None (and a problem) when it is not there."""
        body = self.body(name)
        return None if body is None else body.decode("utf-8")

    def body(self, name: str) -> bytes | None:
        """The bytes of a member."""
        self.seen.add(name)
        if name not in self.names:
            self.wrong(name, "missing")
            return None
        if self.zip.getinfo(name).file_size > MOST_BYTES:
            self.wrong(name, "too large to be checked")
            return None
        return self.zip.read(name)

    def wrong(self, name: str, what: str) -> None:
        self.problems.append(f"{name}: {what}")

    def digested(self, name: str, sha256: str) -> dict[str, Any]:
        """A text member whose digest must be this one; gives it parsed."""
        text = self.text(name)
        if text is None:
            return {}
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            self.wrong(name, "altered: its digest is not the one that was written")
        found: dict[str, Any] = json.loads(text)
        return found


def check_documents(pack: Pack) -> dict[int, str]:
    """Editions, versions, receipts, examinations, and what each says of the others."""
    m = pack.manifest
    editions = {one["n"]: one["sha256"] for one in m["editions"]}
    for n, sha256 in editions.items():
        pack.digested(f"editions/{n}.json", sha256)
    versions = {}
    for one in m["versions"]:
        name = f"versions/{one['n']}.json"
        document = pack.digested(name, one["sha256"])
        versions[one["n"]] = one["sha256"]
        if document.get("edition", {}).get("sha256") != editions.get(one["edition"]):
            pack.wrong(name, "answers another edition than the one in the pack")
        if document.get("number") != m["number"]:
            pack.wrong(name, "belongs to another dossier")
        for piece in document.get("pieces", []):
            if piece["sha256"] not in {file["sha256"] for file in m["files"]}:
                pack.wrong(name, f"names a file that the pack does not know: {piece['name']}")
    for one in m["receipts"]:
        name = f"receipts/{one['version']}.json"
        if pack.digested(name, one["sha256"]).get("version_sha256") != versions.get(one["version"]):
            pack.wrong(name, "acknowledges other answers")
    for one in m["examinations"]:
        name = f"examinations/{one['n']}.json"
        document = pack.digested(name, one["sha256"])
        said = document.get("version", {})
        if versions.get(said.get("n")) != said.get("sha256"):
            pack.wrong(name, "examines other answers")
        check_lines(pack, name, document.get("aid"))
    return versions


def check_lines(pack: Pack, name: str, aid: dict[str, Any] | None) -> None:
    """The lines of an aid add up to its total, to the cent."""
    if aid and aid.get("total_cents") is not None and aid["lines"]:
        total = sum(line["amount_cents"] for line in aid["lines"])
        if total != aid["total_cents"]:
            pack.wrong(name, f"its lines make {total} cents and its total says {aid['total_cents']}")


def check_files(pack: Pack) -> None:
    """Each file has the digest and the size that were written when it came."""
    for one in pack.manifest["files"]:
        name = f"files/{one['sha256']}"
        if name not in pack.names:
            pack.seen.add(name)
            continue  # destroyed at the end of its time, or left out on purpose: its digest remains
        body = pack.body(name)
        if body is not None and (hashlib.sha256(body).hexdigest(), len(body)) != (one["sha256"], one["size"]):
            pack.wrong(name, f"altered: {one['name']}")


def check_journal(pack: Pack, versions: dict[int, str]) -> None:
    """Every line of every journal, every chain to its end; the filing names the answers."""
    for subject in pack.manifest["subjects"]:
        name = f"journal/{subject['number']}.json"
        text = pack.text(name)
        entries = json.loads(text) if text else []
        previous = ""
        for place, entry in enumerate(entries, 1):
            where = f"{name} line {entry['n']}"
            if entry["n"] != place or entry["previous"] != previous:
                pack.wrong(where, "a line is missing before it")
            if entry["note"] and digest(entry["note"]) != entry["note_digest"]:
                pack.wrong(where, "its note was altered")
            if entry["data"] and digest(canonical(entry["data"])) != entry["data_digest"]:
                pack.wrong(where, "its figures were altered")
            if line_hash(subject, entry) != entry["hash"]:
                pack.wrong(where, "altered")
            previous = entry["hash"]
            check_mentions(pack, where, entry, versions)
        if (len(entries), previous) != (subject["length"], subject["head"]):
            pack.wrong(name, "its end is missing")


def check_mentions(pack: Pack, where: str, entry: dict[str, Any], versions: dict[int, str]) -> None:
    """What the journal says was frozen is what the pack holds."""
    data = entry["data"]
    if entry["act"] in ("submit", "supply") and data and versions.get(data.get("version")) != data.get("sha256"):
        pack.wrong(where, "names other answers than the pack's")
    if entry["act"] == "examine" and data:
        known = {one["n"]: one["sha256"] for one in pack.manifest["examinations"]}
        if known.get(data.get("n")) != data.get("sha256"):
            pack.wrong(where, "names another examination than the pack's")


def check_votes(pack: Pack, entries: list[dict[str, Any]]) -> None:
    """Each vote is as it was recorded: its parts make its amount, the dossier's journal says the same."""
    said = {entry["data"].get("vote"): entry["data"] for entry in entries if entry["act"] == "vote" and entry["data"]}
    for one in pack.manifest.get("votes", []):
        name = f"votes/{one['number']}.json"
        document = pack.digested(name, one["sha256"])
        if document.get("number") != pack.manifest["number"]:
            pack.wrong(name, "decides of another dossier")
        parts = sum(part["cents"] for part in document.get("shares", []))
        if parts != document.get("amount_cents"):
            pack.wrong(name, f"its parts make {parts} cents and its amount says {document.get('amount_cents')}")
        told = said.get(one["number"], {})
        for key in ("reference", "voted_on", "outcome", "amount_cents"):
            if told.get(key) != document.get(key):
                pack.wrong(name, f"the journal says something else: {key}")


def check_notified(pack: Pack) -> None:
    """Each letter is as it was sent: its content, what its journal says of it, its paper among the files."""
    known = {file["sha256"] for file in pack.manifest["files"]}
    for one in pack.manifest.get("notified", []):
        name = f"notified/{one['number']}.json"
        pack.digested(name, one["sha256"])
        text = pack.text(f"journal/{one['number']}.json")
        sent = [entry["data"] for entry in json.loads(text or "[]") if entry["act"] == "send"]
        if not sent or sent[0].get("sha256") != one["sha256"] or sent[0].get("paper") != one["paper"]:
            pack.wrong(name, "its journal says that another letter was sent")
        if one["paper"] not in known:
            pack.wrong(name, "its paper is not among the files")


def line_hash(subject: dict[str, Any], entry: dict[str, Any]) -> str:
    """The hash of one line as it stands."""
    parts = [
        subject["kind"], subject["number"], entry["n"], instant(entry["at"]), entry["by"], entry["act"], entry["from"],
        entry["to"], entry["note_digest"], entry["data_digest"], entry["previous"],
    ]  # fmt: skip
    return digest(canonical(parts))


def check_letters(pack: Pack) -> None:
    """Each mail is as it was written: subject, text and html under one digest."""
    for one in pack.manifest["letters"]:
        name = f"letters/{one['name']}.json"
        text = pack.text(name)
        if text is None:
            continue
        mail = json.loads(text)
        found = hashlib.sha256("\0".join((mail["subject"], mail["text"], mail["html"])).encode()).hexdigest()
        if found != one["sha256"]:
            pack.wrong(name, "altered")


def main(argv: list[str]) -> int:
    """Checks the pack named on the command line."""
    if len(argv) != 2:
        print("usage: check_pack.py FILE.zip", file=sys.stderr)
        return 2
    try:
        pack = Pack(argv[1])
        versions = check_documents(pack)
        check_files(pack)
        check_journal(pack, versions)
        check_votes(pack, json.loads(pack.text(f"journal/{pack.manifest['number']}.json") or "[]"))
        check_notified(pack)
        check_letters(pack)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        print(f"{argv[1]}: not an audit pack ({error})", file=sys.stderr)
        return 2
    for name in sorted(pack.names - pack.seen):
        pack.wrong(name, "is not named in pack.json")
    for problem in pack.problems:
        print(problem)
    m = pack.manifest
    lines = sum(subject["length"] for subject in m["subjects"])
    if not pack.problems:
        print(
            f"{m['number']}: whole. {len(m['versions'])} version(s) of the answers, {len(m['files'])} file(s), "
            f"{lines} journal line(s), {len(m['examinations'])} examination(s), {len(m['letters'])} letter(s)."
        )
    return 1 if pack.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
