"""A deck that another program has saved, judged by what it states and shows: that program wrote all of it anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lhpub.boxes import Composition
from lhpub.build import Read
from lhpub.diagnostics import Bilingual, Diagnostic, Severity
from lhpub.review.edited import deck_changes, paired, slides_in
from lhpub.verify.called import called, told_apart
from lhpub.verify.pptx import compare_charts
from lhpub.verify.pptx_file import PptxFile, R, found
from lhpub.verify.pptx_reading import read_deck, text_of
from lhpub.verify.pptx_seen import scenes, unlike

_TAKE_BACK = Bilingual("要收回源文件：lhpub changes 这个文件 --apply", "take it back to the source: lhpub changes FILE --apply")
_SHOW = Bilingual("改到看得见、与来源一样，或重新生成", "put it right so that it is seen as composed, or build it again")


def judge_saved(data: bytes, built: tuple[bytes, Composition], read: Read) -> Iterator[Diagnostic]:
    """Yields what a deck states or shows otherwise than as it was built: changes of words and figures, then charts, then what is
    hidden, covered, added or not told apart from its ground."""
    again, composition = built
    file, was = PptxFile(data), PptxFile(again)
    for change in deck_changes(data, built, read.publication, ()):
        place, told = called(change.place) if change.place else Bilingual("", ""), told_apart(change.old, change.new)
        zh = f"第 {change.slide} 张 {place.zh}{'：' * bool(place.zh)}{change.kind}，{told.zh}"
        en = f"slide {change.slide}{', ' * bool(place.en)}{place.en}: {told.en}"
        yield Diagnostic("deck-differs", Severity.ERROR, Bilingual(zh, en), _TAKE_BACK)
    pairs = paired(slides_in(was), slides_in(file))
    pages = [composition.pages[pairs[at]] if at in pairs else None for at in range(len(file.slides()))]
    theme = composition.theme if read.brand is None else None
    yield from (replace(told, code="deck-differs", hint=_TAKE_BACK) for told in compare_charts(file, pages, theme))
    yield from _unseen(file)
    old = scenes(was)
    for at, scene in enumerate(scenes(file)):
        for told in unlike(scene, old[pairs[at]]) if at in pairs else ():
            said = Bilingual(f"第 {at + 1} 张：{told.zh}", f"slide {at + 1}: {told.en}")
            yield Diagnostic("deck-unseen", Severity.ERROR, said, _SHOW)
    yield from _beside(was, file, pairs)


def _unseen(file: PptxFile) -> Iterator[Diagnostic]:
    for one in read_deck(file, True):
        if one.part == "info" and one.text and (one.page or one.name == "hidden"):
            box = called(one.name)
            said = Bilingual(f"第 {one.page} 张 {box.zh}：{one.text}", f"slide {one.page}, {box.en}: {one.text}")
            if one.name == "hidden":
                said = Bilingual(f"有隐藏的幻灯片（{one.text}），放映时跳过", f"a slide is hidden ({one.text})")
            yield Diagnostic("deck-unseen", Severity.ERROR, said, _SHOW)


def _beside(was: PptxFile, file: PptxFile, pairs: dict[int, int]) -> Iterator[Diagnostic]:
    """Yields alternative texts and links that are others than those composed; a program may leave them out."""
    alts = {(one.page - 1, one.text) for one in read_deck(was, True) if one.part == "alt"}
    for one in read_deck(file, True):
        at, name = one.page - 1, called(one.name)
        if one.part == "alt" and one.text and at in pairs and (pairs[at], one.text) not in alts:
            zh = f"第 {one.page} 张 {name.zh}的替代文字不是来源里的：“{one.text}”"
            en = f"slide {one.page}, {name.en}: its alternative text “{one.text}” is not the source’s"
            yield Diagnostic("deck-differs", Severity.ERROR, Bilingual(zh, en), _SHOW)
    links = list(_links(was))
    for at, text, target in _links(file):
        there = pairs.get(target, -1) if isinstance(target, int) else target
        here = [link for link in links if at in pairs and link[0] == pairs[at]]
        own = [link for link in here if link[1] == text] or here  # LibreOffice gives a group's link to all that is in it
        if at in pairs and there not in {link[2] for link in own}:
            shown = target + 1 if isinstance(target, int) else target
            zh, en = f"第 {at + 1} 张“{text}”的链接不该通到 {shown}", f"slide {at + 1}: “{text}” must not link to {shown}"
            yield Diagnostic("deck-differs", Severity.ERROR, Bilingual(zh, en), _SHOW)


def _links(file: PptxFile) -> Iterator[tuple[int, str, int | str]]:
    """Yields the links: the slide they are on, the words of the shape or row, the slide or address that they lead to."""
    slides = file.slides()
    numbers = {name: at for at, (name, _) in enumerate(slides)}
    for at, (part, root) in enumerate(slides):
        for link in found(root, "//a:hlinkClick"):
            relation = file.relations.get(part, {}).get(link.get(R + "id", ""))
            held = found(link, "ancestor::*[self::a:tr or self::p:sp or self::p:pic or self::p:graphicFrame][1]")
            if relation and held:
                yield at, text_of(held[0]).strip(), numbers.get(relation.target, relation.target)
