"""The regression of the sample: every pattern is compiled at import although most events need one or none."""
import re

NOUNS = {
    "tea": "tea|teas|infusion|tisane|chai|sencha",
    "cup": "cup|cups|mug|mugs|beaker|tumbler",
    "pot": "pot|pots|kettle|kettles|samovar",
    "tin": "tin|tins|caddy|canister|box",
    "jam": "jam|jams|honey|marmalade|syrup",
}
GRADES = ["fine", "first", "second", "third", "broken", "whole", "green", "black", "white", "blue", "large", "small"]
PLACES = ["north", "south", "east", "west", "upper", "lower", "hill", "river"]

PATTERNS = [
    (name, re.compile(r"\b(?:%s)[\s_-]+(?:%s)(?:\s+(?:of|from)\s+%s\w{0,12})?\b" % (grade, noun, place), re.IGNORECASE))
    for name, noun in NOUNS.items()
    for grade in GRADES
    for place in PLACES
]
