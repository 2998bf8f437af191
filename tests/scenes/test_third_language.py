"""A language that the films do not have: a German table of one film; CLDR's plural rules."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from gdcore.message import Message
from gdcore.ranges import Range
from pipeline import WriteFailed
from scenes import Lesson, Telling, locales
from scenes.locales import Words, filled, load, plurals, texts, translation
from scenes.locales.translation import messages, said
from scenes.stage.page import fonts
from scenes.stage.page.wording import pieces, wrap

TABLES = Path(__file__).with_name("locales")

# As CLDR 48 writes them.
SLAVIC_FEW = "v = 0 and i % 10 = 2..4 and i % 100 != 12..14"
RULES: dict[str, dict[str, str]] = {
    "zh": {},
    "de": {"one": "i = 1 and v = 0"},
    "fr": {"one": "i = 0,1"},
    "lv": {
        "zero": "n % 10 = 0 or n % 100 = 11..19 or v = 2 and f % 100 = 11..19",
        "one": "n % 10 = 1 and n % 100 != 11 or v = 2 and f % 10 = 1 and f % 100 != 11"
        " or v != 2 and f % 10 = 1",
    },
    "pl": {
        "one": "i = 1 and v = 0",
        "few": SLAVIC_FEW,
        "many": "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9"
        " or v = 0 and i % 100 = 12..14",
    },
    "ru": {
        "one": "v = 0 and i % 10 = 1 and i % 100 != 11",
        "few": SLAVIC_FEW,
        "many": "v = 0 and i % 10 = 0 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 11..14",
    },
    "ar": {
        "zero": "n = 0",
        "one": "n = 1",
        "two": "n = 2",
        "few": "n % 100 = 3..10",
        "many": "n % 100 = 11..99",
    },
}


OWN = texts("en")  # before a test puts another table in its place


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Words:
    """The German table; films in English take their words from it."""
    words = load(TABLES)["de"]
    monkeypatch.setattr(locales, "load", lambda: {"en": words})
    return words


@pytest.mark.parametrize(
    ("lang", "numbers"),
    [
        ("zh", {"other": "0 1 2 1.5"}),
        ("de", {"one": "1", "other": "0 2 11 21 101 1.0 1.1 0.1 −1"}),
        ("fr", {"one": "0 1 1.5", "other": "2 21 2.0"}),
        ("lv", {"zero": "0 10 11 20", "one": "1 21 0.1 1.21", "other": "2 9 0.2 1.32"}),
        ("pl", {"one": "1", "few": "2 4 22", "many": "0 5 11 12 21 101", "other": "1.5 0.0"}),
        ("ru", {"one": "1 21 101", "few": "2 24 102", "many": "0 5 11 14 111", "other": "1.0 1.5"}),
        (
            "ar",
            {"zero": "0", "one": "1 1.0", "two": "2", "few": "3 110", "many": "11 99 999"}
            | {"other": "100 102 0.1"},
        ),
    ],
)
def test_numbers_have_the_plural_category_of_cldr(lang: str, numbers: dict[str, str]) -> None:
    for category, written in numbers.items():
        for number in written.split():
            assert plurals.category(number, RULES[lang]) == category, number


@pytest.mark.parametrize("number", ["36, 6, 1", "1、1", "1×10⁶", "∞", "1 000"])
def test_what_is_no_one_is_other(number: str) -> None:
    assert plurals.category(number, RULES["de"]) == "other"


def test_a_thousand_with_a_space_is_one_number() -> None:
    assert plurals.category("1 001", RULES["ru"]) == "one"
    assert plurals.category("1\u202f002", RULES["ru"]) == "few"


def test_each_category_has_its_form() -> None:
    words = Words({"a": "{n:# gradient|# gradienty|# gradientów|# gradientu}"}, RULES["pl"])
    said = [filled(words, "a", n=number) for number in (1, 3, 12, 0.5)]
    assert said == ["1 gradient", "3 gradienty", "12 gradientów", "0.5 gradientu"]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"epochs": 1, "updates": 1, "retreats": 1}, ("1 epoch", "1 update", "1 time")),
        ({"epochs": 21, "updates": "0.1", "retreats": 2}, ("21 epochs", "0.1 updates", "2 times")),
        (
            {"epochs": 0, "updates": "36, 6, 1", "retreats": 1.0},
            ("0 epochs", "36, 6, 1 updates", "1.0 times"),
        ),
    ],
)
def test_one_is_no_plural(numbers: dict[str, Any], said: tuple[str, ...]) -> None:
    epochs, updates, times = said
    assert filled(texts("en"), "sgd.epochs-rough", **numbers) == (
        f"{epochs}, {updates}: the loss jumps, the cost rises {times}"
    )


def test_messages_are_said_in_german(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plural forms, a message within a message, a reason of the system; the rest in English."""
    monkeypatch.setattr(translation, "messages", partial(messages, folder=TABLES / "messages"))
    done = "{n:# frame|# frames}, {sizes}, in {time}"
    assert said("de", done, n=1, sizes="3 kB", time="0:02") == "in 0:02: 1 Bild, 3 kB"
    assert said("de", done, n=2, sizes="3 kB", time="0:02") == "in 0:02: 2 Bilder, 3 kB"
    with pytest.raises(ValueError, match="must be a whole number >= 1 and <= 9, not 0") as caught:
        Range(least=1, most=9, whole=True).check("epochs", 0)
    german = "epochs muss eine ganze Zahl >= 1 und <= 9 sein, nicht 0"
    assert said("de", caught.value.args[0]) == german
    refused = WriteFailed("{output!r} cannot be written: {reason}", output="a", reason="full")
    assert said("de", refused) == "'a' ist nicht schreibbar: full"
    refused.values["reason"] = "Permission denied"
    assert said("de", refused) == "'a' ist nicht schreibbar: keine Berechtigung"
    assert said("de", Message("there is no film {word!r}", word="{x}")) == "there is no film '{x}'"
    assert said("de", "a text with {braces}") == "a text with {braces}"


