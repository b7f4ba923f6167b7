'use strict';
// Compiles a pattern for each series when it is loaded, as many catalogs do: 50 ms and more.
const series = Array.from({ length: 2500 }, (_, number) => `A-${number}`);

exports.patterns = series.map((name) => {
  const pattern = new RegExp(`^(?:${name}|${name.toLowerCase()})[0-9]{2,${(name.length % 7) + 3}}(?<variant>[A-Z]*)$`, 'u');
  pattern.test(`${name}42`); // V8 compiles at the first use
  return pattern;
});
