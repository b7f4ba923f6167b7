SET VARIABLE account = '1';
SET VARIABLE region = 'r';
