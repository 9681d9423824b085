"""One face of a font file at one weight: its measures, its glyphs by HarfBuzz, and subsets of it for embedding."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

_WEIGHTS = ("Thin", "ExtraLight", "Light", "Regular", "Medium", "SemiBold", "Bold", "ExtraBold", "Black")
_FAMILY_IDS = (hb.OTNameIdPredefined.TYPOGRAPHIC_FAMILY, hb.OTNameIdPredefined.FONT_FAMILY)
_NOT_EMBEDDED = "GSUB GPOS GDEF BASE JSTF STAT DSIG VORG vhea vmtx VVAR meta cmap"
"""Tables that a PDF font does not read: layout has been done, and text is reached by glyph id, not by character."""


@cache
def open_font_file(path: Path) -> tuple[hb.Blob, str]:
    """Returns the file's bytes, mapped and not copied, and their sha256. Raises OSError and hb.HarfBuzzError."""
    blob = hb.Blob.from_file_path(str(path))
    return blob, hashlib.sha256(blob.data).hexdigest()


class Cluster(NamedTuple):
    """A placed glyph, in em. `along`: from where its text begins, in the direction of writing. `across`: below the
    baseline, or in vertical setting right of the column's axis. `advance`: its own, without kerning."""

    gid: int
    along: float
    across: float
    advance: float
    text: str
    """The characters it stands for, as `Glyph.text`."""


@dataclass(frozen=True, slots=True)
class Subset:
    """A font with only some glyphs. `gid_map`: glyph ids of the whole font → ids in `data`."""

    data: bytes
    gid_map: dict[int, int]


