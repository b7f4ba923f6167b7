"""Is interrupted like by Ctrl-C."""
raise KeyboardInterrupt
