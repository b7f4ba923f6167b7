'use strict';
// Which modules run code after init (FROSTLINE_USAGE=1), as V8 tells of each function once that runs: precise coverage without
// counts, begun while the first event is awaited and over behind the hundredth request. An environment may be killed at any
// time, so it tells what it knows behind its first, tenth and hundredth request, and where the process ends by itself.
const { fileURLToPath } = require('url');
const { Session } = require('inspector');

const TOLD = [1, 10, 100]; // requests behind which a line is due
const PART_BYTES = 30000;

exports.Usage = class Usage {
  requests = 0;
  told = 0;
  ran = new Set();

  /** names: of the modules that init loaded; short: a file's name among them; say: writes lines. */
  constructor(id, names, short, say) {
    Object.assign(this, { id, names, short, say });
    this.session = new Session();
    this.session.connect();
    this.asked('Profiler.enable');
    this.asked('Profiler.startPreciseCoverage', { callCount: false, detailed: false });
  }

  /** Answers at once, as V8 is asked within this process. */
  asked(method, parameters) {
    let answer;
    this.session.post(method, parameters, (error, result) => {
      if (error) throw new Error(error.message);
      answer = result;
    });
    return answer;
  }

  /** Each time that the client is asked for its next event a request is over; due is called where a line is. */
  watch(client, due) {
    const next = Object.getOwnPropertyDescriptor(client, 'next');
    const usage = this;
    this.unwatch = () => Object.defineProperty(client, 'next', next);
    Object.defineProperty(client, 'next', {
      configurable: true,
      enumerable: true,
      get() {
        usage.requests += 1;
        if (TOLD.includes(usage.requests)) due();
        return next.value;
      },
      set(value) {
        next.value = value;
      },
    });
  }

  tell() {
    if (!this.session) return;
    for (const { url, functions } of this.asked('Profiler.takePreciseCoverage').result) {
      if (url.startsWith('file:') && functions.some(({ ranges: [range] }) => range.count > 0)) this.ran.add(this.short(fileURLToPath(url)));
    }
    if (this.ran.size > this.told) {
      this.told = this.ran.size;
      this.say(this.lines());
    }
    if (this.requests >= TOLD.at(-1)) this.stop();
  }

  stop() {
    this.unwatch();
    this.asked('Profiler.stopPreciseCoverage');
    this.session.disconnect();
    this.session = null;
  }

  /** Modules that ran code, and behind a "!" those that are no JavaScript. */
  lines() {
    const known = this.names.filter((name) => this.ran.has(name) || !/\.[cm]?js$/.test(name));
    const parts = [[]];
    let size = 0;
    for (const name of known) {
      const word = (this.ran.has(name) ? '' : '!') + name.replace(/[%; \x00-\x1f\x7f]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
      size += Buffer.byteLength(word) + 1;
      if (size > PART_BYTES) {
        parts.push([]);
        size = Buffer.byteLength(word) + 1;
      }
      parts.at(-1).push(word);
    }
    return parts.map((part, i) => `FROSTLINE usage v=1 id=${this.id} requests=${this.requests} part=${i + 1}/${parts.length} ran=${part.join(';')}`);
  }
};
