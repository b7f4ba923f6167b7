SET VARIABLE kind = 'python module';
SET VARIABLE name = 'json';
