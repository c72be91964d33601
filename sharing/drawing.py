"""Draws a card as a PNG of 1200 × 630 pixels, the size that other sites show a link's picture in."""

import io
from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw

from events.templatetags.date_badge import Sheet
from lib.colours import Colour, read, tokens
from sharing.cards import HEIGHT, WIDTH, Card
from sharing.lettering import BOLD, REGULAR, Lines, fit, one_line

# Cards kept per process, some 20 kB each: a link that is passed on is asked for many times in a row.
KEPT = 200
SHEET = 350  # the width of the calendar sheet on the left
EDGE = 64
LEFT = SHEET + EDGE
COLUMN = WIDTH - LEFT - EDGE
FOOT = HEIGHT - 96
LABEL = 60  # the height of a label
WHITE = (255, 255, 255)
# Whatever says that the announced date does not hold is told in the colours of the site's labels.
FEEDBACK = {"cancelled": "danger", "postponed": "warning", "rescheduled": "warning", "moved_online": "info"}


@lru_cache(maxsize=KEPT)
def draw(card: Card) -> bytes:
    """The picture as PNG; the same card is drawn once."""
    image = Image.new("RGB", (WIDTH, HEIGHT), WHITE)
    pen = ImageDraw.Draw(image)
    _draw_sheet(image, pen, card)
    _draw_words(pen, card)
    _draw_foot(image, pen, card)
    target = io.BytesIO()
    # Flat colours: 64 of them show no difference, and a third of the bytes travels.
    image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(target, "PNG")
    return target.getvalue()


def _kern(name: str) -> Colour:
    return tokens()[f"kern-color-{name}"]


def _accent(card: Card) -> Colour:
    return read(card.accent) if card.accent else _kern("action-default")


# -- left: the calendar sheet -------------------------------------------------------------------------


def _draw_sheet(image: Image.Image, pen: ImageDraw.ImageDraw, card: Card) -> None:
    ground = _kern("layout-text-muted") if card.is_void else _accent(card)
    pen.rectangle((0, 0, SHEET, HEIGHT), fill=ground)
    if card.sheet is None:
        if card.is_marked:
            image.paste(WHITE, ((SHEET - 230) // 2, (HEIGHT - 230) // 2), _mark(230))
        return
    rows = _sheet_rows(card.sheet)
    top = (HEIGHT - sum(row.leading for row in rows)) // 2
    for row in rows:
        is_struck = card.is_void and row.texts[0] in (card.sheet.large, card.sheet.below)
        middle = top + row.leading // 2
        pen.text((SHEET // 2, middle), row.texts[0], font=row.font, fill=WHITE, anchor="mm")
        if is_struck:
            half, thin = int(row.font.getlength(row.texts[0]) / 2) + 10, max(1, int(row.font.size) // 50)
            for up, colour in ((2 * thin, ground), (thin, WHITE)):
                pen.rectangle((SHEET // 2 - half, middle - up, SHEET // 2 + half, middle + up), fill=colour)
        top += row.leading
    if card.is_vague:
        for left in range(0, SHEET, 28):
            pen.rectangle((left, 0, left + 13, 11), fill=_kern("layout-background-default"))


def _sheet_rows(sheet: Sheet) -> list[Lines]:
    wide = SHEET - 48
    rows = [
        (sheet.above, REGULAR, (44, 38, 32)),
        (sheet.large, BOLD, (150, 124, 104, 84, 64, 48, 40)),
        (sheet.below, BOLD, (52, 46, 40, 34)),
        (sheet.until, REGULAR, (40, 36, 32, 28, 24)),
    ]
    return [one_line(text, name, sizes, wide) for text, name, sizes in rows if text]


# -- right: the words ---------------------------------------------------------------------------------


def _draw_words(pen: ImageDraw.ImageDraw, card: Card) -> None:
    bottom = (FOOT if card.site else HEIGHT) - 40
    muted, ink = _kern("layout-text-muted"), _kern("layout-text-default")
    label_height = LABEL + 28 if card.labels else 0
    above = [one_line(card.above, REGULAR, (34, 32, 30, 28, 26), COLUMN)] if card.above else []
    below = [fit(line, REGULAR, (40, 38, 36, 34, 32, 30, 28), COLUMN, 96) for line in card.lines[:2]]
    taken = label_height + sum(lines.height + 14 for lines in (*above, *below)) + 10
    title = fit(card.title, BOLD, range(24, 81, 2), COLUMN, bottom - EDGE - taken)
    top = EDGE + max((bottom - EDGE - taken - title.height) // 2, 0)
    if card.labels:
        _draw_labels(pen, card.labels, top)
        top += label_height
    rows = [(lines, muted, 14) for lines in above] + [(title, ink, 24)]
    rows += [(lines, muted if number else ink, 14) for number, lines in enumerate(below)]
    for lines, colour, gap in rows:
        for text in lines.texts:
            pen.text((LEFT, top), text, font=lines.font, fill=colour)
            top += lines.leading
        top += gap


def _draw_labels(pen: ImageDraw.ImageDraw, labels: tuple[tuple[str, str], ...], top: int) -> None:
    """What a reader must know at once, as boxes in a row; those that find no room are left out."""
    left = LEFT
    for kind, text in labels:
        name = f"feedback-{FEEDBACK.get(kind, 'default')}"
        row = one_line(text, BOLD, (34,), COLUMN)
        right = left + int(row.font.getlength(row.texts[0])) + 44
        if right > WIDTH - EDGE and left > LEFT:
            break
        pen.rounded_rectangle((left, top, right, top + LABEL), 8, fill=_kern(name))
        pen.text((left + 22, top + LABEL // 2), row.texts[0], font=row.font, fill=WHITE, anchor="lm")
        left = right + 16


# -- the foot: who says so ----------------------------------------------------------------------------


def _draw_foot(image: Image.Image, pen: ImageDraw.ImageDraw, card: Card) -> None:
    if not card.site:
        return
    pen.rectangle((LEFT, FOOT, WIDTH - EDGE, FOOT + 1), fill=_kern("decorative-border-default"))
    left = LEFT
    if card.is_marked:
        image.paste(_accent(card), (LEFT, FOOT + 22), _mark(48))
        left += 64
    row = one_line(card.site, BOLD, (30, 26, 22), COLUMN - 64)
    place = (left, FOOT + 46)
    pen.text(place, row.texts[0], font=row.font, fill=_kern("layout-text-default"), anchor="lm")


@lru_cache(maxsize=4)
def _mark(size: int) -> Image.Image:
    """The site's mark as a mask: a calendar sheet that carries a globe (as in components/mark.html)."""
    scale = size * 4 / 32
    mask = Image.new("L", (size * 4, size * 4), 0)
    pen = ImageDraw.Draw(mask)

    def at(*values: float) -> Any:
        return [value * scale for value in values]

    line = round(2 * scale)
    pen.rounded_rectangle(at(2, 5, 30, 30), 5 * scale, outline=255, width=line)
    for x in (10, 22):
        pen.rounded_rectangle(at(x - 1.5, 1.5, x + 1.5, 9.5), 1.5 * scale, fill=255)
    pen.ellipse(at(8, 10.5, 24, 26.5), outline=255, width=line)
    pen.ellipse(at(12, 10.5, 20, 26.5), outline=255, width=line)
    pen.rectangle(at(9, 17.5, 23, 19.5), fill=255)
    return mask.resize((size, size), Image.Resampling.LANCZOS)
