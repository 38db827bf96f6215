"""`pandas_udf` and its kinds, under their old module."""

from troupe.sql.functions.python_functions import ArrowUDFType, PandasUDFType, arrow_udf, pandas_udf

__all__ = ["ArrowUDFType", "PandasUDFType", "arrow_udf", "pandas_udf"]
