"""The fonts a publication may use: families of fonts.yaml and files dropped beside it, opened when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import uharfbuzz as hb

from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.memo import Memo
from lhpub.source.declared import declared, key, read_declared
from lhpub.source.load import read_yaml
from lhpub.source.report import Report
from lhpub.text.font import Font, Subset, open_font_file
from lhpub.text.model import Line, Paragraph

__all__ = ["Face", "Family", "Font", "FontBook", "Subset", "load_fonts"]
_KEPT = 2000
"""Paragraphs kept set, twice: a spread has some fifty, tried in some ten ways."""
_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")


@declared("一个字体族", "a font family")
class FamilySpec:
    """A font family as fonts.yaml names it."""

    span: Span
    package: str = key("字体所在的 Python 包；不写则在 fonts/ 里", "the Python package that holds it", default="")
    file: str = key("字体文件：包内路径或 fonts/ 里的文件名", "path in the package, or a file in fonts/", default="")
    files: dict[str, str] = key("每个字重一个文件", "a file for each weight", default={})
    weights: str = key("字重：一个数，或可变字体的范围 100-900", "a weight, or a range as 100-900", default="400")
    index: int = key("字体集里的第几个，从 0 起", "face in a collection", default=0, minimum=0, maximum=99)
    licence: str = key("许可证", "its licence", default="")
    fallback: tuple[str, ...] = key("缺字时依次改用的族", "families to look in for what it lacks", default=())


@declared("字体清单", "the list of fonts")
class FontsSpec:
    """The whole fonts.yaml."""

    span: Span
    families: dict[str, FamilySpec] = key("字体族", "font families")
    aliases: dict[str, tuple[str, ...]] = key("别名：依次试用的族", "other names for families", default={})


@dataclass(frozen=True, slots=True)
class Face:
    """A font file of a family and the weights it offers (a range for a variable one)."""

    path: Path
    index: int
    lightest: int
    heaviest: int


@dataclass(frozen=True, slots=True)
class Family:
    """A family with its faces; without faces its files are absent and the fallback stands in."""

    name: str
    faces: tuple[Face, ...] = ()
    licence: str = ""
    fallback: tuple[str, ...] = ()

    def font(self, weight: int) -> Font:
        """Returns the font at the nearest weight it has."""
        nearest = [(abs((at := min(max(weight, f.lightest), f.heaviest)) - weight), at, f) for f in self.faces]
        _, pinned, face = min(nearest, key=lambda item: item[:2])
        blob, digest = open_font_file(face.path)
        return Font(digest, face.index, pinned, self.name, self.licence, blob)


@dataclass(frozen=True)
class FontBook:
    """The families by name. `aliases` map a name (`major`) to families in order of preference."""

    families: Mapping[str, Family]
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    """What was noticed while loading: a family that another one stands in for."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Files that lie in the folder and cannot be used, by the names of their families."""
    stray: tuple[Diagnostic, ...] = ()
    """What there is to tell of rights in files that nobody has listed: it matters to those who use them."""
    dropped: tuple[str, ...] = ()
    """Families of files that lie in the folder and are not listed: the last to be asked for a character."""

    @cached_property
    def tables(self) -> dict[object, object]:
        """The shaped glyphs so far, kept by `text.glyphs`."""
        return {}

    @cached_property
    def lines(self) -> Memo[tuple[Paragraph, float, bool], tuple[Line, ...]]:
        """The set lines so far, by paragraph, measure and direction, kept by `text.setting`."""
        return Memo(_KEPT)

    def with_aliases(self, aliases: Mapping[str, tuple[str, ...]]) -> FontBook:
        """Returns a book that knows further names for families: for the same names the same, with all it has set."""
        known = {**self.aliases, **aliases}
        return self._aliased.setdefault(tuple(sorted(known.items())), replace(self, aliases=known))

    @cached_property
    def _aliased(self) -> dict[tuple[tuple[str, tuple[str, ...]], ...], FontBook]:
        return {}

    def has(self, family: str) -> bool:
        """True if the name leads to a font file."""
        return bool(self._present(family))

    def font(self, family: str, weight: int) -> Font:
        """Returns the family's font at the nearest weight it has. Raises KeyError for a name that leads to no file."""
        return self.chain(family, weight)[0]

    def chain(self, family: str, weight: int) -> tuple[Font, ...]:
        """Returns the family's font, then those to look in for what it lacks. Raises KeyError as `font`."""
        if not (families := self._present(family)):
            raise KeyError(family)
        return tuple(member.font(weight) for member in families)

    def _present(self, name: str) -> tuple[Family, ...]:
        """Returns the families with files that a name leads to: itself or its alias, then fallbacks, each once."""
        names = list(self.aliases.get(name, (name,)))
        for member in names:  # grows while it is read
            family = self.families.get(member, Family(member))
            others = (*self.aliases.get(member, ()), *family.fallback) if member != name else family.fallback
            names += [other for other in others if other not in names]
        present = [n for n in dict.fromkeys(names) if n in self.families and self.families[n].faces]
        last = [n for n in self.dropped if n not in present] if present else []
        return tuple(self.families[n] for n in (*present, *last))


