require('./lib/heavy');
require('./lib/thrown');
