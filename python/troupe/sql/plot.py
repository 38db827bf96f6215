"""`df.plot`: plotting is not part of Troupe; every plot says how to get one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from troupe.errors import PySparkNotImplementedError

if TYPE_CHECKING:
    from troupe.sql.dataframe import DataFrame

__all__ = ["PySparkPlotAccessor"]


class PySparkPlotAccessor:
    """PySpark's plots by name; each raises."""

    def __init__(self, data: DataFrame) -> None:
        self.data = data

    def __call__(self, kind: str = "line", **kwargs: Any) -> Any:
        raise PySparkNotImplementedError(
            message=f"A plot of kind '{kind}' is not implemented. Aggregate to a size that fits this process and plot "
            f"with pandas: df.toPandas().plot(kind='{kind}')."
        )

    def line(self, x: str, y: str | list[str], **kwargs: Any) -> Any:
        return self("line", x=x, y=y, **kwargs)

    def bar(self, x: str, y: str | list[str], **kwargs: Any) -> Any:
        return self("bar", x=x, y=y, **kwargs)

    def barh(self, x: str, y: str | list[str], **kwargs: Any) -> Any:
        return self("barh", x=x, y=y, **kwargs)

    def scatter(self, x: str, y: str, **kwargs: Any) -> Any:
        return self("scatter", x=x, y=y, **kwargs)

    def area(self, x: str, y: str | list[str], **kwargs: Any) -> Any:
        return self("area", x=x, y=y, **kwargs)

    def pie(self, x: str, y: str, **kwargs: Any) -> Any:
        return self("pie", x=x, y=y, **kwargs)

    def box(self, column: str | list[str] | None = None, **kwargs: Any) -> Any:
        return self("box", column=column, **kwargs)

    def kde(self, bw_method: int | float, column: Any = None, ind: Any = None, **kwargs: Any) -> Any:
        return self("kde", bw_method=bw_method, column=column, ind=ind, **kwargs)

    def hist(self, column: str | list[str] | None = None, bins: int = 10, **kwargs: Any) -> Any:
        return self("hist", column=column, bins=bins, **kwargs)
