require('./lib/garbage');
exports.handler = async () => 1;
