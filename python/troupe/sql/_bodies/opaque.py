"""Why a function is left to Python."""


class OpaqueError(Exception):
    """The function is not a plain expression; the message says where, for `explain`."""
