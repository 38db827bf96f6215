"""The forms that notebooks show."""

from __future__ import annotations

import sys
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troupe.context import SparkContext


def context(sc: SparkContext) -> str:
    """The application, with a link to its console."""
    url = sc.uiWebUrl
    link = f'<p><a href="{escape(url)}">Console</a></p>' if url else ""
    facts = {"Version": f"v{sc.version}", "Master": sc.master, "AppName": sc.appName}
    listed = "".join(f"<dt>{name}</dt><dd><code>{escape(value)}</code></dd>" for name, value in facts.items())
    return f"<div><p><b>SparkContext</b></p>{link}<dl>{listed}</dl></div>"


def session(sc: SparkContext, catalog: str) -> str:
    """A session and the application that it belongs to."""
    return f"<div><p><b>SparkSession - {escape(catalog)}</b></p>{context(sc)}</div>"


class PlanText(str):
    """A plan as `explain` prints it; in a notebook a block that scrolls and can be closed, its parts under their headings."""

    def _repr_html_(self) -> str:
        parts: list[tuple[str, list[str]]] = [("Plan", [])]
        for line in self.splitlines():
            if line.startswith("== ") and line.endswith(" =="):
                parts.append((line[3:-3], []))
            else:
                parts[-1][1].append(line)
        shown = [(title, "\n".join(lines).strip("\n")) for title, lines in parts]
        return "".join(
            f"<details open><summary><b>{escape(title)}</b></summary>"
            f'<pre style="overflow-x:auto;white-space:pre">{escape(text)}</pre></details>'
            for title, text in shown
            if text
        )


def show_plan(text: str) -> None:
    """Prints a plan, or displays it where the output is a notebook's cell."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and "ipykernel" in sys.modules and ipython.get_ipython() is not None:
        from IPython.display import display

        display(PlanText(text))
    else:
        print(text)
