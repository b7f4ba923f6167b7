"""Fails at module level."""


def load():
    raise LookupError("at import")


load()
