import importlib
import wave

importlib.import_module("leaf")
