"""The picture of a 2D code, in JPEG: dots drawn from a text, which encode nothing."""
import base64
import hashlib
import io

from PIL import Image

SIDE, DOT = 22, 4


def dots(text):
    bits = "".join(
        f"{byte:08b}"
        for number in range(2)
        for byte in hashlib.sha256(f"{number}{text}".encode()).digest()
    )
    for index in range(SIDE * SIDE):
        row, column = divmod(index, SIDE)
        edge = (
            column == 0
            or row == SIDE - 1
            or (row == 0 and column % 2 == 0)
            or (column == SIDE - 1 and row % 2)
        )
        yield 0 if edge or bits[index] == "1" else 255


def base64_picture(text):
    image = Image.new("L", (SIDE, SIDE))
    image.putdata(list(dots(text)))
    out = io.BytesIO()
    image.resize((SIDE * DOT, SIDE * DOT), Image.NEAREST).save(out, "JPEG", quality=60)
    return base64.b64encode(out.getvalue()).decode("ascii")
