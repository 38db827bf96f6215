"""The forms that notebooks show."""

from __future__ import annotations

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
