import importlib
import time

importlib.import_module("deep")
import colorsys

time.sleep(0.02)
