"""The small jobs that the AOT cache is trained on: the roads that scripts take, each over made-up data of every kind.

The JVM keeps which classes were loaded and which branches hot methods took. Jobs are therefore many and general, and run in
rounds: a method that ran a few times only has no profile worth keeping.
"""
