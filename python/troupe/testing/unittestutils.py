"""`main`: runs the tests of a file."""

from __future__ import annotations

import sys
import unittest
from typing import Any

__all__ = ["main"]


def main(module: Any = None, output: str = "target/test-reports") -> None:
    """Runs the tests of a module, of the running script by default, and ends the process with their outcome.

    Reports are written as XML to `output` when the package `xmlrunner` is installed.
    """
    try:
        import xmlrunner  # type: ignore[import-not-found]
    except ImportError:
        runner = None
    else:
        runner = xmlrunner.XMLTestRunner(output=output, verbosity=2, outsuffix="")
    spec = getattr(sys.modules["__main__"], "__spec__", None)
    done = unittest.main(module or (spec.name if spec else "__main__"), testRunner=runner, verbosity=2, exit=False)
    if not done.result.wasSuccessful():
        sys.exit(1)
    sys.exit(5 if done.result.testsRun == 0 and not done.result.skipped else 0)
