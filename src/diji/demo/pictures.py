"""Pictures that simulated buyers send: a thing on a table, drawn anew for each, with its fault marked."""

import io
import random

from PIL import Image, ImageDraw, ImageFilter

_SIDE = 720
_TABLES = ("#e7ddcf", "#d9d4cc", "#cfd8d6", "#e4e0da", "#c9bfb2")
_THINGS = ("#3f5e5a", "#b0763f", "#7d8ba0", "#b85c50", "#ece7de", "#5b5560")


def picture(dice: random.Random) -> bytes:
    """A PNG as a phone might have taken it."""
    image = Image.new("RGB", (_SIDE, _SIDE * 3 // 4), dice.choice(_TABLES))
    draw = ImageDraw.Draw(image)
    width, height = image.size
    for _ in range(dice.randrange(3, 7)):
        line = dice.randrange(height)
        draw.line((0, line, width, line + dice.randrange(-30, 30)), fill="#d3c9bb", width=3)
    wide, tall = dice.randrange(170, 330), dice.randrange(190, 340)
    left, top = (width - wide) // 2 + dice.randrange(-80, 80), (height - tall) // 2 + 20
    body = (left, top, left + wide, top + tall)
    draw.ellipse((left - 14, top + tall - 26, left + wide + 30, top + tall + 22), fill="#9c948a")
    thing = dice.choice(_THINGS)
    draw.rounded_rectangle(body, radius=dice.choice((14, 40, 80)), fill=thing)
    draw.rounded_rectangle((left + 24, top + 30, left + 60, top + tall - 40), 16, fill="#ffffff")
    x, y = left + wide * dice.uniform(0.4, 0.75), top + tall * dice.uniform(0.3, 0.75)
    points = [(x + step * 17, y + dice.randrange(-16, 17)) for step in range(-2, 3)]
    draw.line(points, fill="#2a1c18", width=4)
    out = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(1.1)).rotate(
        dice.uniform(-4, 4), fillcolor="#d8d0c4"
    ).save(out, "PNG")
    return out.getvalue()