def load_fonts(config: bytes, file: str, folder: Path) -> FontBook:
    """Returns the fonts of a fonts.yaml (`file`: its name for messages) and of the files in its folder. Raises Rejected
    for a list that is wrong, and for a family that has neither file nor fallback."""
    report = Report()
    spec = read_declared(read_yaml(config.decode("utf-8-sig", "replace"), file), FontsSpec, report)
    listed = spec.families if spec else {}
    families = {name: _read_family(name, family, folder, report) for name, family in listed.items()}
    named = {path for family in listed.values() for path in _files(family, folder).values()}
    aside, refused = Report(), dict[str, str]()
    dropped = _add_dropped(families, folder, named, (aside, refused))
    report.extend(found for found in aside.diagnostics if found.code == "font-broken")
    stray = tuple(found for found in aside.diagnostics if found.code != "font-broken")
    book = FontBook(families, spec.aliases if spec else {}, refused=refused, stray=stray, dropped=dropped)
    for name, family in listed.items():
        if not families[name].faces and not any(path.is_file() for path in _files(family, folder).values()):
            _report_absent(name, family, report, book.has(name))
    return replace(book, diagnostics=report.finish())


def _read_family(name: str, spec: FamilySpec, folder: Path, report: Report) -> Family:
    faces = []
    for weights, path in _files(spec, folder).items():
        lightest, _, heaviest = weights.partition("-")
        if not (lightest.isdecimal() and (heaviest or lightest).isdecimal()):
            message = Bilingual(f"字重“{weights}”不是数", f"the weight “{weights}” is no number")
            report.error("font-weight", spec.span, message, Bilingual("写 400 或 100-900", "write 400 or 100-900"))
        elif path.is_file() and _is_font(path, report, spec.span):
            faces.append(Face(path, spec.index, int(lightest), int(heaviest or lightest)))
    return Family(name, tuple(faces), spec.licence, spec.fallback)


def _files(spec: FamilySpec, folder: Path) -> dict[str, Path]:
    """Returns a family's files by the weights they are for, whether they are there or not."""
    base = _package_folder(spec.package) if spec.package else folder
    files = spec.files or {spec.weights: spec.file}
    return {weights: base / file for weights, file in files.items() if base is not None and file}


def _package_folder(package: str) -> Path | None:
    try:
        found = find_spec(package)
    except (ImportError, ValueError):
        return None
    places = list(found.submodule_search_locations or ()) if found else []
    return Path(places[0]) if places else None


def _is_font(path: Path, report: Report, span: Span | None) -> bool:
    """True for a font that can be opened and embedded; reports one that cannot: a listed one as an error, a stray file with a
    word."""
    tell = Severity.ERROR if span else Severity.WARNING
    zh, en = f"“{path.name}”不是能用的字体文件", f"“{path.name}” is no usable font file"
    code, hint = "font-broken", Bilingual("换一个 .ttf 或 .otf 文件", "use another .ttf or .otf file")
    try:
        blob, digest = open_font_file(path)
        font = Font(digest, 0, 400, "", "", blob)
        if font.is_whole and not font.has_outlines:
            zh, en = f"“{path.name}”没有轮廓，不能排版", f"“{path.name}” has no outlines and cannot be set"
        elif font.is_whole:
            if font.may_embed:
                if not font.may_subset:
                    zh, en = f"字体“{path.name}”不许取子集，整个嵌入", f"the font “{path.name}” must be embedded whole"
                    hint = Bilingual("文件会大很多", "files will be much larger")
                    report.extend([Diagnostic("font-whole", Severity.NOTICE, Bilingual(zh, en), hint, span)])
                return True
            code, zh, en = "font-rights", f"字体“{path.name}”不许嵌入文件", f"the font “{path.name}” may not be embedded"
            hint = Bilingual("向字体厂商取得授权版本，或换一种", "get a version with that right, or use another")
    except (OSError, hb.HarfBuzzError):
        pass
    report.extend([Diagnostic(code, tell, Bilingual(zh, en), hint, span)])
    return False


def _add_dropped(
    families: dict[str, Family], folder: Path, listed: set[Path], unused: tuple[Report, dict[str, str]]
) -> tuple[str, ...]:
    """Adds the font files of the folder that the list does not name, by the family names they carry themselves; returns
    these. `unused`: where what cannot be used is told, and put by its names."""
    report, refused = unused
    found: dict[str, None] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() not in _SUFFIXES or path in listed:
            continue
        is_font = _is_font(path, report, None)
        try:
            blob, digest = open_font_file(path)
        except (OSError, hb.HarfBuzzError):
            continue
        if not is_font:
            refused |= dict.fromkeys(Font(digest, 0, 400, "", "", blob).family_names, path.name)
            continue
        for index in range(hb.Face(blob).count or 1):
            font = Font(digest, index, 400, "", "", blob)
            for name in font.family_names:
                known = families.get(name, Family(name))
                if not any(face.path in listed for face in known.faces):  # The list's word goes before a find.
                    families[name] = replace(known, faces=(*known.faces, Face(path, index, *font.weight_range)))
                    found[name] = None
    return tuple(found)


def _report_absent(name: str, spec: FamilySpec, report: Report, replaced: bool) -> None:
    what = spec.file or "、".join(spec.files.values())
    message = Bilingual(f"没有字体“{name}”的文件 {what}", f"the file {what} of the font “{name}” is absent")
    if replaced:
        hint = Bilingual(f"改用{'、'.join(spec.fallback)}", f"{', '.join(spec.fallback)} is used instead")
        report.extend([Diagnostic("font-absent", Severity.NOTICE, message, hint, spec.span)])
    else:
        hint = Bilingual("放进 fonts/，或在 fallback 里写替代的族", "put it into fonts/, or name a fallback family")
        report.error("font-absent", spec.span, message, hint)
