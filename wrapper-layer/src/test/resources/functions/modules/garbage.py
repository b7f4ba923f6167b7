import gc

gc.disable()
heap = [[number] for number in range(1_000_000)]
gc.collect()
