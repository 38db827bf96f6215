"""The module in which PySpark defines its functions: here, all of `troupe.sql.functions`."""

from troupe.sql import functions

__all__ = functions.__all__
globals().update({name: getattr(functions, name) for name in __all__})
