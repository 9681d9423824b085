"""python tests/outside/edited_deck.py FOLDER: twelve kinds of edits made in the sample's deck, saved by LibreOffice (`soffice`),
read by `lhpub changes`: each is to be found, none invented; what goes back to the source is carried out there and composed again."""

import subprocess
import sys
from pathlib import Path

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.util import Pt

from lhpub.build import Job, compose_all, read_all
from lhpub.publication.seal import seal
from lhpub.render.pptx import render_pptx
from lhpub.review.edited import deck_changes
from lhpub.review.ledger import rows_of
from lhpub.review.taken import taken_back
from lhpub.world import World

SOURCE = Path("source/longhua-2023.yaml")


def shape(deck, name):
    return next(s for slide in deck.slides for s in slide.shapes if s.name == name)


def retype(frame, old, new):
    """Changes words as a presenter does, within a run or over several."""
    for paragraph in frame.paragraphs:
        text = "".join(run.text for run in paragraph.runs)
        if old in text:
            paragraph.runs[0].text = text.replace(old, new, 1)
            for run in paragraph.runs[1:]:
                run.text = ""
            return
    raise AssertionError(old)


def edit(path, made):
    deck = Presentation(path)
    by = {s.name: (slide, s) for slide in deck.slides for s in slide.shapes}
    retype(by["重大项目/body"][1].text_frame, "集中上马", "集中开工")  # 1 words of a text
    retype(by["拓展市场/title"][1].text_frame, "拓展市场", "拓展外贸市场")  # 2 a title
    rows = by["重大项目/rows"][1]
    cell = rows.table.cell(0, 0) if rows.has_table else None
    retype(cell.text_frame if cell else rows.text_frame, "后续总投资", "后续投资额")  # 3 a point's label
    notes = by["重大项目/title"][0].notes_slide.notes_text_frame
    retype(notes, "算出的。", "算出的。请规划部门补充。")  # 4 notes
    retype(by["重大项目/hero"][1].text_frame, "535.8", "536.8")  # 5 a big figure
    retype(by["全球招商/hero"][1].text_frame, "1000", "1050")  # 6 a bound
    slide = by["免申即享/title"][0]
    retype(by["免申即享/lead"][1].text_frame, "。", "，一批事项即申即享。")  # 7 a headline
    box = slide.shapes.add_textbox(Pt(300), Pt(400), Pt(200), Pt(30))  # 8 a text box
    box.text_frame.text = "现场演示约5分钟"
    new = deck.slides.add_slide(deck.slide_layouts[4])  # 9 a slide
    next(s for s in new.placeholders if s.placeholder_format.type == 1).text_frame.text = "下一步打算"
    listed = deck.slides._sldIdLst
    ids = {s.slide_id: entry for s, entry in zip(deck.slides, listed, strict=True)}
    gone = by["高质量发展论坛/title"][0]
    listed.remove(ids[gone.slide_id])  # 10 a slide gone
    moved = ids[by["国际交流/title"][0].slide_id]
    before = ids[by["重大项目/title"][0].slide_id]
    listed.remove(moved)
    before.addprevious(moved)  # 11 a slide elsewhere
    chart = shape(deck, "column/chart").chart
    data = CategoryChartData()
    data.categories = list(chart.plots[0].categories)
    for series in chart.plots[0].series:
        data.add_series(series.name, [686.2 if v == 685.8 else v for v in series.values])
    chart.replace_data(data)  # 12 a chart's value
    deck.save(made)


def main(folder: str) -> None:
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    world = World(Path.cwd())
    job = Job(SOURCE, Path("layouts/civic"), Path("fonts/fonts.yaml"), out)
    read = read_all(world, job)
    made, _ = compose_all(read, job.targets)
    rows = rows_of(read.publication, made.values())
    (out / "deck.pptx").write_bytes(render_pptx(made["deck"], None))
    edit(out / "deck.pptx", out / "edited.pptx")
    for name in ("deck", "edited"):
        (out / "saved").mkdir(exist_ok=True)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{out.resolve()}/lo", "--headless", "--convert-to", "pptx", "--outdir", out / "saved", out / f"{name}.pptx"], check=True, capture_output=True)
    for name in ("deck.pptx", "edited.pptx", "saved/deck.pptx", "saved/edited.pptx"):
        found = deck_changes((out / name).read_bytes(), ((out / "deck.pptx").read_bytes(), made["deck"]), read.publication, rows)
        print(name, len(found))
        for change in found:
            print("   ", change.slide, change.kind, change.place, repr(change.old[:30]), "→", repr(change.new[:30]), change.edits or change.reason)
        if "edited" in name:
            source, left = taken_back(SOURCE.read_bytes(), str(SOURCE), found)
            copy = SOURCE.with_name("longhua-2023-edited.yaml")
            try:
                copy.write_bytes(source)
                again = read_all(World(Path.cwd()), Job(copy, job.layout, job.fonts, out))
                composed, _ = compose_all(again, ("deck",))
                rest = deck_changes((out / name).read_bytes(), (render_pptx(composed["deck"], None), composed["deck"]), again.publication, rows_of(again.publication, composed.values()))
                print("   taken back; seal", seal(again.publication)[:6], "left:", [(c.kind, c.reason) for c in rest], [c.reason for c in left])
            finally:
                copy.unlink(missing_ok=True)


if __name__ == "__main__":
    main(sys.argv[1])