@dataclass(frozen=True)
class Font:
    """A face at a weight. Equal when file, face and weight are equal. Measures are in font units, y upward."""

    digest: str
    index: int
    weight: int
    """Its place on the `wght` axis; for a static face the weight it is declared as."""
    family: str = field(compare=False)
    licence: str = field(compare=False)
    blob: hb.Blob = field(compare=False, repr=False)

    @cached_property
    def face(self) -> hb.Face:
        return hb.Face(self.blob, self.index)

    @cached_property
    def shaper(self) -> hb.Font:
        """The HarfBuzz font, pinned to the weight."""
        font = hb.Font(self.face)
        font.set_variations({"wght": self.weight} if self.is_variable else {})
        return font

    @cached_property
    def is_variable(self) -> bool:
        return any(axis.tag == "wght" for axis in self.face.axis_infos)

    @cached_property
    def _rights(self) -> int:
        return self._table("OS/2", ">H", 8)[0]

    @property
    def may_embed(self) -> bool:
        """False where its maker forbids embedding its outlines (OpenType, OS/2 fsType: restricted licence, bitmaps only)."""
        return self._rights & 0x000F != 0x0002 and not self._rights & 0x0200

    @property
    def may_subset(self) -> bool:
        """False where it may be embedded whole alone (fsType bit 8)."""
        return not self._rights & 0x0100

    @property
    def has_outlines(self) -> bool:
        """False for pictures of characters (bitmaps, SVG) without outlines that a PDF can hold."""
        return bool({"glyf", "CFF "} & set(self.face.table_tags))

    @property
    def is_whole(self) -> bool:
        """False where the file is no font or ends too soon (OpenType: the tables that every font has)."""
        tables = (self.face.reference_table(tag) for tag in ("cmap", "head", "hhea", "hmtx", "maxp", "name"))
        outlines = [self.face.reference_table(tag) for tag in ("glyf", "CFF ") if tag in self.face.table_tags]
        return self.face.glyph_count > 0 and all(len(blob) for blob in (*tables, *outlines))

    @cached_property
    def is_cff(self) -> bool:
        return "CFF " in self.face.table_tags

    @cached_property
    def units_per_em(self) -> int:
        return int(self.face.upem)

    @cached_property
    def weight_range(self) -> tuple[int, int]:
        """The weights the face offers: its axis, or its own weight twice."""
        own = self._table("OS/2", ">H", 4)[0] or 400
        axis = [(round(axis.min_value), round(axis.max_value)) for axis in self.face.axis_infos if axis.tag == "wght"]
        return axis[0] if axis else (own, own)

    @cached_property
    def family_names(self) -> tuple[str, ...]:
        """The family names it carries itself, in all its languages, Chinese ones first."""
        entries = [entry for entry in self.face.list_names() if entry.name_id in _FAMILY_IDS]
        names = [self.face.get_name(entry.name_id, entry.language) for entry in entries]
        return tuple(sorted(dict.fromkeys(str(name) for name in names if name), key=str.isascii))

    @cached_property
    def postscript_name(self) -> str:
        """The face's own name, with the pinned weight in place of a variable font's default."""
        name = str(self.face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or self.family.replace(" ", ""))
        if not self.is_variable:
            return name
        step, rest = divmod(self.weight, 100)
        return f"{name.split('-')[0]}-{f'wght{self.weight}' if rest or step > 9 else _WEIGHTS[step - 1]}"

    def _table(self, tag: str, layout: str, offset: int) -> tuple[int, ...]:
        """Returns numbers of a table, zeros where it is shorter."""
        data = self.face.reference_table(tag).data
        size = struct.calcsize(layout)
        return struct.unpack(layout, data[offset : offset + size].ljust(size, b"\0"))

    @cached_property
    def ascent(self) -> int:
        return self._table("hhea", ">h", 4)[0]

    @cached_property
    def descent(self) -> int:
        """Negative: below the baseline."""
        return self._table("hhea", ">h", 6)[0]

    @cached_property
    def cap_height(self) -> int:
        return self._table("OS/2", ">h", 88)[0] or round(0.7 * self.units_per_em)

    @cached_property
    def bbox(self) -> tuple[int, ...]:
        """Left, bottom, right, top of all glyphs together."""
        return self._table("head", ">4h", 36)

    @cached_property
    def italic_angle(self) -> float:
        return self._table("post", ">i", 4)[0] / 65536

    @property
    def stem(self) -> int:
        """Width of a vertical stem, estimated from the weight (fonts do not tell it), per mille of the em."""
        return round(50 + (self.weight / 65) ** 2)

    def covers(self, text: str) -> bool:
        """True if every character of the text has a glyph."""
        return all(self.shaper.get_nominal_glyph(ord(character)) for character in text)

    def shape(self, text: str, vertical: bool = False, features: tuple[str, ...] = ()) -> tuple[Cluster, ...]:
        """Returns the text's glyphs, ended by an empty cluster that stands where the text ends. The language is
        zh-Hans, so that a pan-CJK font shows its mainland forms."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction, buffer.language = "ttb" if vertical else "ltr", "zh-Hans"
        if buffer.script in ("Zyyy", "Zinh", None):
            buffer.script = "Hani"  # Marks belong to no script; only as Han do —— and quotes get their Chinese forms.
        hb.shape(self.shaper, buffer, dict.fromkeys(features, True))
        starts = [*sorted({info.cluster for info in buffer.glyph_infos}), len(text)]
        texts = {start: text[start:end] for start, end in pairwise(starts)}
        em, pen, clusters = self.units_per_em, 0, []
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            along, across = (-place.y_offset, place.x_offset) if vertical else (place.x_offset, -place.y_offset)
            own = self.shaper.get_glyph_h_advance(info.codepoint)
            text_of = texts.pop(info.cluster, "")
            clusters.append(Cluster(info.codepoint, (pen + along) / em, across / em, own / em, text_of))
            pen += -place.y_advance if vertical else place.x_advance
        return (*clusters, Cluster(0, pen / em, 0.0, 0.0, ""))

    def subset(self, gids: frozenset[int]) -> Subset:
        """Returns the font with these glyphs (and .notdef, and parts of composites), ids compacted, axes pinned; with all
        glyphs where its maker forbids less."""
        if not self.may_subset:
            gids = frozenset(range(self.face.glyph_count))
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
        wanted.glyph_set.update(gids | {0})
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _NOT_EMBEDDED.split())
        wanted.pin_all_axes_to_default(self.face)
        if self.is_variable:
            wanted.pin_axis_location(self.face, "wght", self.weight)
        plan = hb.SubsetPlan(self.face, wanted)
        return Subset(bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping))
