"""The language of errors, notes and help: that of `--lang`, else that of the locale."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.console import language
from cli.console.language import asked_language
from cli.program import gd

pytestmark = pytest.mark.slow

Finished = subprocess.CompletedProcess[str]
Speak = Callable[..., Result]
CHINESE = re.compile("[\u4e00-\u9fff]")
SENTENCE = re.compile(r"(?:[A-Za-z][a-z']* ){2}[A-Za-z][a-z']*")  # three English words
FACTS = re.compile(r"'[^']*'|--[a-z]\S*|\d[\d.,]*\d|\d")  # quoted texts, options, numbers
EXAMPLES = re.compile(r"^ +(eval .*|gd .*)$", re.MULTILINE)

REFUSED: dict[str, tuple[int, list[str]]] = {
    "unknown verb": (2, ["vdeo"]),
    "unknown option": (2, ["video", "batch", "--lrr", "1"]),
    "unknown film": (2, ["video", "batc"]),
    "no film": (2, ["video"]),
    "no shell": (2, ["completion"]),
    "too many films": (2, ["frame", "batch", "sgd"]),
    "no value": (2, ["video", "batch", "--lr"]),
    "a flag with a value": (2, ["video", "batch", "--json=3"]),
    "number": (2, ["trace", "batch", "--lr", "nan"]),
    "whole number": (2, ["video", "batch", "--epochs", "0"]),
    "name": (2, ["video", "batch", "--theme", "drak"]),
    "language": (2, ["video", "batch", "--lang", "de"]),
    "rule": (2, ["trace", "sgd", "--rule", "momentun"]),
    "setting": (2, ["trace", "sgd", "--rule", "adam:beta=0.9"]),
    "range of a setting": (2, ["trace", "sgd", "--rule", "momentum:momentum=2"]),
    "not taken": (2, ["video", "batch", "--order", "random"]),
    "reason of its own": (2, ["video", "learning-rate", "--lr", "0.1"]),
    "too long": (2, ["trace", "sgd", "--epochs", "10000", "--data", "random:n=20"]),
    "section": (2, ["video", "batch", "--only", "epoch"]),
    "moment": (2, ["frame", "batch", "--at", "1000"]),
    "moment and section": (2, ["frame", "batch", "--at", "1", "--section", "start"]),
    "formats": (2, ["video", "batch", "--format", "mp4,gfi"]),
    "rate of a GIF": (2, ["video", "batch", "--format", "mp4,gif", "--fps", "24"]),
    "ending": (2, ["video", "batch", "-o", "a.avi"]),
    "transparent mp4": (2, ["video", "batch", "--theme", "transparent", "-o", "a.mp4"]),
    "one file for two": (2, ["video", "batch", "sgd", "-o", "a.mp4"]),
    "file name": (2, ["video", "batch", "-o", "a:b.mp4"]),
    "no updates": (2, ["trace", "cost-function"]),
    "lecture": (2, ["trace", "plane", "--format", "lecture"]),
    "no scene file": (2, ["video", "mine.py"]),
    "data": (65, ["trace", "batch", "--data", "lectur"]),
    "no data file": (65, ["trace", "batch", "--data", "missing.csv"]),
    "cell of a file": (65, ["trace", "batch", "--data", "points.csv"]),
    "point": (65, ["trace", "batch", "--data", "1,2 3"]),
    "name of an axis": (2, ["video", "batch", "--x-name", "\u200b"]),
    "column": (65, ["trace", "batch", "--data", "points.csv:x,z"]),
    "data that show nothing": (65, ["video", "batch", "--data", "0,1 0,2"]),
    "no noise": (65, ["video", "noise-ball", "--data", "0,1 1,2 2,4"]),
    "folder": (73, ["frame", "batch", "-o", "points.csv/a.png"]),
}


@pytest.fixture
def speak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Speak:
    """``speak("list", locale="zh_CN.UTF-8")`` runs a command under a locale."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(language, "_spoken", language.ENGLISH)  # and again after the test
    (tmp_path / "points.csv").write_text("x,y\n1,2\n2,four\n", encoding="utf-8")

    def run(*words: str, locale: str = "en_US.UTF-8") -> Result:
        for name in ("LC_ALL", "LC_MESSAGES"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("LANG", locale)
        return CliRunner().invoke(gd, words)

    return run


def is_chinese(text: str) -> bool:
    """Whether the text has Chinese words, and no three English ones in a row."""
    return bool(CHINESE.search(text)) and not SENTENCE.search(text)


@pytest.mark.parametrize("kind", REFUSED)
def test_errors_are_said_in_chinese(speak: Speak, kind: str) -> None:
    """With the same exit code, and with the numbers, names and options of the English error."""
    code, words = REFUSED[kind]
    english, chinese = speak(*words), speak(*words, locale="zh_CN.UTF-8")
    assert english.exit_code == chinese.exit_code == code
    assert english.stdout == chinese.stdout == ""
    line, translated = english.stderr.splitlines()[-1], chinese.stderr.splitlines()[-1]
    assert line.startswith("Error: ") and not CHINESE.search(line)
    assert translated.startswith("错误：") and is_chinese(translated)
    assert sorted(FACTS.findall(line)) == sorted(FACTS.findall(translated))


@pytest.mark.parametrize(
    "words",
    [
        ["trace", "batch", "--lang", "zh", "--lr", "nan"],
        ["trace", "batch", "--lr", "nan", "--lang=zh"],
        ["video", "batc", "--lang", "zh"],
        ["video", "batch", "--lrr", "1", "--lang", "ZH"],
        ["--lang", "zh", "vdeo"],
    ],
)
def test_lang_counts_wherever_it_stands(command: Callable[..., Finished], words: list[str]) -> None:
    done = command(*words)
    assert done.returncode == 2
    assert done.stderr.startswith("错误：") and is_chinese(done.stderr)


def test_lang_wins_over_the_locale(command: Callable[..., Finished]) -> None:
    chinese = {"LANG": "zh_CN.UTF-8"}
    done = command("trace", "batch", "--lr", "nan", "--lang", "en", env=chinese)
    assert done.stderr.startswith("Error: --lr must be a number above 0")
    assert command("trace", "batch", "--lr", "nan", env=chinese).stderr.startswith("错误：--lr")


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ([], "zh"),
        (["--lang", "en"], "en"),
        (["--lang=en", "--lang", "zh"], "zh"),
        (["--lang", "zh", "--lang=en"], "en"),
        (["--lang", "de"], "zh"),
        (["--lang"], "zh"),
    ],
)
def test_the_last_language_counts(
    monkeypatch: pytest.MonkeyPatch, words: list[str], lang: str
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert asked_language(words) == lang


@pytest.mark.parametrize("verb", ["", *gd.commands])
def test_help_is_chinese(speak: Speak, verb: str) -> None:
    words = [*verb.split(), "--help"]
    by_locale = speak(*words, locale="zh_CN.UTF-8").stdout
    assert by_locale == speak(*words, "--lang", "zh").stdout
    assert by_locale.startswith("用法：") and "选项：" in by_locale and "--help" in by_locale
    told = EXAMPLES.sub("", by_locale)
    assert is_chinese(told), SENTENCE.search(told)
    for block in re.split(r"\n  (?=-|[a-z])", told.partition("选项：")[2])[1:]:
        assert CHINESE.search(block), block  # of each option and each verb
    assert not CHINESE.search(speak(*words).stdout)


@pytest.mark.parametrize("words", [["video", "--help"], ["--help"]])
def test_help_fits_the_terminal(speak: Speak, words: list[str]) -> None:
    """A Chinese character takes two columns."""
    lines = speak(*words, locale="zh_CN.UTF-8").stdout.splitlines()
    wide = [line for line in lines if len(line) + len(CHINESE.findall(line)) > 80]
    assert not wide


def test_the_group_and_its_verbs_share_the_language(speak: Speak) -> None:
    """What is shown follows too: `gd --lang zh list` is `gd list --lang zh`."""
    assert speak("--lang", "zh", "list").stdout == speak("list", "--lang", "zh").stdout
    assert speak("--lang", "zh", "list", "--lang", "en").stdout == speak("list").stdout


def test_notes_and_tables_are_chinese(speak: Speak) -> None:
    done = speak("video", "all", "--order", "random", "--dry-run", locale="zh_CN.UTF-8")
    assert done.exit_code == 0
    assert done.stderr.startswith("注意：") and is_chinese(done.stderr)
    assert is_chinese(done.stdout) and "帧数" in done.stdout
    assert "这些选项下无法放映" in speak("list", "--order", "random", "--lang", "zh").stdout
    assert is_chinese(speak("cache", locale="zh_CN.UTF-8").stdout)


def test_progress_and_a_failure_are_chinese(stand_in: Callable[..., Finished]) -> None:
    done = stand_in("video", "batch", "sgd", "-q", "480p15", "--no-cache", "--lang", "zh")
    assert done.returncode == 1
    assert "batch: " in done.stderr and "帧" in done.stderr and "用时" in done.stderr
    assert re.search("错误：sgd: 场景 Broken 在小节 'second' 的 .* 秒处出错", done.stderr)
    assert "完成：batch。失败：sgd。" in done.stderr


def test_the_keys_of_json_stay(speak: Speak) -> None:
    for words in (["list"], ["cache"], ["video", "batch", "--dry-run"]):
        texts = [speak(*words, "--json", "--lang", lang).stdout for lang in ("en", "zh")]
        english, chinese = (re.findall(r'"(\w+)":', text) for text in texts)
        assert english == chinese and english
