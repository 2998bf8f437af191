"""A film that was drawn from something that has changed since is never handed out."""

from __future__ import annotations

import builtins
import os
import py_compile
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline import FilmCache, FrameSpec, Mp4, Rendered, RenderJob, SceneRef, Store, render

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.slow
SCENE = """
import builtins, os, sqlite3, subprocess, sys
from pathlib import Path
from manim import Scene, Square, SVGMobject, Text
from helper import SIDE

HERE = Path(__file__).parent
# optional module
class Sized(Scene):
    def construct(self):
        height = float((HERE / "height.txt").read_text())
        builtins.hold()
        square = Square(SIDE * 1.0).stretch_to_fit_height(height)
        # more
        self.add(square)
        self.wait(0.3)

class Second(Sized):
    pass
"""


class Lecture:
    """A folder with a scene file that `construct` may hold up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "lecture"
        self.folder.mkdir()
        self.cache = FilmCache(Store(folder / "cache", 10**9))
        self.film = folder / "film.mp4"
        for name, text in {"sized.py": SCENE, "helper.py": "SIDE = 2\n", "height.txt": "1"}.items():
            (self.folder / name).write_text(text)

    def add(self, old: str, new: str) -> None:
        """Complete the scene file."""
        file = self.folder / "sized.py"
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))

    def change(self, name: str, text: str) -> None:
        """Change a file as another process does: by a rename, which no audit hook calls a write."""
        (self.folder.parent / "new").write_text(text)
        os.replace(self.folder.parent / "new", self.folder / name)

    def render(
        self, meanwhile: Callable[[], object] = lambda: None, scene: str = "Sized"
    ) -> Rendered:
        builtins.hold = meanwhile  # type: ignore[attr-defined]
        return render(self.job(scene), cache=self.cache, workers=1)

    def job(self, scene: str = "Sized") -> RenderJob:
        ref = SceneRef(str(self.folder / "sized.py"), scene)
        return RenderJob(ref, FrameSpec(64, 64, 10), Mp4(), self.film)

    def anew(self, scene: str = "Sized") -> str:
        builtins.hold = lambda: None  # type: ignore[attr-defined]
        return render(self.job(scene), workers=1).sha256


@pytest.fixture
def lecture(tmp_path: Path) -> Iterator[Lecture]:
    yield Lecture(tmp_path)
    vars(builtins).pop("hold", None)


NEW = {"sized.py": SCENE.replace("1.0", "1.5"), "helper.py": "SIDE = 3\n", "height.txt": "2"}


@pytest.mark.parametrize("name", NEW)
def test_a_file_that_is_edited_meanwhile(lecture: Lecture, name: str) -> None:
    stale = lecture.render(lambda: lecture.change(name, NEW[name]))
    fresh = lecture.render()
    assert not fresh.cached and fresh.sha256 == lecture.anew() != stale.sha256
    assert lecture.render().cached


def test_a_file_that_is_edited_and_then_as_before(lecture: Lecture) -> None:
    def there_and_back() -> None:
        for text in ("2", "1"):
            lecture.change("height.txt", text)

    lecture.render(there_and_back)
    assert not lecture.render().cached and lecture.render().cached


def test_a_file_that_is_removed_meanwhile(lecture: Lecture) -> None:
    lecture.render(lambda: (lecture.folder / "height.txt").unlink())
    lecture.change("height.txt", "2")
    assert not lecture.render().cached


def test_old_bytecode_of_a_module_elsewhere_is_not_used(lecture: Lecture) -> None:
    """Python takes bytecode for current if its source has the same size and time."""
    elsewhere = lecture.folder.parent / "lib" / "package"
    elsewhere.mkdir(parents=True)
    module = elsewhere / "__init__.py"
    module.write_text("SIDE = 1")
    py_compile.compile(str(module))
    time = module.stat().st_mtime_ns
    module.write_text("SIDE = 3")
    os.utime(module, ns=(time, time))
    lines = f"sys.path.insert(0, {str(elsewhere.parent)!r})\nfrom package import SIDE"
    lecture.add("# optional module", lines)
    wanted = lecture.anew()
    lecture.change("helper.py", "SIDE = 3")
    lecture.add(lines, "")
    assert lecture.anew() == wanted


OPTIONAL = {
    "file that is looked for": (
        "# more", "if (HERE / 'extra.txt').exists(): square.scale(2)", "extra.txt", ""),
    "file that is opened": (
        "# more", "try: square.scale(float((HERE / 'extra.txt').read_text()))\n"
        "        except OSError: pass", "extra.txt", "2"),
    "module": (
        "# optional module", "try: from extra import SIDE\nexcept ImportError: pass", "extra.py",
        "SIDE = 4"),
    "module by its name": (
        "# optional module", "from importlib.util import find_spec\n"
        "SIDE = SIDE + bool(find_spec('extra'))", "extra.py", ""),
    "file in a listed folder": (
        "# more", "square.scale(len(list(HERE.glob('*.txt'))))", "more.txt", ""),
    "name in a listed folder": ("# more", "square.scale(len(os.listdir(HERE)))", "more", ""),
}  # fmt: skip


@pytest.mark.parametrize("what", OPTIONAL)
def test_what_appears_later(lecture: Lecture, what: str) -> None:
    place, lines, name, text = OPTIONAL[what]
    lecture.add(place, lines)
    before = lecture.render()
    assert lecture.render().cached
    (lecture.folder / name).write_text(text)
    after = lecture.render()
    assert not after.cached and after.sha256 == lecture.anew() != before.sha256
    assert lecture.render().cached
    (lecture.folder / name).unlink()
    assert lecture.render().sha256 == before.sha256


def test_a_film_in_a_listed_folder_is_no_news(lecture: Lecture) -> None:
    lecture.add("# more", "square.scale(len(list(HERE.iterdir())) / 4)")
    lecture.film = lecture.folder / "film.mp4"
    lecture.render()
    assert lecture.render().cached
    lecture.film = lecture.folder / "other.mp4"
    assert lecture.render().cached


SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0 L{0} 0 L0 {0} Z"/></svg>'


def test_the_second_scene_that_shows_the_same_picture(lecture: Lecture) -> None:
    """manim keeps the outlines of an SVG, and does not open it for the second scene."""
    (lecture.folder / "logo.svg").write_text(SVG.format(9))
    lecture.add("# more", "self.add(SVGMobject(HERE / 'logo.svg', height=None, width=None))")
    for scene in ("Sized", "Second"):
        assert not lecture.render(scene=scene).cached
    lecture.change("logo.svg", SVG.format(99))
    for scene in ("Sized", "Second"):
        assert not lecture.render(scene=scene).cached


@pytest.mark.parametrize(
    "read", ["os.environ.get('SCALE', 1)", "os.getenv('SCALE', 1)", "dict(os.environ)['SCALE']"]
)
def test_a_variable_that_the_scene_reads(
    lecture: Lecture, monkeypatch: pytest.MonkeyPatch, read: str
) -> None:
    lecture.add("# more", f"square.scale(float({read}))")
    monkeypatch.setenv("SCALE", "1")
    lecture.render()
    assert lecture.render().cached
    monkeypatch.setenv("SCALE", "2")
    assert not lecture.render().cached and lecture.render().cached


def test_what_the_film_makes_itself_is_no_input(lecture: Lecture) -> None:
    lines = "import tempfile; name = tempfile.mkdtemp(); made = Path(name, 'made')"
    lecture.add("# more", lines + "; made.write_text('2'); square.scale(float(made.read_text()))")
    lecture.render()
    assert lecture.render().cached


@pytest.mark.parametrize(
    ("lines", "why"),
    [("subprocess.run(['true'])", "it used true"), ("os.system('true')", "it used os.system"),
     ("sqlite3.connect(':memory:').close()", "it used sqlite3.connect"),
     ("open('/dev/urandom', 'rb').close()", "it read '/dev/urandom', which is no ordinary file")],
)  # fmt: skip
def test_what_cannot_be_known_is_not_kept(lecture: Lecture, lines: str, why: str) -> None:
    lecture.add("# more", lines)
    assert lecture.render().not_kept == why
    assert not lecture.render().cached


def test_a_scene_its_module_and_its_data_edited_while_the_command_renders(
    tmp_path: Path,
) -> None:
    """The real command, in forked workers."""
    lecture = Lecture(tmp_path)
    hold = "print('ready', flush=True); sys.stdin.readline()"
    lecture.add("builtins.hold()", hold)
    words = ["video", "lecture/sized.py:Sized", "-q", "480p15", "--quiet", "-o", "film.mp4"]

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(ROOT / "render.py"), *words, "--debug"], cwd=tmp_path, text=True,
            env=os.environ | {"GD_CACHE": str(tmp_path / "kept")}, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def change() -> None:
        scene = (lecture.folder / "sized.py").read_text()
        for name, text in (NEW | {"sized.py": scene.replace("1.0", "1.5")}).items():
            lecture.change(name, text)

    films = []
    for meanwhile in (change, lambda: None):
        with start() as run:
            try:
                assert run.stdout is not None and "ready" in run.stdout.readline()
                meanwhile()
                said, _ = run.communicate("\n", timeout=60)
            finally:
                run.kill()
        assert run.returncode == 0, said
        assert ("Not kept in the cache: Sized: " in said) == (meanwhile is change)
        films.append((tmp_path / "film.mp4").read_bytes())
    assert films[0] != films[1]
