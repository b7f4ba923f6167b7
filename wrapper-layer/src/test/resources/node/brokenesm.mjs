import './lib/heavy.js';
throw new TypeError('in a module');
