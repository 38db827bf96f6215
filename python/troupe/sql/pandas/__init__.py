"""`pyspark.sql.pandas`: where pandas functions used to be imported from."""
