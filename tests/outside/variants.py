"""python tests/outside/variants.py COUNT [SEED]: true variants of the starters and the sample (other values, dates, order, fewer
keywords, a draft), each composed, written and compared with itself: the comparison is to raise no alarm."""

import random
import re
import sys
import tempfile
from pathlib import Path

from lhpub.build import Job, read_all, read_look, try_layout
from lhpub.diagnostics import Rejected, has_errors
from lhpub.edits import Move, Remove, apply
from lhpub.edits.splice import Source
from lhpub.render.pdf import render_pdf
from lhpub.render.pptx import render_pptx
from lhpub.verify.pdf import verify_pdf
from lhpub.verify.pptx import verify_pptx
from lhpub.world import World


def vary(text: str, chance: random.Random) -> str:
    """Returns a source with other values and in another order."""
    made = re.sub(r"(value: )(\d+)(?=[,}])", lambda m: m[1] + str(chance.randint(1, 10 ** len(m[2]))), text)
    made = re.sub(r"(value: )(\d+)\.(\d)(?=[,}])", lambda m: f"{m[1]}{chance.randint(1, 999)}.{chance.randint(1, 9)}", made)
    data = made.encode()
    ids = [id_ for id_ in Source(data, "x").ids.nodes if re.fullmatch(r"keywords/[^/]+", id_)]
    for _ in range(chance.randint(0, 3)):
        one, other = chance.sample(ids, 2)
        data = apply(data, "x", Move(one, other)).data
    if chance.random() < 0.3:
        briefs = [id_ for id_ in Source(data, "x").ids.nodes if id_.endswith("/brief")]
        data = apply(data, "x", Remove(chance.choice(briefs))).data if briefs else data
    if chance.random() < 0.3:
        data = re.sub(rb"(?m)^publication:$", "publication:\n  draft: {name: 送审稿, date: 2024-01-10}".encode(), data)
    return data.decode()


def main(count: int, seed: int = 1) -> int:
    root, alarms, made, refused = Path.cwd(), 0, 0, 0
    sources = [path for path in sorted((root / "source/examples").glob("*.yaml")) if not path.name.startswith("variant")]
    looks: dict[str, object] = {}
    while made < count and made + refused < 4 * count:
        chance = random.Random(seed + made + 1000 * refused)
        source, layout = chance.choice(sources), chance.choice(("plain", "civic", "horizon"))
        with tempfile.TemporaryDirectory() as folder:
            copy = source.with_name(f"variant-{seed}-{source.name}")
            copy.write_text(vary(source.read_text(encoding="utf-8"), chance), encoding="utf-8")
            job = Job(copy, root / "layouts" / layout, root / "fonts/fonts.yaml", Path(folder) / "out")
            try:
                look = looks.get(layout) or looks.setdefault(layout, read_look(World(root), job))
                compositions, found = try_layout(read_all(World(root), job, look), job.targets)
                if has_errors(found):
                    raise Rejected(found)
            except Rejected as why:
                refused += 1
                print("refused", source.name, layout, str(why)[:90], file=sys.stderr)
                continue
            finally:
                copy.unlink()
            told = (*verify_pptx(render_pptx(compositions["deck"], None), compositions["deck"]), *verify_pdf(render_pdf(compositions["brochure"]), compositions["brochure"]))
            made += 1
            alarms += bool(told)
            for one in told[:3]:
                print(source.name, layout, one.code, one.message.zh[:160], flush=True)
    print(f"{made} variants, {refused} sources refused, {alarms} with an alarm")
    return alarms


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
