"""Cannot be compiled."""
print("x"
