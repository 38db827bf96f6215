"""Functions over batches, under their old module: the methods live on `DataFrame` itself."""

from troupe.sql.dataframe import DataFrame as PandasMapOpsMixin

__all__ = ["PandasMapOpsMixin"]
