"""Pages for the browser: templates that escape every text, and a policy that forbids the rest."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


def rendered(template: Path, **values: Any) -> str:
    """The template's text, with `values` filled in as text; only `Markup` stands as it is."""
    environment = Environment(
        loader=FileSystemLoader(template.parent), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template(template.name).render(**values)


def within(element: str, text: str) -> Markup:
    """A script or a style as it may stand in HTML; only in strings could it end its element."""
    return Markup(text.replace(f"</{element}", f"<\\/{element}").replace("<!--", "<\\!--"))


def as_json(value: Any) -> Markup:
    """A value for a script element that holds JSON; no text in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c"))


def policy(scripts: Sequence[str], connect: str = "'none'") -> str:
    """What the browser may load: these scripts, and media beside the page or in it.

    `connect` says what a script may fetch.
    """
    digests = (hashlib.sha256(text.encode()).digest() for text in scripts)
    own = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    beside = "'self' file: data: blob:"
    return (
        f"default-src 'none'; script-src {own}; style-src 'unsafe-inline'; "
        f"img-src {beside}; media-src {beside}; connect-src {connect}"
    )
