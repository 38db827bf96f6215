"""Functions over groups, under their old module: the methods live on `GroupedData` itself."""

from troupe.sql.group import GroupedData as PandasGroupedOpsMixin
from troupe.sql.group import PandasCogroupedOps

__all__ = ["PandasCogroupedOps", "PandasGroupedOpsMixin"]
