'use strict';
const { patterns } = require('./patterns');

exports.seriesOf = (sku) => patterns.findIndex((pattern) => pattern.test(sku));
