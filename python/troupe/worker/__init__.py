"""The child process that runs users' Python functions for an executor.

It talks through its stdin and stdout in frames: an int32 length (big-endian), one byte for the kind, the payload.

| from the JVM | payload |
|---|---|
| `F` | int64 id, the cloudpickled `(function, return type)` |
| `I` | JSON: one piece of work (see `troupe.worker.work`) |
| `O` | int32 little-endian: where the groups of the next batch start, and its end |
| `B` | an Arrow IPC stream of one record batch |
| `P` | JSON: the `path` of the file that was asked for, or the `error` |
| `E` | the end of the input |

| from the worker | payload |
|---|---|
| `H` | JSON, once: pid and versions |
| `A` | an input batch was taken (only when the work says `acknowledge`: its results do not pair with its input) |
| `B` | an Arrow IPC stream of one record batch |
| `N` | JSON: the `id` and `name` of an attached file that a function needs; the JVM answers with a `P` |
| `E` | JSON: counters of the finished work |
| `X` | JSON: the exception of the failed work |

The JVM speaks first: `I`, then `B`s and `E`; it always sends `E`, and the worker always reads up to it. The worker answers with `B`s, then
exactly one `E` or `X`. What a function prints goes to stderr: descriptor 1 is moved away before any user code is loaded.
"""
