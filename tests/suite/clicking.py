"""The workshop in a browser: a server of its own, Debian's Chromium, and what an editor does with the mouse."""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.suite.workshop import ROOT

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
PATIENCE = 90_000
"""Milliseconds: the machine may have other work."""


@contextlib.contextmanager
def served(folder: Path, source: str, layout: str = "civic"):
    """Yields the address of a workshop of a project folder, which gets the repository's layouts."""
    for name in ("plain", "civic", "horizon", layout):
        if (ROOT / "layouts" / name).is_dir() and not (folder / "layouts" / name).exists():
            shutil.copytree(ROOT / "layouts" / name, folder / "layouts" / name)
    command = [sys.executable, "-m", "lhpub", "preview", "--quiet", "--lang", "zh", "--source", source, "--layout", layout]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8") as program:
        try:
            yield program.stdout.readline().split("：")[1].split("　")[0]
        finally:
            program.terminate()
            program.stdout.close()


@contextlib.contextmanager
def browser():
    """Yields Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        try:
            yield chromium
        finally:
            chromium.close()


class Editor:
    """An editor at the page. `faults`: what the page's own code complained of."""

    def __init__(self, chromium, address: str, size: tuple[int, int] = (1440, 900)) -> None:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)  # for axe's script
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.outside: list[str] = []
        self.page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else self.outside.append(r.url))
        self.page.goto(address)

    def rests(self) -> None:
        """Waits until nothing is on its way: what was clicked is done, and everything is composed and shown."""
        self.page.wait_for_selector('body[data-busy="false"]')

    def click(self, selector: str, number: int = 0) -> None:
        """Clicks what is there, wherever it stands, and waits until the page rests."""
        self.page.locator(selector).nth(number).dispatch_event("click")
        self.rests()

    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)
        self.rests()

    def act(self, action: str) -> None:
        """Clicks what does something."""
        self.click(f'[data-a="{action}"]')

    def state(self) -> dict:
        return self.page.evaluate("fetch('/state').then(r => r.json())")

    def shows_pages(self) -> None:
        self.rests()
        self.page.wait_for_function("[...document.querySelectorAll('.page img')].some(i => i.complete && i.naturalWidth > 1)")

    def open_text(self, name: str, number: int) -> None:
        """Opens the text of that name on the page."""
        self.click(f'.hit.text[aria-label^="{name}："]', number)
        self.page.wait_for_selector("#rich")

    def write(self, text: str) -> None:
        """Types over the whole text that is open, and saves."""
        self.page.evaluate("document.querySelector('[data-a=code]').click()")
        self.page.evaluate("t => { const r = document.querySelector('#rich'); r.textContent = t;"
                           " r.dispatchEvent(new Event('input', {bubbles: true})) }", text)  # fmt: skip
        self.press("Control+Enter")
        self.page.wait_for_selector("#rich", state="detached")
