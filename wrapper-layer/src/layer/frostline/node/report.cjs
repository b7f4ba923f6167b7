'use strict';
// Writes what was loaded in one go when init is over: one event of many lines through the runtime's own log where that frames
// its events, else packed lines on stderr.
const fs = require('fs');
const path = require('path');

const EVENT_BYTES = 200000; // the platform cuts events above 256 KB
const PART_BYTES = 30000; // and its reader raw lines above 32 KB
const ROW_BYTES = 40; // of a row without its name

exports.rows = (trees) => {
  const rows = [];
  for (const load of trees) flatten(load, 0, rows);
  return rows;
};

/** Post-order, as every timing row. */
function flatten({ kind, name, whole, kids }, depth, into) {
  let self = whole;
  for (const kid of kids) {
    if (kid.kind !== 'gc') self -= kid.whole; // the reader takes pauses out of the row around them
    flatten(kid, depth + 1, into);
  }
  into.push({ kind, depth, self: Math.round(self), whole: Math.round(whole), name });
}

/** The rows worth writing: those of FROSTLINE_MIN_US or more, and what fits into an event. */
exports.worthWriting = (rows) => {
  let least = Number(process.env.FROSTLINE_MIN_US) || 0;
  let kept = rows.filter((row) => row.whole >= least);
  while (kept.reduce((sum, row) => sum + Buffer.byteLength(row.name) + 2 * row.depth + ROW_BYTES, 0) > EVENT_BYTES) {
    least = least * 2 || 50;
    kept = rows.filter((row) => row.whole >= least);
  }
  return kept;
};

exports.hostState = () => {
  const usage = process.resourceUsage();
  return {
    majflt: usage.majorPageFault,
    inblock: usage.fsRead,
    nvcsw: usage.voluntaryContextSwitches,
    nivcsw: usage.involuntaryContextSwitches,
    utime_us: usage.userCPUTime,
    stime_us: usage.systemCPUTime,
  };
};

/** A number for the code of $LATEST, from the top of the task root and what npm says it installed; never a walk. */
exports.fingerprint = (root, handler) => {
  const top = fs.readdirSync(root).sort().slice(0, 300);
  const seen = [...top, 'node_modules/.package-lock.json', handler || ''].map((name) => stamp(root, name)).join('\n');
  let high = 0x811c9dc5;
  let low = 0x01000193;
  for (let i = 0; i < seen.length; i++) {
    high = Math.imul(high ^ seen.charCodeAt(i), 0x01000193);
    low = Math.imul(low ^ seen.charCodeAt(i), 0x85ebca6b) ^ (low >>> 13);
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
};

function stamp(root, name) {
  const found = fs.statSync(path.resolve(root, name), { throwIfNoEntry: false });
  return found && found.isFile() ? `${name} ${found.size} ${Math.floor(found.mtimeMs / 1000)}` : name;
}

exports.line = (kind, fields) => {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return `FROSTLINE ${kind} ${known.map(([key, value]) => `${key}=${escaped(String(value), /[% \x00-\x1f\x7f]/g)}`).join(' ')}`;
};

function escaped(text, what) {
  return text.replace(what, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

/** One event of lines. */
exports.event = (rows, before, after) => {
  const cell = (number, width) => String(number).padStart(width);
  const row = ({ kind, depth, self, whole, name }) => `${kind} time: ${cell(self, 9)} | ${cell(whole, 10)} | ${'  '.repeat(depth)}${name}`;
  return [...before, ...rows.map(row), ...after].join('\n');
};

/** Packed lines, each of which may become an event of its own. */
exports.lines = (id, rows, before, after) => {
  const parts = [];
  let size = PART_BYTES;
  for (const { kind, depth, self, whole, name } of rows) {
    const record = `${kind === 'gc' ? 'gc/' : ''}${depth}:${self}:${whole}:${escaped(name, /[%;\x00-\x1f]/g)}`;
    size += Buffer.byteLength(record) + 1;
    if (size > PART_BYTES) {
      parts.push([]);
      size = Buffer.byteLength(record) + 1;
    }
    parts.at(-1).push(record);
  }
  const pack = (part, i) => `FROSTLINE pack v=1 id=${id} kind=node part=${i + 1}/${parts.length} enc=text ${part.join(';')}`;
  return [...before, ...parts.map(pack), ...after];
};

/** On stderr; where the log format is JSON as events of a level that is kept, as raw lines count as INFO there. */
exports.say = (lines, level) => {
  const json = /^json$/i.test(process.env.AWS_LAMBDA_LOG_FORMAT);
  const timestamp = json && new Date().toISOString();
  const texts = json ? lines.map((message) => JSON.stringify({ timestamp, level, message })) : lines;
  let rest = Buffer.from(texts.map((text) => `${text}\n`).join(''));
  for (let tries = 0; rest.length && tries < 1000; tries++) {
    try {
      rest = rest.subarray(fs.writeSync(2, rest));
    } catch (error) {
      if (error.code !== 'EAGAIN') return; // closed or full: nothing that the function could notice
    }
  }
};
