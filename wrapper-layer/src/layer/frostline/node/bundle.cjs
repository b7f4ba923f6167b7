'use strict';
// esbuild names each lazy module of a bundle by its path and runs it through one of two helpers. Both look the name up with
// __getOwnPropNames(…) right before the module runs: a call of ours of the same length goes there, so that no column of a
// stack trace moves, and another behind the module, at the end of its line.
const fs = require('fs');
const path = require('path');

const HELPERS_WITHIN = 20000; // esbuild puts them first
const COMMONJS = /(cb)\[__getOwnPropNames(\(cb\)\[0\]\]\)\(.*\.exports, mod\),)( mod\.exports;\n)/;
const ES = /(fn)\[__getOwnPropNames(\(fn\)\[0\]\]\)\(.*\),)( res;\n)/;
const UNKNOWN = /(cb|fn)\[__getOwnPropNames\(/;
const MINIFIED = /\(\(([\w$]+)\s*=\s*\{\s*exports:\s*\{\}\s*\}\)\.exports,\s*\1\),\s*\1\.exports/;

exports.head = (file) => {
  const opened = fs.openSync(file);
  try {
    const bytes = Buffer.alloc(HELPERS_WITHIN);
    return bytes.toString('latin1', 0, fs.readSync(opened, bytes));
  } finally {
    fs.closeSync(opened);
  }
};

/** The bundle with our calls in its helpers; nothing when these are not exactly as known. */
exports.named = (source) => {
  const head = source.slice(0, HELPERS_WITHIN);
  const named = head
    .replace(COMMONJS, '$1[__frostline_begin$2 __frostline_ended(cb),$3')
    .replace(ES, '$1[__frostline_enter$2 __frostline_left(),$3');
  return named === head || UNKNOWN.test(named) ? '' : named + source.slice(head.length);
};

/** Whether it has the helpers of a bundle whose modules have lost their names. */
exports.isMinified = (head) => MINIFIED.test(head);

/** Whether node knows that it is no ES module without having looked into it. */
exports.isSurelyCommonJs = (file, root) => {
  if (file.endsWith('.cjs') || parseInt(process.versions.node, 10) < 20) return true;
  for (let folder = path.dirname(file); folder.startsWith(root); folder = path.dirname(folder)) {
    const description = path.join(folder, 'package.json');
    if (fs.existsSync(description)) return JSON.parse(fs.readFileSync(description, 'utf8')).type === 'commonjs';
  }
  return false;
};

/** What the helpers call from now on. */
exports.watch = (loads) => {
  const begin = (module, key) => {
    const names = Object.getOwnPropertyNames(module);
    loads.begin({ name: names[0], module: key });
    return names;
  };
  const calls = {
    __frostline_begin: (module) => begin(module, module),
    __frostline_ended: (module) => loads.end(({ key }) => key.module === module),
    __frostline_enter: (module) => begin(module, 'es'),
    __frostline_left: () => loads.end(({ key }) => key.module === 'es'), // the innermost: what stands above has thrown
  };
  for (const [name, value] of Object.entries(calls)) Object.defineProperty(globalThis, name, { value, configurable: true });
};
