"""Recognises articles in free text."""
from catalog.patterns import PATTERNS


def article(text):
    return next((name for name, pattern in PATTERNS if pattern.search(text)), text)
