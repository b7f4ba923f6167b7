"""Ends with a status of its own."""
import sys

print("out")
sys.exit(7)
