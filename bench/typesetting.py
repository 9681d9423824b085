"""Prints how long 120,000 characters take to be set, beside Typst's whole compile of the same text where Typst is at hand.

Paragraphs of 120 characters at a measure of 30 em. Run: PYTHONPATH=src python bench/typesetting.py
Typst: `pip install typst` into any environment whose python is given as first argument.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from lhpub.text.fonts import load_fonts
from lhpub.text.model import Ink, Paragraph, Run, TextStyle
from lhpub.text.setting import set_text

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = (
    "高质量发展不是一句口号，而是一帧一帧的画面：首批32个重大项目集中上马，总投资535.8亿元；“双招双引”活动先后走进北京、上海、福建等地，"
    "把更多优质企业和高端人才带到这里。工业上楼项目提供200万平方米空间，《数字孪生先锋城区建设行动计划（2023—2025年）》同步发布……"
    "从低空经济到AI计算，从社区医院到公园步道——每一天都有新的变化；每一处变化，都与生活在这里的人有关。"
)
TYPST = """import sys, time, typst
start = time.perf_counter()
typst.compile(sys.argv[1], font_paths=[sys.argv[2]])
print(time.perf_counter() - start)
"""


def paragraphs(count: int, length: int = 120) -> list[str]:
    """Returns texts cut from the sample, each begun at another place of it."""
    endless = "".join(islice(cycle(SAMPLE), len(SAMPLE) + length))
    return [endless[k * 7 % len(SAMPLE) :][:length] for k in range(count)]


def seconds(count: int) -> float:
    """Returns the processor time that `count` paragraphs take, fonts opened and warm."""
    book = load_fonts((ROOT / "fonts/fonts.yaml").read_bytes(), "fonts.yaml", ROOT / "fonts")
    style = TextStyle("body", "Noto Sans SC", 400, 10, 17, Ink("ink", "#000000"), "justify")
    texts = [Paragraph((Run(text, style),), style) for text in paragraphs(count)]
    set_text(texts[:5], 300, book)
    start = time.process_time()
    set_text(texts, 300, book)
    return time.process_time() - start


def typst_seconds(python: str, count: int) -> float:
    """Returns the wall time of Typst's compile of the same paragraphs to PDF, measured inside its process."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "text.typ"
        body = "\n\n".join(text.replace("#", "\\#") for text in paragraphs(count))
        head = '#set page(width: 340pt, height: 800pt, margin: 20pt)\n#set text(font: "Noto Sans SC", size: 10pt, lang: "zh")\n'
        source.write_text(f"{head}#set par(justify: true)\n{body}\n", encoding="utf-8")
        fonts = load_fonts((ROOT / "fonts/fonts.yaml").read_bytes(), "fonts.yaml", ROOT / "fonts")
        place = str(fonts.families["Noto Sans SC"].faces[0].path.parent)
        done = subprocess.run([python, "-c", TYPST, str(source), place], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    """Prints the table."""
    for count in (250, 500, 1000):
        taken = seconds(count)
        print(f"lhpub  {count * 120:>7,} characters  {taken:5.2f} s  {taken / count / 120 * 1e6:5.2f} µs each")
    if len(sys.argv) < 2:
        print("Typst: not measured (give the python of an environment that has the package `typst`)")
        return
    print(f"Typst  120,000 characters  {typst_seconds(sys.argv[1], 1000):5.2f} s, whole compile to PDF")


if __name__ == "__main__":
    main()
