"""`make icons`: the pictures that phones and desktops show for the installed app, drawn from the one SVG."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from ..storm.box import ROOT
from .browser import FLAGS, browser_path

PUBLIC = ROOT / "wablast_box" / "ui" / "frontend" / "public"
GROUND = "#0a4232"
# Name → size, how much of it the drawing takes, and the ground it stands on. A maskable one may be cut to a circle.
PICTURES = {
    "icon-192.png": (192, 1.0, "transparent"),
    "icon-512.png": (512, 1.0, "transparent"),
    "icon-maskable-512.png": (512, 0.78, GROUND),
    "apple-touch-icon.png": (180, 0.86, GROUND),
}
# Beside the clock a phone shows one colour only.
BADGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path fill="#fff" fill-rule="evenodd"'
    ' d="M6 12h52v32a8 8 0 0 1-8 8H22l-12 9v-9H6zM18 25h28v5H18zM18 36h18v5H18z"/></svg>'
)


def main() -> None:
    """Every picture, into the folder of public files."""
    program = browser_path()
    if program is None:
        raise SystemExit("no Chromium found: install one, or name it in WABLAST_CHROMIUM")
    drawing = (PUBLIC / "icon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page()
        for name, (size, share, ground) in PICTURES.items():
            _take(page, drawing, PUBLIC / name, size, share, ground)
        _take(page, BADGE, PUBLIC / "badge-96.png", 96, 1.0, "transparent")
        browser.close()


def _take(page: Page, drawing: str, path: Path, size: int, share: float, ground: str) -> None:
    inner = round(size * share)
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(
        f"<style>html,body{{margin:0;background:{ground}}}body{{display:grid;place-items:center;height:{size}px}}"
        f"svg{{width:{inner}px;height:{inner}px}}</style>{drawing}"
    )
    page.screenshot(path=path, omit_background=True)
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
