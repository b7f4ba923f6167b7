SET VARIABLE account = '1';
SET VARIABLE region = 'r';
SET VARIABLE function = 'shop';
