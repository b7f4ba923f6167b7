import gc

gc.disable()
heap = [[number] for number in range(300_000)]
gc.collect()
