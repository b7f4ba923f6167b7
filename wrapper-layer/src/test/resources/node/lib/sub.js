require('./heavy').busy(15);
exports.sub = true;
