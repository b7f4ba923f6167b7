import heavy from './lib/heavy.js';
import { padding } from './lib/padding.js';
heavy.busy(5);
export const handler = async (event) => {
  const part = await import('./lib/sub.js');
  return { event, padding: padding.length, sub: part.default.sub };
};
const early = require('./lib/sub.js');
try {
  require('./lib/thrown.js');
} catch (e) {
  early.caught = e.stack;
}
export const stack = early.caught;
