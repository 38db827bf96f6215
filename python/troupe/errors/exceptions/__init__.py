"""Exception classes: `base` as the API names them, `captured` as made from the JVM's answers."""
