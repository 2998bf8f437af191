"""LibreOffice opens our decks: as a handout, and to and from its own format."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image

from cli.deck.pptx.writing import DeckWriter
from cli.deck.request import DeckRequest
from cli.deck.slides import Kind, Shown
from tests.cli.deck.clips import HEIGHT, WIDTH, deck

OFFICE = shutil.which("soffice")
ALIKE = 35  # dB
Convert = Callable[[Path, str], Path]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="no LibreOffice; `./gd test` installs Debian's"),
]


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Convert]:
    """Converts a file; LibreOffice has a profile of its own."""
    profile = tmp_path_factory.mktemp("office")

    def run(path: Path, ending: str) -> Path:
        folder = path.parent / f"to-{ending}"
        subprocess.run(
            [
                OFFICE, "--headless", f"-env:UserInstallation={profile.as_uri()}",
                "--convert-to", ending, "--outdir", str(folder), str(path),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return folder / f"{path.stem}.{ending}"

    yield run


def pages(pdf: Path) -> list[np.ndarray]:
    """The pages as pictures of the clips' size, RGB."""
    size = ["-scale-to-x", str(WIDTH), "-scale-to-y", str(HEIGHT)]
    subprocess.run(["pdftoppm", "-png", *size, str(pdf), str(pdf.with_suffix(""))], check=True)
    return [rgb(path) for path in sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))]


def rgb(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"), float)


def decibels(one: np.ndarray, other: np.ndarray) -> float:
    """The PSNR of two pictures."""
    error = float(np.mean((one - other) ** 2))
    return float("inf") if error == 0 else 10 * np.log10(255**2 / error)


def videos(path: Path) -> set[str]:
    with ZipFile(path) as file:
        names = (name for name in file.namelist() if name.endswith(".mp4"))
        return {hashlib.sha256(file.read(name)).hexdigest() for name in names}


def test_every_slide_is_shown_and_every_video_survives(
    clips: list[tuple[Kind, Shown]], tmp_path: Path, convert: Convert
) -> None:
    made = deck(clips)
    writer = DeckWriter(DeckRequest(None, "gd deck", printed=True))
    screen, paper = writer.outputs(made, tmp_path / "lecture.pptx")
    writer.write(made, screen, [screen, paper])
    for path, picture in ((screen, "first"), (paper, "last")):
        title, *shown, end = pages(convert(path, "pdf"))
        assert len(shown) == len(clips)
        for (_, clip), page in zip(clips, shown, strict=True):
            assert decibels(page, rgb(getattr(clip, picture))) >= ALIKE
            other = clip.last if picture == "first" else clip.first
            assert decibels(page, rgb(other)) < ALIKE
        for words in (title, end):
            assert tuple(words[2, 2]) == (16, 20, 27) and words.max() > 200  # light on the page

    wanted = {hashlib.sha256(clip.clip.read_bytes()).hexdigest() for _, clip in clips}
    odp = convert(screen, "odp")
    assert videos(odp) == wanted
    assert videos(convert(odp, "pptx")) == wanted
