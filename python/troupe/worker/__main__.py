"""Entry point: `python -m troupe.worker`."""

from troupe.worker.loop import main

if __name__ == "__main__":
    main()
