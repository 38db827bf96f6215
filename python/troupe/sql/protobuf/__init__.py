"""`pyspark.sql.protobuf`: functions of the Protocol Buffers format."""
