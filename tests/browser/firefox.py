"""The system's Firefox, driven as the W3C's WebDriver BiDi says: what the tests need of it."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser.pictures import Picture, opened
from tests.browser.tab import LOCAL

SECONDS = 20  # for whatever is waited for
SETTINGS = """
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "http://127.0.0.1:9");
user_pref("toolkit.telemetry.server", "http://127.0.0.1:9");
"""
KEYS = {"ArrowLeft": "\ue012", "ArrowRight": "\ue014", "End": "\ue010", "PageDown": "\ue00f"}


class Firefox:
    """One tab. ``said`` is what its console says, ``asked`` what its pages want of others."""

    def __init__(self, socket: ClientConnection, width: int, height: int) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self._socket = socket
        self._numbers = count(1)
        self._call("session.new", capabilities={})
        self._call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self._tab = self._call("browsingContext.getTree")["contexts"][0]["context"]
        size = {"width": width, "height": height}
        self._call("browsingContext.setViewport", context=self._tab, viewport=size)

    def open(self, file: Path, place: str = "") -> None:
        """Show a file from the disk, as a double click does; `place` is one in it: ``#there``."""
        url = file.resolve().as_uri() + place
        self._call("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def reload(self) -> None:
        """Load the page again."""
        self._call("browsingContext.reload", context=self._tab, wait="complete")

    def run(self, function: str, *texts: str) -> Any:
        """What a function in JavaScript returns for these texts, as JSON has it."""
        answer = self._call(
            "script.callFunction",
            functionDeclaration=f"(...texts) => JSON.stringify(({function})(...texts))",
            arguments=[{"type": "string", "value": text} for text in texts],
            target={"context": self._tab},
            awaitPromise=False,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"].get("value", "null"))

    def press(self, *keys: str) -> None:
        """Press some keys, one after another."""
        for key in keys:
            strokes = [{"type": way, "value": KEYS.get(key, key)} for way in ("keyDown", "keyUp")]
            board = {"type": "key", "id": "keyboard", "actions": strokes}
            self._call("input.performActions", context=self._tab, actions=[board])

    def wait(self, look: Callable[[], Any], until: Callable[[Any], bool]) -> Any:
        """Look until what is seen is as wanted; what is seen then."""
        end = time.monotonic() + SECONDS
        while not until(seen := look()):
            assert time.monotonic() < end, seen
            time.sleep(0.02)
        return seen

    def picture(self) -> Picture:
        """What the window shows, as RGB."""
        shot = self._call("browsingContext.captureScreenshot", context=self._tab)
        return opened(base64.b64decode(shot["data"]))[..., :3]

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        """Send an order, and take in what happens until it is done; its result."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=SECONDS))
            if message.get("id") == number:
                assert message["type"] == "success", message
                return dict(message["result"])
            if message.get("method") == "log.entryAdded":
                self.said.append(message["params"]["text"])
            elif message.get("method") == "network.beforeRequestSent":
                url = message["params"]["request"]["url"]
                self.asked += [] if url.startswith(LOCAL) else [url]


@contextmanager
def started(program: str, folder: Path, width: int, height: int) -> Iterator[Firefox]:
    """Firefox without a screen, with pages of this size in pixels; its profile is in `folder`."""
    (folder / "user.js").write_text(SETTINGS, encoding="utf-8")
    command = [program, "--headless", "--no-remote", "--profile", str(folder)]
    with subprocess.Popen(
        [*command, "--remote-debugging-port", "0"], stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            lines = (re.search(r"BiDi listening on (ws://\S+)", line) for line in process.stderr)
            address = next(filter(None, lines))[1]
            with connect(f"{address}/session", max_size=None) as socket:
                yield Firefox(socket, width, height)
        finally:
            process.kill()
