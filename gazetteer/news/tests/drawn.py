"""A picture drawn here, for tests."""

import io
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw

from gazetteer.web.models import Picture


def drawn_picture(title: str = "A pier", width: int = 640, height: int = 480, **fields: Any) -> Picture:
    image = Image.new("RGB", (width, height), "#9db4c0")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 2 // 3, width, height), fill="#33566b")
    draw.rectangle((width // 4, height // 2, width * 3 // 4, height * 2 // 3), fill="#5b4636")
    data = io.BytesIO()
    image.save(data, "PNG")
    data.seek(0)
    picture: Picture = Picture.objects.create(title=title, file=ImageFile(data, f"{title}.png"), **fields)
    return picture
