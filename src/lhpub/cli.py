"""The command line: arguments, printing, exit codes (0 done, 2 the input needs mending)."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from lhpub import __version__
from lhpub.build import Imposition, Job, Target, build, compose_all, read_all
from lhpub.diagnostics import Diagnostic, Language, Rejected, Severity, has_errors
from lhpub.layout.read import read_layout
from lhpub.publication.spec import SourceSpec
from lhpub.source.schema import json_schema, reference
from lhpub.text.fonts import load_fonts
from lhpub.verify.pdf import verify_any
from lhpub.verify.pptx import verify_pptx
from lhpub.world import PICTURE_LIMIT, World

STAGES = {
    "read": ("读入", "reading"),
    "compose": ("编排", "composing"),
    "press.pdf": ("写印刷文件", "writing the press file"),
    "deck.pptx": ("写幻灯片", "writing the deck"),
    "deck.pdf": ("写幻灯片预览", "writing the deck's preview"),
    "brochure.pdf": ("写画册", "writing the brochure"),
    "write": ("存盘", "saving"),
}


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    options = _parser().parse_args(arguments)
    world = World(Path.cwd())
    language: Language = options.lang or world.language()
    try:
        command: Callable[[argparse.Namespace, World, Language], int] = options.command
        return command(options, world, language)
    except Rejected as rejected:
        _tell(rejected.diagnostics, language)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lhpub", description="由一份 YAML 生成幻灯片与画册 · a deck and a brochure from one YAML source"
    )
    parser.add_argument("--version", action="version", version=f"lhpub {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--lang", choices=("zh", "en"), help="提示的语言 · language of messages（默认随系统 · by locale）"
    )
    job = argparse.ArgumentParser(add_help=False, parents=[common])
    job.add_argument(
        "--source", type=Path, default=Path("source/longhua-2023.yaml"), help="内容 · source（%(default)s）"
    )
    job.add_argument("--layout", default="civic", help="版式名或文件夹 · layout, by name or folder（%(default)s）")
    job.add_argument("--out", type=Path, default=Path("output"), help="输出文件夹 · output folder（%(default)s）")
    commands = parser.add_subparsers(required=True, metavar="命令 command")

    def command(name: str, run: object, words: str, parent: argparse.ArgumentParser) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words, parents=[parent])
        made.set_defaults(command=run)
        return made

    made = command("build", _build, "生成 · build deck, brochure or all", job)
    made.add_argument("target", choices=("deck", "brochure", "all"), help="幻灯片、画册或全部 · what to build")
    made.add_argument("--imposition", choices=("none", "saddle"), default="none", help="另出骑马订拼版 · printer's spreads")
    made = command("verify", _verify, "检查写好的 PDF 或 PPTX · check a written file", common)
    made.add_argument("file", type=Path, help="文件 · the file")
    command("check", _check, "只检查，不生成 · check without writing", job)
    command("layouts", _layouts, "列出版式 · list the layouts", common)
    command("fonts", _fonts, "列出字体 · list the fonts and what they cover", common)
    made = command("schema", _schema, "内容格式的 JSON Schema · the source's JSON Schema", common)
    made.add_argument(
        "--reference", action="store_true", help="改为输出中文参考页 · the reference page in Chinese instead"
    )
    return parser


def _job(options: argparse.Namespace, targets: tuple[Target, ...] = ("deck", "brochure")) -> Job:
    layout = Path(options.layout)
    if not layout.is_dir():
        layout = data_folder("layouts") / options.layout
    imposition: Imposition = getattr(options, "imposition", "none")
    return Job(options.source, layout, data_folder("fonts") / "fonts.yaml", options.out, targets, imposition)


def data_folder(name: str) -> Path:
    """Returns the folder of layouts or fonts: the one in the working folder, else the one installed with the program."""
    here = Path(name)
    return here if here.is_dir() else Path(__file__).parent / "data" / name


def _build(options: argparse.Namespace, world: World, language: Language) -> int:
    with _progress(language) as advance:
        targets: tuple[Target, ...] = ("deck", "brochure") if options.target == "all" else (options.target,)
        built = build(world, _job(options, targets), advance)
    _tell(built.diagnostics, language)
    for path in built.files:
        print(path.as_posix())
    return 0


def _check(options: argparse.Namespace, world: World, language: Language) -> int:
    job = _job(options)
    _, diagnostics = compose_all(read_all(world, job), job.targets)
    _tell(diagnostics, language)
    print("没有错误" if language == "zh" else "no errors")
    return 0


def _verify(options: argparse.Namespace, world: World, language: Language) -> int:
    data = world.read(options.file, PICTURE_LIMIT)
    found = verify_pptx(data) if data.startswith(b"PK") else verify_any(data)
    _tell(found, language)
    if has_errors(found):
        return 2
    print("没有错误" if language == "zh" else "no errors")
    return 0


def _layouts(options: argparse.Namespace, world: World, language: Language) -> int:
    for folder in sorted(p.parent for p in data_folder("layouts").glob("*/layout.yaml")):
        layout, _ = read_layout(world, folder)
        width, height = layout.spec.brochure.size
        print(f"{folder.name:12}{layout.spec.title}　{width:g} × {height:g} mm")
    return 0


def _fonts(options: argparse.Namespace, world: World, language: Language) -> int:
    file = data_folder("fonts") / "fonts.yaml"
    book = load_fonts(world.read(file), file.as_posix(), world.root / file.parent)
    for family in book.families.values():
        if not family.faces:
            print(f"{family.name}：没有文件，改用 {'、'.join(family.fallback)}")
        for face in family.faces:
            lacking = sum(not book.font(family.name, face.lightest).covers(character) for character in GB2312)
            weights = f"{face.lightest}–{face.heaviest}" if face.heaviest > face.lightest else str(face.lightest)
            coverage = "GB/T 2312 全" if not lacking else f"GB/T 2312 缺 {lacking} 字"
            print(f"{family.name}　{weights}　{face.path.name}　{family.licence}　{coverage}")
    return 0


GB2312 = "".join(
    bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF)
)
"""The 7,445 marks, letters and Han characters of GB/T 2312-1980."""


def _schema(options: argparse.Namespace, world: World, language: Language) -> int:
    if options.reference:
        print(reference(SourceSpec), end="")
    else:
        print(json.dumps(json_schema(SourceSpec, language), ensure_ascii=False, indent=2))
    return 0


@contextlib.contextmanager
def _progress(language: Language) -> Iterator[Callable[[str], None]]:
    """Yields what to call at each stage: a progress line on a terminal, nothing in a pipe."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda stage: bar.update(task, description=STAGES[stage][language == "en"])


def _tell(diagnostics: tuple[Diagnostic, ...], language: Language) -> None:
    """Prints diagnostics to stderr, those with a place sorted by it, errors counted at the end."""
    for diagnostic in diagnostics:
        print(diagnostic.in_language(language), file=sys.stderr)
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    warnings = sum(d.severity is Severity.WARNING for d in diagnostics)
    if errors or warnings:
        zh = f"{errors} 个错误，{warnings} 个警告" + ("；没有写出任何文件" if errors else "")
        en = f"{errors} errors, {warnings} warnings" + ("; nothing was written" if errors else "")
        print(zh if language == "zh" else en, file=sys.stderr)
