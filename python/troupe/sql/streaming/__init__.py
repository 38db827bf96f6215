"""What scripts derive from and name when they use PySpark's structured streaming. Streams themselves are not run here."""

from troupe.sql.streaming.listener import StreamingQueryListener
from troupe.sql.streaming.stateful_processor import StatefulProcessor, StatefulProcessorHandle

__all__ = ["StatefulProcessor", "StatefulProcessorHandle", "StreamingQueryListener"]
