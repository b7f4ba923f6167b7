SET VARIABLE cold_starts = [1, 3];
