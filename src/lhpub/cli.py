"""The command line: arguments, printing, exit codes (0 done, 2 the input needs mending, 3 lhpub itself has failed)."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lhpub import __version__
from lhpub.diagnostics import Bilingual, Diagnostic, Fault, Language, Rejected, Severity, has_errors
from lhpub.source.report import did_you_mean
from lhpub.starters import begin
from lhpub.world import World, locale_language, shipped, write_report

if TYPE_CHECKING:
    from lhpub.build import Job, Target
    from lhpub.decks import Aspect
    from lhpub.papers.press import Imposition

# What a command needs is imported by it: `lhpub --help` takes a tenth of a second, the libraries of a build a whole one.

FEW, EVERY = 5, sys.maxsize
"""How many warnings of a kind are told: by a build, by `lhpub check`."""
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
    for stream in (sys.stdout, sys.stderr):  # Windows consoles and pipes otherwise fail on Chinese
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    language: Language = options.lang or locale_language()
    world: World | None = None
    try:
        world = World.here()
        done: int = options.command(options, world, language)
        return done
    except BrokenPipeError:  # `lhpub … | head`: the reader has gone
        sys.stdout = io.TextIOWrapper(io.BytesIO())
        return 0
    except KeyboardInterrupt:
        saved = bool(world and world.saved)
        zh, en = ("文件都已写好", "all files were written") if saved else ("没有写出任何文件", "nothing was written")
        print(f"已停止，{zh}" if language == "zh" else f"stopped, {en}", file=sys.stderr)
        return 130
    except Fault as fault:
        _tell(fault.diagnostics, language, EVERY)
        return _report(fault, options)
    except Rejected as rejected:
        _tell(rejected.diagnostics, language, EVERY if options.command is _check else FEW)
        if options.command is _build and not any(d.code == "save-unfinished" for d in rejected.diagnostics):
            print("没有写出任何文件" if language == "zh" else "nothing was written", file=sys.stderr)
        return 2
    except Exception as error:
        return _report(error, options)


def _report(error: Exception, options: argparse.Namespace) -> int:
    """Tells of a fault of the program in one sentence, what was at work, and where the report is; returns the exit code."""
    stage = STAGES.get(options.stage, ("", ""))
    zh, en = (f"{options.name_of_command}{' · ' * bool(word)}{word}" for word in stage)
    path = write_report(f"lhpub {__version__}: {en}\n", error)
    print(f"lhpub 自己出了错（{zh}），没有写出任何文件，请把报告交给维护者：{path}", file=sys.stderr)
    print(f"lhpub has failed by its own fault ({en}); nothing was written; please send this report: {path}", file=sys.stderr)
    return 3


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
        made.set_defaults(command=run, name_of_command=name, stage="")
        return made

    made = command("build", _build, "生成 · build deck, brochure or all", job)
    made.add_argument("target", choices=("deck", "core", "brochure", "all"), help="幻灯片、短稿、画册或全部 · what to build")
    made.add_argument("--imposition", choices=("none", "saddle"), default="none", help="另出骑马订拼版 · printer's spreads")
    shapes = ("16:9", "4:3", "16:10", "32:9")
    made.add_argument("--aspect", choices=shapes, help="幻灯片比例（不写：16:9，或随模板） · the slides' shape")
    made = command("verify", _verify, "检查写好的 PDF 或 PPTX · check a written file", common)
    made.add_argument("file", type=Path, nargs="+", help="文件 · the files")
    made.add_argument("--source", type=Path, default=None, help="与它的内容逐处比对 · compare its contents with this source")
    made.add_argument("--signed", type=Path, default=None, help="签过的校对表（XLSX）：印出来的是不是签的 · what was signed")
    made.add_argument("--layout", default="civic", help="版式名或文件夹 · layout, by name or folder（%(default)s）")
    made.set_defaults(out=Path("output"))
    _papers(command, job)
    command("check", _check, "只检查，不生成 · check without writing", job)
    made = command("preview", _preview, "工坊：在浏览器里看、改 · see and edit in the browser", job)
    made.add_argument("--port", type=int, default=0, help="端口，缺省任取一个空的 · port; default: any free one")
    made.add_argument("--quiet", action="store_true", help="不打开浏览器 · do not open the browser")
    made = command("layouts", _layouts, "版式：列出、新建、检查、一览 · list, begin, check or show layouts", job)
    made.add_argument("action", nargs="?", choices=("list", "new", "check", "gallery"), default="list")
    made.add_argument("name", nargs="?", default="", help="版式名 · the layout")
    made.add_argument("--from", dest="base", default="civic", help="以哪个版式为底 · the layout to begin with（%(default)s）")
    made = command("new", _new, "由范例开始一份内容 · begin a source from a starter", common)
    made.add_argument("name", help="文件名，不含 .yaml · its name")
    made.add_argument("--like", default="街道办", help="以哪个范例为底 · the starter（%(default)s）")
    command("fonts", _fonts, "列出字体 · list the fonts and what they cover", common)
    made = command("schema", _schema, "内容或版式格式的 JSON Schema · the JSON Schema of sources or layouts", common)
    made.add_argument("of", nargs="?", choices=("source", "layout"), default="source", help="哪一种（%(default)s） · which")
    made.add_argument("--reference", action="store_true", help="改为中文参考页 · the reference page in Chinese")
    return parser


def _papers(command: Callable[..., argparse.ArgumentParser], job: argparse.ArgumentParser) -> None:
    """Adds the commands that write papers."""
    command("proof", _paper, "校对表：列出每个数字、文字和它们的位置 · every figure and text with its places, to sign", job)
    made = command("review", _paper, "审读稿：大字、行号、宽边，标出改动 · a marked-up copy to write on", job)
    made.add_argument("--since", type=Path, default=None, help="与哪一稿比：稿次、校验号、源文件 · a draft or a source")
    made = command("changes", _paper, "比两稿，或找出幻灯片里改了什么 · two drafts, or an edited deck", job)
    made.add_argument("file", type=Path, nargs="+", help="旧稿 新稿，或改过的 .pptx · OLD NEW, or EDITED.pptx")
    made.add_argument("--apply", nargs="?", const="all", help="收回源文件，可写号：1,3-5 · take back into the source")


def _job(options: argparse.Namespace, targets: tuple[Target, ...] = ("deck", "brochure")) -> Job:
    from lhpub.build import Job

    layout = Path(options.layout)
    if not (layout / "layout.yaml").is_file():  # a folder of that name may be any
        layout = data_folder("layouts") / options.layout
    if not (layout / "layout.yaml").is_file():
        names = sorted(p.parent.name for p in data_folder("layouts").glob("*/layout.yaml"))
        message = Bilingual(f"没有叫“{options.layout}”的版式", f"there is no layout “{options.layout}”")
        raise Rejected((Diagnostic("no-layout", Severity.ERROR, message, did_you_mean(str(options.layout), names)),))
    imposition: Imposition = getattr(options, "imposition", "none")
    aspect: Aspect | None = getattr(options, "aspect", None)
    fonts = data_folder("fonts") / "fonts.yaml"
    return Job(options.source, layout, fonts, options.out, targets, imposition, aspect)


def data_folder(name: str) -> Path:
    """Returns the folder of layouts or fonts: the one in the working folder, else the one that came with the program."""
    return Path(name) if Path(name).is_dir() else shipped(name)


def _build(options: argparse.Namespace, world: World, language: Language) -> int:
    from lhpub.build import build

    with _progress(options, language) as advance:
        wanted: dict[str, tuple[Target, ...]] = {"all": ("deck", "brochure"), "brochure": ("brochure",)}
        job = _job(options, wanted.get(options.target, ("deck",)))
        built = build(world, replace(job, is_core=options.target == "core"), advance)
    _tell(built.diagnostics, language)
    for path in built.files:
        print(path.as_posix())
    return 0


def _check(options: argparse.Namespace, world: World, language: Language) -> int:
    from lhpub.build import make

    with _progress(options, language) as advance:
        _, diagnostics = make(world, _job(options), advance)
    _tell(diagnostics, language, EVERY)
    print("没有错误" if language == "zh" else "no errors")
    return 0


def _paper(options: argparse.Namespace, world: World, language: Language) -> int:
    """Writes a paper to sign, to mark up or to take back, and prints what it says."""
    from lhpub.review.papers import write_paper

    with _progress(options, language) as advance:
        lines = write_paper(world, _job(options), options, advance)
    print("\n".join(lines))
    return 0


def _preview(options: argparse.Namespace, world: World, language: Language) -> int:
    import webbrowser

    from lhpub.preview.desk import Desk
    from lhpub.preview.project import Project
    from lhpub.preview.server import serve

    job = _job(options)
    project = Project(world.root, job.layout.parent, job.fonts)

    def ready(address: str) -> None:
        print(f"工坊：{address}　停下按 Ctrl C" if language == "zh" else f"the workshop: {address}  Ctrl C stops it", flush=True)
        if not options.quiet:
            webbrowser.open(address)

    serve(Desk(world.root, job), project, options.port, ready)
    return 0


def _new(options: argparse.Namespace, world: World, language: Language) -> int:
    print(begin(world, options.like, options.name).as_posix())
    return 0


def _verify(options: argparse.Namespace, world: World, language: Language) -> int:
    from lhpub.review.files import judge
    from lhpub.review.signed import judge_signed

    if options.signed:
        options.source = options.source or Path("source/longhua-2023.yaml")
        found = judge_signed(world, options.signed, tuple(options.file), _job(options))
    else:
        job = _job(options) if options.source else None
        found = tuple(told for file in options.file for told in judge(world, file, job))
    _tell(found, language, EVERY)
    if has_errors(found):
        return 2
    print("没有错误" if language == "zh" else "no errors")
    return 0


def _layouts(options: argparse.Namespace, world: World, language: Language) -> int:
    from lhpub.gallery import draw_gallery, new_layout
    from lhpub.layout.extends import layout_folder
    from lhpub.layout.read import read_layout
    from lhpub.trials import TRIALS, read_words

    layouts = data_folder("layouts")
    folders = sorted(p.parent for p in layouts.glob("*/layout.yaml"))
    if options.action == "new":
        print(new_layout(world, layouts, options.name, options.base).as_posix())
    elif options.action == "check":
        if str(options.name).endswith((".pptx", ".potx")):
            return _check_template(replace(_job(options, ("deck",)), template=Path(options.name)), world, language)
        options.layout = options.name or options.layout
        return _check_layout(_job(options), world, language)
    elif options.action == "gallery":
        words = None
        if options.name:
            options.layout = options.name
            folders = [_job(options).layout]
            words = read_words(world, layout_folder(world, folders[0], "plain") / Path(TRIALS).name)
        path = options.out / "gallery.html"
        page, found = draw_gallery(world, _job(options), folders, words)
        world.write(path, page)
        _tell(tuple(d for d in found if d.severity is Severity.ERROR), language)
        print(path.as_posix())
    else:
        for folder in folders:
            layout, _ = read_layout(world, folder)
            width, height = layout.spec.brochure.size
            print(f"{folder.name:12}{layout.spec.title}　{width:g} × {height:g} mm")
    return 0


def _check_template(job: Job, world: World, language: Language) -> int:
    """Makes a deck on a template as `build` would, and writes a page that shows what of it each kind of slide takes."""
    from lhpub.build import make, read_all
    from lhpub.gallery import draw_template

    _, found = make(world, job, lambda stage: None)
    path = job.out / "template.html"
    world.write(path, draw_template(read_all(world, job)))
    _tell(found, language, EVERY)
    print(path.as_posix())
    return 0


def _check_layout(job: Job, world: World, language: Language) -> int:
    """Looks over a layout by itself, then composes the trial publications with it."""
    from lhpub.build import read_look
    from lhpub.layout.check import check_layout
    from lhpub.layout.extends import layout_folder
    from lhpub.trials import TRIALS, never_held, read_words, try_out

    look = read_look(world, job)
    found = (*look.diagnostics, *check_layout(look.layout.spec))
    _tell(found, language, EVERY)
    if not has_errors(found):
        trials = []
        words = read_words(world, layout_folder(world, job.layout, "plain") / Path(TRIALS).name)
        for tried in try_out(world, job, look, words):
            trials.append(tried)
            pages = "，".join(f"{medium} {count} 页" for medium, count in tried.pages.items())
            print(f"{tried.name}：{pages}" if language == "zh" else f"{tried.name}: {', '.join(map(str, tried.pages.values()))}")
            _tell(tried.diagnostics, language)
            found += tried.diagnostics
        idle = tuple(never_held(look.layout, trials))
        _tell(idle, language, EVERY)
        found += idle
    if not found:
        print("没有发现问题" if language == "zh" else "nothing found")
    return 2 if has_errors(found) else 0


def _fonts(options: argparse.Namespace, world: World, language: Language) -> int:
    from lhpub.text.fonts import load_fonts
    from lhpub.text.repertoires import repertoires

    file = data_folder("fonts") / "fonts.yaml"
    book = load_fonts(world.read(file), file.as_posix(), world.root / file.parent)
    asked = repertoires()
    for family in book.families.values():
        if not family.faces:
            print(f"{family.name}：没有文件，改用 {'、'.join(family.fallback)}")
        for face in family.faces:
            font = book.font(family.name, face.lightest)
            weights = f"{face.lightest}–{face.heaviest}" if face.heaviest > face.lightest else str(face.lightest)
            lacking = {name: sum(not font.covers(character) for character in having) for name, having in asked.items()}
            coverage = "　".join(f"{name} 缺 {count} 字" if count else f"{name} 全" for name, count in lacking.items())
            print(f"{family.name}　{weights}　{face.path.name}　{family.licence}　{coverage}")
    _tell((*book.diagnostics, *book.stray), language, EVERY)
    return 0


def _schema(options: argparse.Namespace, world: World, language: Language) -> int:
    from lhpub.layout.model import LayoutSpec
    from lhpub.layout.slots import reference_tables
    from lhpub.publication.spec import SourceSpec
    from lhpub.source.schema import json_schema, reference

    spec = LayoutSpec if options.of == "layout" else SourceSpec
    if options.reference:
        print(reference(spec) + (reference_tables() if options.of == "layout" else ""), end="")
    else:
        print(json.dumps(json_schema(spec, language), ensure_ascii=False, indent=2))
    return 0


@contextlib.contextmanager
def _progress(options: argparse.Namespace, language: Language) -> Iterator[Callable[[str], None]]:
    """Yields what to call at each stage, which is noted in case it fails: a progress line on a terminal, nothing in a pipe."""

    def note(stage: str) -> None:
        options.stage = stage

    if not sys.stderr.isatty():
        yield note
        return

    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def advance(stage: str) -> None:
            note(stage)
            bar.update(task, description=STAGES[stage][language == "en"])

        yield advance


def _tell(diagnostics: tuple[Diagnostic, ...], language: Language, most: int = FEW) -> None:
    """Prints diagnostics to stderr: every error, of each kind of warning the first `most`; then how many there are."""
    shown: Counter[str] = Counter()
    for diagnostic in diagnostics:
        shown[diagnostic.code] += 1
        if diagnostic.severity is Severity.ERROR or shown[diagnostic.code] <= most:
            print(diagnostic.in_language(language), file=sys.stderr)
    for code, count in Counter(d.code for d in diagnostics if d.severity is not Severity.ERROR).items():
        if count > most:
            zh = f"……[{code}] 另有 {count - most} 条"
            en = f"… {count - most} more [{code}]"
            print(zh if language == "zh" else en, file=sys.stderr)
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    warnings = sum(d.severity is Severity.WARNING for d in diagnostics)
    notices = len(diagnostics) - errors - warnings
    if diagnostics:
        zh, en = f"{errors} 个错误，{warnings} 个警告", f"{errors} errors, {warnings} warnings"
        zh, en = (f"{zh}，{notices} 条提示", f"{en}, {notices} notices") if notices else (zh, en)
        print(zh if language == "zh" else en, file=sys.stderr)
