"""Pictures of three shapes, drawn by rule, and the sample with them."""

import io
from pathlib import Path

from PIL import Image, ImageDraw

SHAPES = {"landscape": (2400, 1600), "square": (2000, 2000), "portrait": (1600, 2400)}


def picture(shape: str, scale: float = 1.0) -> bytes:
    """Returns a JPEG of that shape: sky, sun, towers, and a red point at a third of its height."""
    width, height = (round(side * scale) for side in SHAPES[shape])
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for y in range(height):
        draw.line((0, y, width, y), fill=(150 + 70 * y // height, 180 + 50 * y // height, 215 + 25 * y // height))
    draw.ellipse((width * 0.62, height * 0.12, width * 0.62 + width / 8, height * 0.12 + width / 8), fill=(250, 240, 210))
    for i in range(14):
        left, tall = width * i / 14, height * (0.25 + 0.4 * ((i * 37) % 11) / 11)
        draw.rectangle((left, height - tall, left + width / 17, height), fill=(70 + i * 5, 85 + i * 4, 105 + i * 4))
    draw.ellipse((width * 0.3 - 40, height / 3 - 40, width * 0.3 + 40, height / 3 + 40), fill=(200, 40, 40))
    written = io.BytesIO()
    image.save(written, "JPEG", quality=85)
    return written.getvalue()


def sample_with_pictures(sample: Path, folder: Path, scale: float = 1.0) -> Path:
    """Returns the sample's source with a cover, theme pictures, logo, QR code and a picture of each shape for keywords."""
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    for shape in SHAPES:
        (folder / "pictures" / f"{shape}.jpg").write_bytes(picture(shape, scale))
    for name, size in (("logo", (900, 300)), ("qr", (600, 600))):
        image = Image.new("RGB", size, "white")
        ImageDraw.Draw(image).rectangle((60, 60, size[0] - 60, size[1] - 60), fill=(20, 40, 80))
        image.save(folder / "pictures" / f"{name}.png")
    text = sample.read_text(encoding="utf-8")

    def entry(shape: str, indent: str) -> str:
        words = "alt: 一片城区的楼群, caption: 城区一角, credit: 某某, focus: [0.4, 0.4]"
        return f"{indent}picture: {{file: pictures/{shape}.jpg, {words}}}\n"

    header = entry("landscape", "  ") + "".join(
        f"  {name}: {{file: pictures/{name}.png, alt: {alt}}}\n" for name, alt in (("logo", "标识"), ("qr", "二维码"))
    ) + "  imprint: [编印：某某区某某局, 印数：由印厂填写]\n"
    text = text.replace("  organisation: 深圳市龙华区\n", "  organisation: 深圳市龙华区\n" + header)
    text = text.replace("    title: 投资与开放\n", "    title: 投资与开放\n" + entry("landscape", "    "))
    shapes = {"工业上楼": "landscape", "土地整备": "portrait", "教育集团": "square", "国际交流": "landscape", "产业集群": "portrait",
              "数字孪生": "square"}
    for title, shape in shapes.items():
        text = text.replace(f"  - title: {title}\n", f"  - title: {title}\n" + entry(shape, "    "))
    path = folder / "with-pictures.yaml"
    path.write_text(text, encoding="utf-8")
    return path
