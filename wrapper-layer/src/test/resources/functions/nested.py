"""Loads by name what loads by name, within an ordinary import."""
import importlib
import sys

sys.path.insert(0, __file__.rpartition("/")[0] + "/modules")
importlib.import_module("top")
