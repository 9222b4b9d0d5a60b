"""Makes the fonts of the PDFs from the fonts of the pages: ``python tools/pdf_fonts.py [FOLDER]``.

The typesetter does not read woff2, and the pages' fonts lack two characters of French texts that browsers
borrow elsewhere: the narrow no-break space (U+202F) and the no-break hyphen (U+2011). Both are added here,
so the fonts bear another name, as their licence (OFL, reserved name) asks.

``covered.txt`` lists what the PDFs can show, these fonts and the typesetter's own together, as ranges: an
accessible PDF refuses a character that no font has, and a name must never stop a receipt.
"""

import sys
import unicodedata
from pathlib import Path

import typst
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src/escale/ui/static/ui/vendor"
TEXT = VENDOR / "source-sans-3/source-sans-3-latin-wght-normal.woff2"
TITLE = VENDOR / "figtree/figtree-latin-wght-normal.woff2"
FACES = [
    (TEXT, "Escale Text", "Regular", 400),
    (TEXT, "Escale Text", "Bold", 650),
    (TITLE, "Escale Title", "Bold", 650),
]
#: Latin, Greek, Cyrillic, punctuation, currencies, arrows, usual signs. No combining mark and no script
#: that needs shaping: the typesetter was seen to stop on some of them.
SCRIPTS = [
    (0xA0, 0x24F), (0x2B0, 0x2FF), (0x370, 0x4FF), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F),
    (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2190, 0x22FF), (0x25A0, 0x25FF),
]  # fmt: skip


def main(folder: Path) -> None:
    """Writes one TTF per face into ``folder``; same bytes each time."""
    for source, family, style, weight in FACES:
        font = instancer.instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": weight})
        _add(font, 0x202F, like=0x20, times=0.62)
        _add(font, 0x2011, like=0x2D, times=1)
        _rename(font, family, style)
        font["OS/2"].usWeightClass = 700 if style == "Bold" else 400
        font["OS/2"].fsSelection = 0x20 if style == "Bold" else 0x40
        font["head"].macStyle = 1 if style == "Bold" else 0
        font.flavor = None
        font.save(folder / f"{family.replace(' ', '')}-{style}.ttf")
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])
    tried = [c for first, last in SCRIPTS for c in range(first, last + 1) if _plain(c)]
    shown = _shown(tried, fonts)
    (folder / "covered.txt").write_text("\n".join(_ranges([*range(0x20, 0x7F), *shown])) + "\n")


def _plain(character: int) -> bool:
    seen = unicodedata.category(chr(character))[0] not in "CM"
    return seen and unicodedata.normalize("NFC", chr(character)) == chr(character)


def _shown(characters: list[int], fonts: typst.Fonts) -> list[int]:
    """Those that the typesetter can show, found by halving."""
    text = " ".join(f"\\u{{{c:x}}}" for c in characters)
    page = f'#set document(title: "x")\n#set text(font: ("Escale Text", "Libertinus Serif"))\n#"{text}"'
    try:
        typst.compile(page.encode(), font_paths=fonts, ignore_system_fonts=True, pdf_standards="ua-1")
    except RuntimeError:
        print(len(characters), end=" ", flush=True)
        if len(characters) == 1:
            return []
        half = len(characters) // 2
        return _shown(characters[:half], fonts) + _shown(characters[half:], fonts)
    return characters


def _ranges(characters: list[int]) -> list[str]:
    starts = [c for i, c in enumerate(characters) if i == 0 or characters[i - 1] != c - 1]
    ends = [c for i, c in enumerate(characters) if i == len(characters) - 1 or characters[i + 1] != c + 1]
    return [f"{start:04X}-{end:04X}" for start, end in zip(starts, ends, strict=True)]


def _add(font: TTFont, character: int, *, like: int, times: float) -> None:
    name, model = f"uni{character:04X}", font.getBestCmap()[like]
    font["glyf"][name] = font["glyf"][model]
    advance, bearing = font["hmtx"][model]
    font["hmtx"][name] = (round(advance * times), bearing)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[character] = name


def _rename(font: TTFont, family: str, style: str) -> None:
    names = font["name"]
    for number in (3, 16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    words = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
    for number, text in words.items():
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "src/escale/foundation/documents/fonts")
