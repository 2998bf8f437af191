"""The tables of messages: whatever the code says in English stands in each other language's."""

from __future__ import annotations

import ast
import errno
import inspect
import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import click
import pytest

from cli.program import gd
from gdcore.tables import refusals
from scenes.locales import LANGUAGES
from scenes.locales.translation import messages

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("gdcore", "programs", "scenes", "pipeline", "voice", "cli", "gd_films")
ENGLISH = "en"  # its texts stand in the code
OTHERS = [lang for lang in LANGUAGES if lang != ENGLISH]
HELP_OF_KNOB = 2  # which argument of `knob`
SHOWN = {"BadValue": 1, "KnobError": 1} | dict.fromkeys(
    ("BadData", "DataError", "FontError", "FontMissing", "note", "put"), 0
)
"""What shows one of its arguments to the user, and which."""


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """Each of our files with its syntax tree."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def errors_with_a_template() -> set[str]:
    """The names of the pipeline's errors."""
    found, seen = {"Explained"}, 0
    classes = [n for _, tree in trees() for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    while len(found) > seen:
        seen = len(found)
        found |= {kind.name for kind in classes if found & {ast.unparse(b) for b in kind.bases}}
    return found


WITH_A_TEMPLATE = {"Message", "Notice", "say"} | errors_with_a_template()


def texts_in(node: ast.expr, scope: ast.AST) -> Iterator[str]:
    """The strings that an expression may be: literal, one of two, or assigned in ``scope``."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from texts_in(one, scope)
            yield from texts_in(other, scope)
        case ast.Name(id=name):
            for each in ast.walk(scope):
                match each:
                    case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                        yield from texts_in(value, scope)


def said_by(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments of a call that are English texts."""
    name = ast.unparse(call.func)
    if name in WITH_A_TEMPLATE:
        yield from call.args[:1]
    if name == "knob":
        yield call.args[HELP_OF_KNOB]
    yield from (word.value for word in call.keywords if word.arg in ("help", "metavar"))


def of_the_calls() -> set[str]:
    """The texts of errors, notes and options."""
    found: set[str] = set()
    for _, tree in trees():
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for scope in [*functions, tree]:
            for node in ast.walk(scope):
                if isinstance(node, ast.Call):
                    found |= {text for part in said_by(node) for text in texts_in(part, scope)}
    return found


def of_the_commands() -> set[str]:
    """The paragraphs of the commands' help, and the lines of their examples that hold words."""
    found: set[str] = set()
    for command in (gd, *gd.commands.values()):
        for paragraph in (inspect.getdoc(command.callback) or "").split("\n\n"):
            if paragraph.startswith("\b\n"):
                lines = (line.strip() for line in paragraph.splitlines()[1:])
                found |= {line for line in lines if "  " in line or line.endswith(":")}
            else:
                found.add(" ".join(paragraph.split()))
    return found


def of_the_installation() -> set[str]:
    """What its remedies are: that file runs before the others can be imported."""
    tree = ast.parse((ROOT / "cli/console/installation.py").read_text(encoding="utf-8"))
    return {
        text
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name.endswith("remedy")
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and node.value is not None
        for text in texts_in(node.value, function)
    }


def of_the_files() -> set[str]:
    """What is said of a file that cannot be read."""
    return {text for name, text in vars(refusals).items() if name.isupper() and name[0] != "_"}


def of_others() -> set[str]:
    """The strings in click's source, and the system's texts for its errors."""
    folder = Path(click.__file__).parent
    strings = {
        node.value
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return strings | {os.strerror(number) for number in errno.errorcode}


OURS = of_the_calls() | of_the_commands() | of_the_files() | of_the_installation()


def blanks(text: str) -> set[tuple[str, str | None]]:
    """The names in braces, each with its conversion, such as ``!r``."""
    parsed = Formatter().parse(text)
    return {(name, conversion) for _, name, _, conversion in parsed if name is not None}


def test_the_scan_finds_texts_of_every_kind() -> None:
    assert {
        "there is no film {word!r}",  # an error of the command
        "{name}: all samples have their minimum at one w, so there is no noise",  # of a film
        "{path!r}: no such file; {hint}",  # of a file
        "must end in {endings} (or in / for a folder), not {name!r}",  # by way of a variable
        "{output!r} cannot be written: {reason}",  # of the pipeline
        "Start: the first w, from {least:g} to {most:g}.",  # help of a knob
        "Shape of the picture.",  # of another option
        "List the films: length, title, sections.",  # of a command
    } <= OURS


def test_every_language_has_a_table_of_messages() -> None:
    tables = (ROOT / "scenes/locales/messages").glob("*.toml")
    assert sorted(path.stem for path in tables) == sorted(LANGUAGES)
    assert not messages(ENGLISH)


@pytest.mark.parametrize("lang", OTHERS)
def test_no_message_stands_in_two_tables(lang: str) -> None:
    """The last one would be said, wherever it is said."""
    path = ROOT / "scenes" / "locales" / "messages" / f"{lang}.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8")).values()
    count = Counter(key for table in tables for key in table)
    assert [key for key, n in count.items() if n > 1] == []


@pytest.mark.parametrize("lang", OTHERS)
def test_no_message_is_lacking_and_none_is_left_over(lang: str) -> None:
    table = set(messages(lang))
    assert not OURS - table, f"messages/{lang}.toml lacks what the code says"
    assert not table - OURS - of_others(), f"messages/{lang}.toml: the code does not say this"


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_has_the_same_values(lang: str) -> None:
    for english, text in messages(lang).items():
        assert blanks(text) == blanks(english), text


def literals(node: ast.expr, scope: ast.AST) -> Iterator[ast.expr]:
    """The texts and f-strings that an expression may be, also by way of a variable in ``scope``."""
    if isinstance(node, ast.JoinedStr | ast.Constant):
        yield node
    elif isinstance(node, ast.Name):
        for each in ast.walk(scope):
            match each:
                case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == node.id:
                    yield from literals(value, scope)


def has_words(node: ast.expr) -> bool:
    """Whether a literal says something besides the values filled in."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)]
    return any(re.search(r"(?<![-\w])[A-Za-z]{3,}", text) for text in texts)


def test_nothing_is_shown_that_bypasses_the_tables() -> None:
    """No bare text in an error or a note, and no f-string as a template."""
    wrong = set()
    for path, tree in trees():
        for scope in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for node in ast.walk(scope):
                if not isinstance(node, ast.Call):
                    continue
                name, place = ast.unparse(node.func), f"{path.relative_to(ROOT)}:{node.lineno}"
                shown = node.args[SHOWN[name] :][:1] if name in SHOWN else []
                if any(has_words(text) for part in shown for text in literals(part, scope)):
                    wrong.add(place)
                templates = node.args[:1] if name in WITH_A_TEMPLATE else []
                if any(isinstance(t, ast.JoinedStr) for p in templates for t in literals(p, scope)):
                    wrong.add(place)
    assert not wrong
