"""python tests/outside/places_seen.py FOLDER STEM: counts each figure and date of the proof's workbook in what was built beside it: the
brochure's pages and alternative texts, the slides, notes, alternative texts and workbooks of the deck, read by other programs; prints
each place that the proof has not, or has and nobody sees."""

import io
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import openpyxl
import pikepdf
from pptx import Presentation

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def bare(text: str | None) -> str:
    return re.sub(r"[\s※]+", "", text or "")


def brochure(path: Path) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Returns the words of each page, and its alternative texts."""
    with pikepdf.open(path) as pdf:
        count, numbers = len(pdf.pages), {page.objgen: at for at, page in enumerate(pdf.pages, 1)}
        alts: dict[int, list[str]] = {}
        waiting = [(pdf.Root.StructTreeRoot.K, 0)]
        while waiting:
            node, page = waiting.pop()
            if isinstance(node, pikepdf.Array):
                waiting += [(kid, page) for kid in node]
            elif isinstance(node, pikepdf.Dictionary):
                page = numbers.get(node.Pg.objgen, page) if "/Pg" in node else page
                if "/Alt" in node:
                    alts.setdefault(page, []).append(bare(str(node.Alt)))
                if "/K" in node:
                    waiting.append((node.K, page))
    pages = {}
    for page in range(1, count + 1):
        told = subprocess.run(["pdftotext", "-raw", "-f", str(page), "-l", str(page), path, "-"], capture_output=True, text=True, check=True)
        pages[page] = [bare(told.stdout)]
    return pages, alts


def deck(path: Path) -> tuple[dict[int, list[str]], ...]:
    """Returns of each slide its texts, notes, alternative texts and the cells of its workbooks."""
    shown, notes, alts, cells = {}, {}, {}, {}
    for at, slide in enumerate(Presentation(str(path)).slides, 1):
        held = [t for e in slide._element.iter(f"{A}txBody", "{http://schemas.openxmlformats.org/presentationml/2006/main}txBody") for t in [bare("".join(x.text or "" for x in e.iter(f"{A}t")))]]
        for shape in slide.shapes:
            if shape.has_chart:
                part = shape.chart.part
                root = shape.chart._chartSpace
                for series in root.iter(f"{C}ser"):
                    held += [bare(v.text) for tag in ("tx", "cat") for one in series.findall(f"{C}{tag}") for v in one.iter(f"{C}v")] if series is next(root.iter(f"{C}ser")) else [bare(v.text) for one in series.findall(f"{C}tx") for v in one.iter(f"{C}v")]
                    form = next((f.get("formatCode") for f in series.iter(f"{C}numFmt")), "")
                    if any(one.get("val") == "1" for one in series.iter(f"{C}showVal")):
                        held += [printed(v.text, form) for one in series.findall(f"{C}val") for v in one.iter(f"{C}v")]
                book = openpyxl.load_workbook(io.BytesIO(part.chart_workbook.xlsx_part.blob))
                cells.setdefault(at, []).extend(bare(str(c.value)) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None)
        shown[at] = held
        notes[at] = [bare(slide.notes_slide.notes_text_frame.text)] if slide.has_notes_slide else []
        alts[at] = [bare(e.get("descr")) for e in slide._element.iter() if str(e.tag).endswith("cNvPr") and e.get("descr")]
    return shown, notes, alts, cells


def printed(value: str, form: str) -> str:
    """Returns a value as its number format shows it (as far as decks here use one)."""
    match = re.search(r"0(?:\.(0+))?(%?)", form)
    if not match:
        return value
    number = float(value) * (100 if match[2] else 1)
    words = form[: match.start()] + f"{number:.{len(match[1] or '')}f}" + match[2] + form[match.end() :]
    return bare(re.sub(r'"|\\', "", words))


def occurrences(texts: list[str], form: str) -> int:
    """Returns how often a printed form stands in texts, not as a part of a longer figure or date."""
    after = r"(?!\d{1,2}日|[上中下]旬|起)" if re.fullmatch(r"(\d{4}年)?\d{1,2}月", form) else r"(?!起)" if form[-1:] in "日旬" else ""
    after = r"(?!\d{1,2}月)" if re.fullmatch(r"\d{4}年", form) else after
    before = r"(?<![\d.])" if form[:1].isdigit() else ""
    return sum(len(re.findall(before + re.escape(form) + after + (r"(?!\d)" if form[-1:].isdigit() else ""), text)) for text in texts)


def listed(cell: str | None, lead: str) -> Counter[int]:
    found: Counter[int] = Counter()
    for one in (cell or "").split("　"):
        if match := re.fullmatch(rf"{lead}(\d+)[^×]*(?:×(\d+))?", one.strip()):
            found[int(match[1])] += int(match[2] or 1)
    return found


def without_months(texts: list[str]) -> list[str]:
    """Returns the texts of a slide without the heads of an axis of months."""
    months = [text for text in texts if re.fullmatch(r"\d{1,2}月", text)]
    return [text for text in texts if text not in months] if len(set(months)) == 12 else texts


def main(folder: str, stem: str) -> int:
    base = Path(folder)
    pages, page_alts = brochure(base / f"{stem}-brochure.pdf")
    shown, notes, alts, cells = deck(base / f"{stem}-deck.pptx")
    shown = {at: without_months(texts) for at, texts in shown.items()}
    anywhere = {0: [text for texts in page_alts.values() for text in texts]}  # a PDF does not always say on which page
    sheet = openpyxl.load_workbook(base / f"{stem}-proof.xlsx")["数字与日期"]
    head = [cell.value for cell in sheet[3]]
    rows = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=4, values_only=True) if row[1]]
    missing = extra = places = 0
    for form in dict.fromkeys(bare(of["印作"]) for of in rows if of["印作"] != "（未注明）"):
        own = [of for of in rows if bare(of["印作"]) == form]
        said = {name: sum((listed(of[name], lead) for of in own), Counter()) for name, lead in (("画册", ""), ("幻灯片", ""), ("备注", ""))}
        said |= {lead: sum((listed(of["替代文字"], lead) for of in own), Counter()) for lead in "片册"}
        # what the publication says of itself stands in names, too, which are typed and have rows of their own
        checks = [("画册", pages), ("幻灯片", shown), ("备注", notes)] if own[0]["关键词"] != "全书" else []
        told_of_year = {at: [text for text in texts if text.startswith("时间轴")] for at, texts in alts.items()}
        for name, seen in (*checks, ("片", alts), ("册", anywhere)) if checks else (("片", told_of_year),):
            there = said[name] if name != "册" else Counter({0: said[name].total()})
            for page in sorted(seen.keys() | there.keys()):
                real, told = occurrences(seen.get(page, []), form), there.get(page, 0)
                places += real
                missing += max(real - told, 0)
                extra += max(told - real, 0)
                if real > told:
                    print("/".join(of["编号"] for of in own), form, "替" * (name in "片册") + name, page, f"seen {real}, listed {told}")
    books = {re.sub("[^A-Z0-9]", "", one) for of in rows for one in (of["工作簿"] or "").split()}
    print(f"{len(rows)} rows, {places} places seen, {missing} of them not in the proof; {extra} listed that are written in another way; "
          f"{sum(map(len, cells.values()))} cells of workbooks, {len(books)} names in the proof")  # fmt: skip
    return missing


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:])))
