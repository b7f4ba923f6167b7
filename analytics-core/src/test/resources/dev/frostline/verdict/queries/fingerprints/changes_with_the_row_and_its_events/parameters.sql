SET VARIABLE function = 'f';
