"""The contact sheet: each picture beside the one of the run before and the difference of both."""

import argparse
import html
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

from tools import look_pages
from tools.look_pages import Shot
from tools.terminal import Problem, say, tell_problem

# Steps of a colour (of 255) that count as the same: letters' edges differ by a few from run to run.
TOLERANCE = 24
# Share of a picture's pixels, in per mille, above which it counts as changed.
CHANGED = 0.5
STYLES = Path(__file__).with_name("look_sheet.css")
HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact sheet</title>
<link rel="stylesheet" href="look_sheet.css"><h1>Contact sheet</h1>"""


@dataclass(frozen=True)
class Compared:
    """A picture and how much of it changed, in per mille; None where there is nothing to compare with."""

    shot: Shot
    told: str
    changed: float | None

    @property
    def verdict(self) -> str:
        if self.changed is None:
            return "new"
        return "changed" if self.changed > CHANGED else "same"


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py look", description=__doc__)
    parser.add_argument("--site", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--folder", required=True, type=Path, help=argparse.SUPPRESS)
    parser.add_argument(
        "--only", nargs="+", default=[], help="page types whose names hold one of these words"
    )
    options = parser.parse_args(words)
    wanted = look_pages.shots(options.site, options.only)
    for name in ("incoming", "now", "before", "difference"):
        (options.folder / name).mkdir(parents=True, exist_ok=True)
    found = []
    for shot, told in look_pages.take(options.site, wanted, options.folder / "incoming"):
        found.append(Compared(shot, told, put_in_place(options.folder, shot.file)))
        print("." if found[-1].verdict == "same" else "*", end="", flush=True, file=sys.stderr)
    found.sort(key=lambda one: -(one.changed if one.changed is not None else 1000))
    sheet = options.folder / "index.html"
    shutil.copy(STYLES, options.folder)
    sheet.write_text(HEAD + "".join(map(section, found)), encoding="utf-8")
    tell(found, sheet)
    return 0


def put_in_place(folder: Path, name: str) -> float | None:
    """A new picture takes the place of the one there was, which becomes the one of the run before.

    One by one, so that a run cut short loses none. Returns what `compare` says.
    """
    now, before = folder / "now" / name, folder / "before" / name
    if now.exists():
        now.replace(before)
    (folder / "incoming" / name).replace(now)
    (folder / "difference" / name).unlink(missing_ok=True)
    return compare(before, now, folder / "difference" / name)


def compare(old: Path, new: Path, target: Path) -> float | None:
    """The share of pixels that differ, in per mille; draws them red on the pale new picture."""
    if not old.exists():
        return None
    with Image.open(old) as first, Image.open(new) as second:
        size = (max(first.width, second.width), max(first.height, second.height))
        pictures = [_on_canvas(picture, size) for picture in (first, second)]
    bands = [
        band.point(lambda step: 255 * (step > TOLERANCE)) for band in ImageChops.difference(*pictures).split()
    ]
    mask = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    share = 1000 * mask.histogram()[255] / (size[0] * size[1])
    if share:
        pale = Image.blend(pictures[1], Image.new("RGB", size, "white"), 0.7)
        pale.paste((220, 0, 0), mask=mask)
        pale.save(target)
    return share


def _on_canvas(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    canvas = Image.new("RGB", size, "magenta")
    canvas.paste(picture.convert("RGB"))
    return canvas


def section(one: Compared) -> str:
    """One row of the sheet: before, now and the difference; the picture alone where nothing changed."""
    shot = one.shot
    title = html.escape(shot.name)
    told = f" <mark>{html.escape(one.told)}</mark>" if one.told else ""
    share = f" ({one.changed:.1f} ‰)" if one.changed else ""
    folders = ["before", "now", "difference"] if one.verdict == "changed" else ["now"]
    figures = "".join(
        f'<figure><figcaption>{folder}</figcaption><a href="{folder}/{shot.file}">'
        f'<img loading="lazy" src="{folder}/{shot.file}" alt=""></a></figure>'
        for folder in folders
    )
    return f"<section><h2>{title}: {one.verdict}{share}{told}</h2><div>{figures}</div></section>"


def tell(found: list[Compared], sheet: Path) -> None:
    """The table in the terminal: what changed, what is new, what is to be said; the rest is counted."""
    say()
    for one in found:
        if one.verdict == "changed" or one.told:
            share = "" if one.changed is None else f"{one.changed:6.1f} ‰"
            say(f"  {one.verdict:8} {share:>8}  {one.shot.name}  {one.told}")
    counts = {name: sum(one.verdict == name for one in found) for name in ("changed", "new", "same")}
    say(
        "  " + ", ".join(f"{number} {name}" for name, number in counts.items()) + f" of {len(found)} pictures"
    )
    say(f"  The contact sheet: {sheet}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Problem as problem:
        tell_problem(problem)
        sys.exit(1)
