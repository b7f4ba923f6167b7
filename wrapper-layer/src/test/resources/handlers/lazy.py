"""Imported by the first invocation only."""
