exec(__import__("frostline_play").program(), globals())
