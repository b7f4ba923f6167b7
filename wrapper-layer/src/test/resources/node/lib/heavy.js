'use strict';
const { millis } = require('./leaf.json');
exports.busy = (wanted) => {
  const until = Date.now() + wanted;
  while (Date.now() < until);
};
exports.busy(millis);
