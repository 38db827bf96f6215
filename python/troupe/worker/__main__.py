"""Entry point: `python -m troupe.worker`."""

from troupe.launch import alias
from troupe.worker.loop import main

if __name__ == "__main__":
    alias.install()  # a user's module that imports pyspark means Troupe here as well
    main()
