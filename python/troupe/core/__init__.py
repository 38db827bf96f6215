"""The names under which PySpark 4 keeps RDDs, contexts and broadcasts; the modules are those of `troupe`."""
