require('./lib/nowhere');
