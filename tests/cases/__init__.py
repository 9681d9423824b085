"""Sources as editors type them that were once refused, lost or printed wrongly: what is right for each."""

from pathlib import Path

from PIL import Image

from tests.suite.pictures import picture

SOURCES = Path(__file__).parent / "source"
WARNED = {
    "nbsp-in-body": ["odd-space"], "nbsp-between-han": ["odd-space"], "nbsp-in-title": ["odd-space"],
    "kangxi-in-body": ["radical"], "kangxi-in-title": ["radical"], "zero-width": ["invisible-character"],
    "zero-width-in-name": ["invisible-character"], "straight-quotes": ["straight-quote"], "columns-30": ["chart-redrawn"],
    "keyword-21": ["count-differs"], "s02-digit-in-notes": ["typed-figure"], "s03-typed-same-digit": ["typed-figure"],
    "s04-stated-total": ["parts-differ"], "s05-parts-12-6-7": ["parts-differ"], "s06-two-values": ["parts-differ", "two-values"],
    "s07-rank-before": ["rank-differs"], "s08-date-outside": ["chart-date-outside", "date-outside-year"],
    "s12-digit-in-chart": ["typed-figure"],
}  # fmt: skip
"""Those that are built, and what is told of them; of the others that are built nothing is."""
REFUSED = {
    "nbsp-indentation": ["odd-indentation"], "bidi-override": ["control-character"], "value-18-digits": ["too-many-digits"],
    "deep-glued-490": ["flow"], "ext-b-character": ["missing-glyph"], "two-pictures": ["wrong-type"],
    "s01-digit-in-headline": ["contradicted-figure", "typed-figure"], "s09-share-over-100": ["chart-share-sum", "share-over-100"],
    "s10-digit-in-title": ["contradicted-figure", "typed-figure"],
    "s11-digit-in-caption": ["contradicted-figure", "typed-figure"],
}  # fmt: skip
NAMES = sorted(path.stem for path in SOURCES.glob("*.yaml"))
BUILT = [name for name in NAMES if name not in REFUSED]


def right(name: str) -> list[str]:
    """Returns the codes that a case is told by, in order, each once."""
    return REFUSED.get(name) or WARNED.get(name, [])


def write_case(name: str, folder: Path) -> Path:
    """Returns a case as it stands in a folder of its own, with the pictures it names."""
    source = folder / f"{name}.yaml"
    text = (SOURCES / source.name).read_bytes()
    source.write_bytes(text)
    (folder / "pictures").mkdir(exist_ok=True)
    for shape, file in (("landscape", "site"), ("portrait", "portrait"), ("landscape", "phone")):
        if f"pictures/{file}.jpg".encode() in text:
            path = folder / "pictures" / f"{file}.jpg"
            path.write_bytes(picture(shape))
            if file == "phone":  # two JPEGs in one file, as many telephones write
                with Image.open(path) as image:
                    image.load()
                image.save(path, "MPO", save_all=True, append_images=[image.resize((320, 240))])
    return source
