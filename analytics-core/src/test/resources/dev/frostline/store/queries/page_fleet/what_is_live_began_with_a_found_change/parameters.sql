SET VARIABLE found = '[{"account":"1","region":"r","function":"shop","live_since":"2026-01-03 00:00:00"}]';
