"""What printed matter must say of itself, and must not: 内部资料性出版物管理办法 (2015), articles 14 and 15."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from lhpub.diagnostics import Bilingual, Diagnostic, Severity, Span
from lhpub.inline import Inline, Rich, Role
from lhpub.publication.model import Picture, Publication
from lhpub.publication.numerals import HALF_WIDTH
from lhpub.publication.prose import Prose, Scope
from lhpub.publication.spec import HeaderSpec, ImprintSpec
from lhpub.source.node import Scalar

NOTICE = "内部资料，免费交流"
LABELS = {"publisher": "编印单位", "recipients": "发送对象", "printer": "印刷单位", "printed": "印刷日期", "copies": "印数",
          "issue": "期号"}  # fmt: skip
"""What article 14 asks for beside what the cover says, in its order."""
_TYPED = Scope(typed="literal")


def with_imprint(publication: Publication, header: HeaderSpec, prose: Prose) -> Publication:
    """Returns the publication with the lines of its imprint, the maps' numbers the last of them, and what its cover says."""
    spec, lines = header.imprint, []
    cover: tuple[Rich, ...] = ()
    if isinstance(spec, ImprintSpec):
        for name, label in LABELS.items():
            if (written := getattr(spec, name)) is not None:
                lines.append(_labelled(label, prose.line(written, _TYPED)))
            elif name == "publisher":
                named = Inline(publication.organisation, Role("name"), span=header.span, source="publication/organisation")
                lines.append(_labelled(label, (named,)))
        cover = (
            (Inline(NOTICE, span=spec.span, source="publication/imprint/kind"),),
            _labelled("准印证号", prose.line(spec.licence, _TYPED)),
        )
    else:
        lines = [prose.line(line, _TYPED) for line in spec]
    numbers = [number for picture in publication.pictures if (number := map_number(picture))]
    if lines and numbers:
        apart = [piece for number in numbers for piece in (Inline("、"), number)]
        lines.append((replace(apart[0], text="审图号："), *apart[1:]))
    return replace(publication, imprint=tuple(lines), cover_lines=cover)


def _labelled(label: str, rich: Rich) -> Rich:
    return (Inline(f"{label}：", span=rich[0].span), *rich) if rich else ()


def map_number(picture: Picture) -> Inline | None:
    """Returns a map's 审图号 as it is printed, None for what is no map."""
    return Inline(picture.map, Role("name"), span=picture.span, source=f"{picture.source}/map") if picture.map else None


class _Rule(NamedTuple):
    """What must not stand in entries whose ids are `where`; `serial`: only in what appears by numbers."""

    where: str
    words: str
    zh: str
    en: str
    clause: str
    serial: bool = False


_HEADER = "publication/.+"
_RULES = (
    _Rule(_HEADER, r"定价|售价|工本费|会员费|版面费|服务费|订阅费|[0-9]元[/／每]?[册本份期]", "内部资料不得标价、收费",
          "internal matter bears no price and no fee", "第十五条"),
    _Rule(".+", r"(?:(?:[本此这]|每一?)[册书本刊报份期]|(?:本|内部)资料)[^，。；]{0,6}(?:定价|售价|工本费|[0-9.]+元)",
          "内部资料不得标价、收费", "internal matter bears no price and no fee", "第十五条"),
    _Rule(_HEADER, "协办", "内部资料不得与外单位协办", "internal matter has no co-publisher", "第十五条"),
    _Rule("publication/imprint/recipients", "公众|公开|市民|群众|社会|服务对象|客户|顾客|患者|旅客|境外",
          "内部资料只发给本行业、本系统、本单位，不发给公众和服务对象", "it goes to one's own, not to the public", "第十五条"),
    _Rule("publication/title", "(?<![年月季简公通])[报刊]$|杂志$", "连续性内部资料不得叫报、刊、杂志", "no name for a serial",
          "第十四条", True),
    _Rule(_HEADER, "期刊社|杂志社|报社|刊号|记者", "连续性内部资料不得用期刊社、杂志社、记者、刊号等字样",
          "a serial must not use these words", "第十四条", True),
    _Rule(".+", "本[报刊](?![告名考送价到])", "连续性内部资料不得以本报、本刊自称", "no serial says so", "第十四条", True),
)  # fmt: skip
_SELLING = re.compile(
    "(?:定价|售价|工本费|订阅费)[^，。；]{0,4}[0-9]|征订|广告|订购|促销|特价|优惠价|选购|扫码购买|(?:招商|咨询|订货|加盟)(?:热线|电话)"
)


def check_imprint(publication: Publication, spec: HeaderSpec) -> Iterator[Diagnostic]:
    """Yields an error for what internal matter must not say, a warning for what may be advertising."""
    if not isinstance(imprint := spec.imprint, ImprintSpec):
        return
    if imprint.publisher is None and not spec.organisation:
        hint = Bilingual("写 publisher，或在 publication 下写 organisation", "write publisher, or organisation above it")
        message = Bilingual("缺少编印单位（第十四条）", "its publisher is missing (article 14)")
        yield Diagnostic("imprint-forbidden", Severity.ERROR, message, hint, imprint.span)
    if not (re.search("[0-9]{3}", imprint.licence.text.translate(HALF_WIDTH)) and re.search("[一-龥]", imprint.licence.text)):
        hint = Bilingual("照准印证抄写，如 （粤）内登字A第2024018号", "copy it from the licence, like （粤）内登字A第2024018号")
        message = Bilingual(f"“{imprint.licence.text}”不像准印证号", f"“{imprint.licence.text}” is no number of a licence")
        yield Diagnostic("imprint-licence", Severity.ERROR, message, hint, imprint.licence.span)
    told = set[Span | None]()
    for entry in publication.entries:
        for rule in (one for one in _RULES if imprint.issue or not one.serial):
            if re.fullmatch(rule.where, entry.id) and (found := re.search(rule.words, entry.printed)):
                zh = f"“{found[0]}”：{rule.zh}（内部资料性出版物管理办法{rule.clause}）"
                hint = Bilingual("删去或改写", "delete it, or say it otherwise")
                said = Bilingual(zh, f"“{found[0]}”: {rule.en}")
                if entry.span not in told:
                    yield Diagnostic("imprint-forbidden", Severity.ERROR, said, hint, entry.span)
                told.add(entry.span)
        if entry.span not in told and isinstance(entry.node, Scalar) and (found := _SELLING.search(entry.printed)):
            zh = f"“{found[0]}”：内部资料不得标价、刊登广告，请看这里是不是（内部资料性出版物管理办法第十五条）"
            message = Bilingual(zh, f"“{found[0]}”: internal matter carries no price and no advertising; is this any?")
            yield Diagnostic("imprint-advertising", Severity.WARNING, message, None, entry.span)
