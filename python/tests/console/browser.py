"""A headless Chromium, spoken to through its debugging pipe: no driver, no port, no package."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
_ANSWER_SECONDS = 60
_KEYS = {"Enter": 13, "Tab": 9, "ArrowRight": 39, "ArrowLeft": 37, " ": 32}


def find() -> str | None:
    """The browser's program, or None; ``TROUPE_BROWSER`` names another."""
    wanted = os.environ.get("TROUPE_BROWSER")
    return wanted or next(filter(None, map(shutil.which, _NAMES)), None)


class Browser:
    """One tab. Messages of a page's script that tell of errors are kept in ``errors``."""

    def __init__(self, program: str, profile: Path) -> None:
        ours_to_read, theirs_to_write = os.pipe()
        theirs_to_read, ours_to_write = os.pipe()
        command = [
            program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", f"--user-data-dir={profile}", "--remote-debugging-pipe",
        ]  # fmt: skip
        shell = 'exec 3<&"$1" 4>&"$2"; shift 2; exec "$@"'
        self._process = subprocess.Popen(
            ["bash", "-c", shell, "browser", str(theirs_to_read), str(theirs_to_write), *command],
            pass_fds=[theirs_to_read, theirs_to_write], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(theirs_to_read)
        os.close(theirs_to_write)
        self._in, self._out = ours_to_read, ours_to_write
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self.errors: list[str] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self._call(f"{domain}.enable")

    def _call(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        number = self._number
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + _ANSWER_SECONDS
        while True:
            answer = self._next(deadline)
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self._notice(answer)

    def _next(self, deadline: float) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], max(0.0, deadline - time.monotonic()))
            more = os.read(self._in, 1 << 16) if ready else b""
            if not more:
                raise TimeoutError("the browser does not answer")
            self._rest += more
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)

    def _notice(self, event: dict[str, Any]) -> None:
        parameters = event.get("params", {})
        if event.get("method") == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description") or details["text"])
        elif event.get("method") == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            self.errors.append(f"{parameters['entry']['text']} {parameters['entry'].get('url', '')}")

    def size(self, width: int, height: int, dark: bool = False) -> None:
        self._call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", features=[scheme])

    def open(self, address: str) -> None:
        """Goes to an address and waits until its page is drawn."""
        self._call("Page.navigate", url=address)
        mark = address[address.index("#") :] if "#" in address else None
        if mark:
            self.wait(f"document.getElementById('content')?.dataset.drawn === {json.dumps(mark)}")

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        answer = self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"].get("exception", {}).get("description", "the script failed"))
        return answer["result"].get("value")

    def wait(self, condition: str, seconds: float = 20) -> None:
        """Until an expression is true in the page."""
        waited = (
            "new Promise((done) => { const end = performance.now() + %d; const look = () => { let is = false; try { is = (%s); } catch {} "
            "if (is || performance.now() > end) done(Boolean(is)); else setTimeout(look, 20); }; look(); })"
        )
        assert self.run(waited % (int(seconds * 1000), condition)), (
            f"not within {seconds} s: {condition}\n{self.text()}"
        )

    def text(self) -> str:
        return self.run("document.body.innerText")

    def press(self, key: str) -> None:
        code = _KEYS[key]
        text = {"Enter": "\r", " ": " "}.get(key, "")
        for kind in ("keyDown", "keyUp"):
            more = {"text": text} if text and kind == "keyDown" else {}
            self._call(
                "Input.dispatchKeyEvent", type=kind, key=key, code="Space" if key == " " else key,
                windowsVirtualKeyCode=code, **more,
            )  # fmt: skip

    def screenshot(self, file: Path, whole: bool = True) -> None:
        """A picture of the whole page, at most 4,000 px high."""
        height = min(4000, int(self.run("document.documentElement.scrollHeight"))) if whole else None
        width = self.run("window.innerWidth")
        clip = {"clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}} if whole else {}
        answer = self._call("Page.captureScreenshot", format="png", captureBeyondViewport=whole, **clip)
        file.write_bytes(base64.b64decode(answer["data"]))

    def close(self) -> None:
        try:
            self._session = None
            self._call("Browser.close")
        except (OSError, TimeoutError):
            self._process.kill()
        finally:
            self._process.wait(20)
            os.close(self._in)
            os.close(self._out)


def with_browser(profile: Path, work: Callable[[Browser], None]) -> None:
    """Runs something with a browser that ends with it."""
    program = find()
    if program is None:
        raise FileNotFoundError("there is no Chromium; install it, or name it by TROUPE_BROWSER")
    browser = Browser(program, profile)
    try:
        work(browser)
    finally:
        browser.close()