def test_a_message_survives_pickling_and_copying() -> None:
    """Values may hold braces: the copy is made from the template."""
    message = Message("no {thing}", thing=Message("file {name!r}", name="{0}"))
    for copied in (pickle.loads(pickle.dumps(message)), copy.deepcopy(message)):
        assert copied == message == "no file '{0}'"
        assert (copied.template, copied.values) == (message.template, message.values)
    error = pickle.loads(pickle.dumps(WriteFailed("no {thing}", thing="{0}")))
    assert (str(error), error.template, error.values) == ("no {0}", "no {thing}", {"thing": "{0}"})


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ('[plural]\none = "i = 1"\n[a]\nb = "{n:#|#|#}"\n', r"a\.b: plural forms are #\|#\|#, not"),
        ('[a]\nb = "{n:# a|# b}"\n', "not other"),
        ('[plural]\none = "n is 1"\n', "'n is 1' is no relation"),
    ],
)
def test_forms_without_a_rule_fail_at_load(tmp_path: Path, table: str, complaint: str) -> None:
    (tmp_path / "xx.toml").write_text(table, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        load(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "kleiner größer Maßstab",
        "el mínimo está más allá",
        "krok przeskakuje właśnie środek",
        "шаг против градиента",
        "το ελάχιστο",
        "l'e\u0301poque",
    ],
)
def test_no_line_breaks_within_a_word(text: str) -> None:
    assert [piece.strip() for piece in pieces(text)] == text.split()


def test_characters_without_spaces_between_words_break_one_by_one() -> None:
    assert pieces("梯度（w）下降。") == ["梯", "度", "（w）", "下", "降。"]
    assert pieces("勾配 w、경사") == ["勾", "配", " ", "w、", "경", "사"]


@pytest.mark.parametrize("space", "\u00a0\u2007\u202f")
def test_no_line_breaks_at_a_no_break_space(space: str) -> None:
    assert pieces(f"die 10{space}% größer") == ["die ", f"10{space}% ", "größer"]
    assert pieces(f"共 10{space}轮") == ["共", " ", f"10{space}轮"]


def test_the_german_table_lays_out(german: Words) -> None:
    """Every character is in the font; no line at any width begins or ends within a word."""
    assert german.keys() <= OWN.keys()
    for key in german:
        numbers = ("w", "cost", "x", "y", "lr", "better", "slope", "shift", "seed", "name", "rule")
        blanks = dict.fromkeys(numbers, "1.25")
        said = filled(german, key, crosses=2, updates=1, n=3, **blanks)
        assert fonts.width(said, fonts.find_face()) > 0
        for ems in range(4, 40):
            assert " ".join(wrap(said, ems)) == said


@pytest.mark.slow
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
@pytest.mark.parametrize(
    ("epochs", "said"),
    [(1, "Nach 1 Update ist"), (2, "Nach 2 Updates ist")],
)
def test_a_film_is_told_in_german(
    walk: Callable[..., Any], german: Words, aspect: str, epochs: int, said: str
) -> None:
    lines: list[list[str]] = []

    def look(scene: Any, section: str) -> None:
        if (caption := scene.caption) is None:
            return
        lines.append([line.text for line in caption])
        box = scene.layout.caption
        assert caption.get_left()[0] >= box.left and caption.get_right()[0] <= box.right
        assert caption.get_bottom()[1] >= box.bottom and caption.get_top()[1] <= box.top

    scene = walk("batch", Lesson(epochs=epochs, lr=0.06), aspect, look, telling=Telling(lang="en"))
    told = [words for _, words in scene.subtitles]
    assert any(said in words for words in told), told
    assert len(lines) > 2 and all(" ".join(parts) in told for parts in lines)
    assert aspect == "16:9" or any(len(parts) > 1 for parts in lines)
