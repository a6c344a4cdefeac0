#!/usr/bin/env python3
"""Cuts the bundled fonts to what the window uses; see resources/README.md for how to run it.

usage: cut.py INTER_FOLDER LUCIDE_FOLDER   (the unpacked npm packages inter-ui and lucide-static)
"""

import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
ICONS = HERE.parent.parent / "src/gui/widget/icon.rs"

LETTERS = [
    *range(0x0020, 0x007F),  # Basic Latin
    *range(0x00A0, 0x0180),  # Latin-1, Latin Extended-A
    0x0192, *range(0x0218, 0x021C), 0x1E9E,  # florin, Romanian comma letters, capital sharp s
    *range(0x02C6, 0x02DE),  # spacing accents
    *range(0x0370, 0x0400),  # Greek
    *range(0x0400, 0x0500),  # Cyrillic
    *range(0x2000, 0x2070),  # general punctuation
    0x2070, *range(0x2074, 0x208F),  # superscripts and subscripts
    *range(0x20A0, 0x20C1),  # currency
    0x2116, 0x2122, *range(0x2190, 0x21A0), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265,
]


def options(features):
    chosen = subset.Options()
    chosen.layout_features = features
    chosen.hinting = False
    chosen.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    chosen.notdef_outline = True
    return chosen


def rename(font, family, style):
    names = {1: family, 2: style, 3: f"{family} {style}", 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
    for record in list(font["name"].names):
        if record.nameID in (16, 17, 21, 22, 25):
            font["name"].removeNames(nameID=record.nameID)
    for number, text in names.items():
        font["name"].removeNames(nameID=number)
        font["name"].setName(text, number, 3, 1, 0x409)


def tabular_figures(font):
    """iced cannot ask for a feature, so the figures of even width become the ordinary ones."""
    gsub = font["GSUB"].table
    even = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    even.update(getattr(table, "ExtSubTable", table).mapping)
    for table in font["cmap"].tables:
        for figure in range(ord("0"), ord("9") + 1):
            if figure in table.cmap:
                table.cmap[figure] = even.get(table.cmap[figure], table.cmap[figure])  # tables may share their map


def cut(font, letters, features):
    cutter = subset.Subsetter(options(features))
    cutter.populate(unicodes=letters)
    cutter.subset(font)


def inter(folder, style, weight_name):
    font = TTFont(folder / f"web/Inter-{weight_name}.woff2")
    tabular_figures(font)
    cut(font, LETTERS, ["kern", "mark", "mkmk", "ccmp", "locl", "case"])
    rename(font, "Cutover Inter", style)
    font.flavor = None
    font.save(HERE / f"inter-{weight_name.lower()}.ttf")


def icons(folder):
    font = TTFont(folder / "font/lucide.ttf")
    used = [int(point, 16) for point in re.findall(r"'\\u\{([0-9a-f]+)\}'", ICONS.read_text())]
    cut(font, used, [])
    rename(font, "Cutover Icons", "Regular")
    font.save(HERE / "icons.ttf")


if __name__ == "__main__":
    inter(Path(sys.argv[1]), "Regular", "Regular")
    inter(Path(sys.argv[1]), "SemiBold", "SemiBold")
    icons(Path(sys.argv[2]))
