"""Pictures of every page at 1280 and 400 pixels, light and dark: `python pictures.py ADDRESS FOLDER [APPLICATION]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from console.browser import Browser, with_browser
from console.running import ask

_PLAIN = ["overview", "jobs", "stages", "python", "executors", "storage", "environment"]


def main() -> None:
    address, folder = sys.argv[1].rstrip("/"), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    applications = [row["id"] for row in ask(f"{address}/pages/applications")]
    application = sys.argv[3] if len(sys.argv) > 3 else applications[0]
    overview = ask(f"{address}/pages/{application}/overview")
    stages = ask(f"{address}/pages/{application}/stages")["stages"]
    pages = [*_PLAIN, *(f"query/{query['id']}" for query in overview["queries"][-1:])]
    pages += [f"stage/{stage['number']}/{stage['attempt']}" for stage in sorted(stages, key=lambda s: -s["tasks"])[:1]]

    def take(browser: Browser) -> None:
        for width in (1280, 400):
            for dark in (False, True):
                browser.size(width, 900, dark)
                for page in pages:
                    browser.open(f"{address}/#/{application}/{page}")
                    name = f"{page.replace('/', '-')}-{width}{'-dark' if dark else ''}.png"
                    browser.screenshot(folder / name)
                    print(
                        f"{folder / name}  drawn in {browser.run('document.getElementById(`content`).dataset.drawnMillis')} ms"
                    )
        for error in browser.errors:
            print(f"error: {error}", file=sys.stderr)

    with tempfile.TemporaryDirectory() as profile:
        with_browser(Path(profile), take)


if __name__ == "__main__":
    main()
