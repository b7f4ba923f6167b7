"""A function may have a module of this name: the layer must not load it in place of the interpreter's."""
raise AssertionError("nobody asked for it")
