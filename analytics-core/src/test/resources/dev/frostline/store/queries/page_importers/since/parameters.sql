SET VARIABLE kind = 'python module';
SET VARIABLE name = 'json.decoder';
SET VARIABLE since = TIMESTAMP '2026-01-02';
