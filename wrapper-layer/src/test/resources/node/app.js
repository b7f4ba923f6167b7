'use strict';
const heavy = require('./lib/heavy');
try {
  require('./lib/thrown');
} catch (e) {
  heavy.caught = e.message;
}
heavy.busy(10);

exports.handler = async (event) => {
  const lazy = require('./lib/lazy');
  console.log('handled', lazy.name);
  return { event, caught: heavy.caught, environment: environment() };
};

/** What the function sees of its environment that Frostline could have left there. */
function environment() {
  return Object.entries(process.env).filter(([key]) => /^(NODE_|FROSTLINE_)/.test(key)).sort();
}
