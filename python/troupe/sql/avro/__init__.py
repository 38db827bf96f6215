"""`pyspark.sql.avro`: functions of the Avro format."""
