"""Finding a Java, starting the driver JVM, and reading where it listens."""
