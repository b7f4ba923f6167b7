SET VARIABLE account = '1';
SET VARIABLE region = 'r';
SET VARIABLE function = 'shop';
SET VARIABLE since = TIMESTAMP '2026-01-02';
