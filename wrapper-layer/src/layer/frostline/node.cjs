'use strict';
// Times what a Node.js function loads while it starts and logs it when init is over; the lines are in this module's README.
// preload.cjs requires this file and outlives whatever is thrown here.
//
// None of our frames stands in a stack trace: node looks Module.prototype.load and _compile up right before it calls them
// and sets module.loaded right after, so accessors see both ends of a load and are gone while it runs. The environment the
// function sees is the one it would have had.
const fs = require('fs');
const Module = require('module');
const path = require('path');

const { env, hrtime } = process;
const STARTED = now();
const LAYER = '0.1.0';
const ROOT = env.LAMBDA_TASK_ROOT || process.cwd();
const BUNDLE_BYTES = 20000;
const ASKED_MICROS = 500; // so long a stretch may hold a pause worth a row
const PAUSE_MICROS = 100; // the shorter ones are in gc_us alone

function now() {
  const [seconds, nanos] = hrtime();
  return seconds * 1e6 + nanos / 1e3;
}

/** What is being loaded, innermost last, and what has been loaded: trees of {kind, name, whole, kids}. Microseconds. */
class Loads {
  open = [];
  roots = [];
  over = false;
  pauses = null;
  passedLast = 0;
  now = now;

  begin(key) {
    if (this.over) return;
    this.closeThrown();
    const began = now();
    this.passed(began);
    this.open.push({ key, began, kids: [] });
  }

  /** A stretch without beginning and end is over: its pauses fell into the load that is innermost. */
  passed(at) {
    if (this.pauses && at - this.passedLast >= ASKED_MICROS) {
      const whole = this.pauses.sinceAsked();
      const pause = { kind: 'gc', name: '(garbage collection)', whole, kids: [] };
      if (whole >= PAUSE_MICROS) (this.open.at(-1)?.kids || this.roots).push(pause);
    }
    this.passedLast = at;
  }

  /** Whatever stands above the one that ended has thrown: it ended at the latest now. */
  end(isEnded) {
    const at = this.over ? -1 : this.open.findLastIndex(isEnded);
    if (at >= 0) this.closeDownTo(at, now());
  }

  /** A module that throws leaves node's cache. */
  closeThrown() {
    while (this.open.length > 0) {
      const { key } = this.open.at(-1);
      if (!(key instanceof Module) || key.filename === null || Module._cache[key.filename] === key) return;
      this.closeDownTo(this.open.length - 1, now());
    }
  }

  closeDownTo(depth, at) {
    this.passed(at);
    while (this.open.length > depth) {
      const { key, began, kids } = this.open.pop();
      const name = key instanceof Module ? short(key.filename || key.id) : key.name;
      (this.open.at(-1)?.kids || this.roots).push({ kind: 'node', name, whole: at - began, kids });
    }
  }
}

/** Pauses of the garbage collector, which V8 tells when asked. */
class Pauses {
  micros = 0;
  count = 0;

  constructor(profiler) {
    this.profiler = profiler;
    profiler.start();
  }

  sinceAsked() {
    const told = this.profiler.stop().statistics;
    this.profiler.start();
    const micros = sum(told, 'cost');
    this.micros += micros;
    this.count += told.length;
    return micros;
  }

  stop() {
    this.sinceAsked();
    this.profiler.stop();
  }
}

function short(file) {
  return file.startsWith(`${ROOT}/`) ? file.slice(ROOT.length + 1) : file;
}

/** The init of this process, from the wrapper's begin line to the end line. */
class Init {
  loads = new Loads();
  advice = [];
  undo = [];
  children = new Map();
  own = 0;

  constructor() {
    this.whileLoading = this.propertiesWhileLoading();
    const wrapped = /^[0-9a-f]{8}$/.test(env.FROSTLINE_ID) && Number(env.FROSTLINE_BEGAN) > 0;
    this.id = wrapped ? env.FROSTLINE_ID : Math.floor(Math.random() * 2 ** 32).toString(16).padStart(8, '0');
    this.begun = wrapped ? Number(env.FROSTLINE_BEGAN) : Math.round((Date.now() - process.uptime() * 1000) * 1000);
    this.unannounced = !wrapped;
    this.logMethod = { WARN: 'warn', ERROR: 'error', FATAL: 'fatal' }[String(env.AWS_LAMBDA_LOG_LEVEL).toUpperCase()] || 'info';
    this.plainLog = console[this.logMethod];
    this.framed = Number(env._LAMBDA_TELEMETRY_LOG_FD) > 0;
  }

  /** Node sets loaded at the end of a load, and looks at the children of its parent when it has thrown. */
  propertiesWhileLoading() {
    const init = this;
    const data = (value) => ({ configurable: true, enumerable: true, writable: true, value });
    const accessor = (get, set) => ({ configurable: true, enumerable: true, get, set });
    const notYet = () => false;
    function setLoaded(value) {
      Object.defineProperties(this, { loaded: data(value), children: data(init.children.get(this)) });
      init.children.delete(this);
      if (value) init.loaded(this);
    }
    function getChildren() {
      if (!init.loads.over) init.loads.closeThrown();
      return init.children.get(this);
    }
    function setChildren(value) {
      init.children.set(this, value);
    }
    return { loaded: accessor(notYet, setLoaded), children: accessor(getChildren, setChildren) };
  }

  start() {
    process.on('exit', () => {
      this.ended('exit');
      this.tellUsage();
    });
    const http = require('diagnostics_channel').channel('http.client.request.start');
    http.subscribe(({ request }) => this.requested(request));
    this.watchForeignHooks();
    this.plainCompile = Module.prototype._compile;
    this.plainExtension = Module._extensions['.js'];
    this.watch('load', (module, load) => this.loadAsked(module, load));
    this.watch('_compile', (module, compile) => this.compileAsked(module, compile));
    if (isEsProgram()) this.watchEsModules();
  }

  /** Makes a method of Module an accessor; asked(module, method) answers with the method to call. */
  watch(name, asked) {
    const { loads } = this;
    const plain = Object.getOwnPropertyDescriptor(Module.prototype, name);
    const itsName = Object.getOwnPropertyDescriptor(plain.value, 'name');
    let method = plain.value;
    // V8 finds the name in "at Module.load (…)" among data properties, where this no longer is
    if (!method.name) Object.defineProperty(method, 'name', { ...itsName, value: name });
    const descriptor = {
      configurable: true,
      enumerable: plain.enumerable,
      get() {
        return this === Module.prototype || loads.over ? method : asked(this, method);
      },
      set(value) {
        if (this === Module.prototype) method = value;
        else Object.defineProperty(this, name, { ...plain, value });
      },
    };
    this.undo.push(() => {
      Object.defineProperty(plain.value, 'name', itsName);
      Object.defineProperty(Module.prototype, name, { ...plain, value: method });
    });
    Object.defineProperty(Module.prototype, name, descriptor);
  }

  /** Somebody who registers hooks changes sources; then those in the files are not what runs. */
  watchForeignHooks() {
    const hooks = Object.getOwnPropertyDescriptor(Module, 'registerHooks');
    if (typeof hooks?.value !== 'function') return;
    this.registerHooks = hooks.value;
    const registerHooks = (...given) => {
      this.foreignHooks = true;
      return hooks.value.apply(Module, given);
    };
    Object.defineProperty(Module, 'registerHooks', { ...hooks, value: registerHooks });
    this.undo.push(() => Object.defineProperty(Module, 'registerHooks', hooks));
  }

  loadAsked(module, load) {
    const asked = now();
    try {
      if (!module.id.startsWith(__dirname)) {
        this.loads.begin(module);
        this.children.set(module, module.children);
        Object.defineProperties(module, this.whileLoading);
      }
    } catch {
      // a module object that cannot be changed: no row of it
    }
    this.own += now() - asked;
    return load;
  }

  loaded(module) {
    const asked = now();
    try {
      this.loads.end(({ key }) => key === module);
      if (!this.loads.over && /\/rapid-client\.node$/.test(module.filename)) this.clientLoaded(module.exports);
    } catch (fault) {
      this.giveUp(fault);
    }
    this.own += now() - asked;
  }

  compileAsked(module, compile) {
    const asked = now();
    let answer = compile;
    try {
      const asInItsFile = compile === this.plainCompile && Module._extensions['.js'] === this.plainExtension && !this.foreignHooks;
      const named = asInItsFile && isLarge(module.filename) ? this.namedBundle(module.filename) : '';
      // bound arguments come first: those of node land behind them, where nothing looks
      if (named) answer = compile.bind(module, named, module.filename, this.registerHooks ? 'commonjs' : undefined);
    } catch {
      answer = compile;
    }
    this.own += now() - asked;
    return answer;
  }

  /** Another source costs another compilation where node has made one to tell CommonJS from ES modules: 25 % of a start. */
  namedBundle(file) {
    const bundle = require('./node/bundle.cjs');
    const head = bundle.head(file);
    const advise = (why, set) => this.advice.push({ file: short(file), bundle: why, set });
    if (!bundle.named(head)) {
      if (bundle.isMinified(head)) advise('minified', 'minify:false');
      return '';
    }
    if (env.FROSTLINE_NODE_BUNDLE !== '1' && !bundle.isSurelyCommonJs(file, ROOT)) {
      advise('unread', 'FROSTLINE_NODE_BUNDLE:1');
      return '';
    }
    bundle.watch(this.loads);
    this.isBundled = true; // V8 tells of the file alone
    return bundle.named(fs.readFileSync(file, 'utf8'));
  }

  /** The runtime's native client is loaded right before the handler, and asked for an event when init is over. */
  clientLoaded(client) {
    const next = Object.getOwnPropertyDescriptor(client, 'next');
    if (typeof next?.value !== 'function') return;
    const init = this;
    Object.defineProperty(client, 'next', {
      configurable: true,
      enumerable: true,
      get() {
        Object.defineProperty(client, 'next', next);
        init.ended('next');
        if (init.names) setImmediate(() => init.watchUsage(client)); // while the event is awaited
        return next.value;
      },
      set(value) {
        next.value = value;
      },
    });
    // the console that the runtime has made: it frames its events, and no function can have replaced it yet
    const runtimes = this.framed && env._LAMBDA_TELEMETRY_LOG_FD === undefined && console[this.logMethod];
    if (runtimes !== this.plainLog) this.runtimesLog = runtimes;
    this.watchPauses();
    if (env.FROSTLINE_NODE_ESM === '1') this.watchEsModules();
    this.handlerFrom = { at: now(), roots: this.loads.roots.length };
  }

  watchUsage(client) {
    this.guarded(() => {
      const { Usage } = require('./node/usage.cjs');
      this.usage = new Usage(this.id, this.names, short, (lines) => this.say(lines));
      this.usage.watch(client, () => this.tellUsage());
    });
  }

  tellUsage() {
    if (this.usage?.requests > 0) this.guarded(() => this.usage.tell());
  }

  /** It runs within the client's calls: what it throws must not reach them. */
  guarded(watching) {
    try {
      watching();
    } catch (fault) {
      this.usage = undefined;
      process._rawDebug(`FROSTLINE fault v=1 id=${this.id} error=${fault?.name}`);
    }
  }

  say(lines) {
    if (this.runtimesLog) this.runtimesLog(lines.join('\n'));
    else require('./node/report.cjs').say(lines, this.logMethod.toUpperCase());
  }

  watchPauses() {
    const { GCProfiler } = require('v8'); // 0.4 ms, as the runtime has loaded most of it
    if (!GCProfiler) return;
    this.pauses = new Pauses(new GCProfiler());
    if (env.FROSTLINE_NODE_ESM !== '1') this.loads.pauses = this.pauses; // bodies of ES modules do not nest
  }

  watchEsModules() {
    const { EsModules } = require('./node/es_modules.cjs');
    this.esModules = new EsModules(this.loads, short);
    if (this.registerHooks) this.esModules.watch(this.registerHooks); // Node.js 22.15
  }

  /** Clients without the native part ask through http, and init errors are told through it. */
  requested(request) {
    if (this.loads.over) return;
    const asked = String(request?.path);
    if (asked.endsWith('/runtime/invocation/next')) this.ended('next');
    if (asked.endsWith('/runtime/restore/next')) this.ended('restore');
    if (asked.endsWith('/runtime/init/error')) this.ended('exit');
  }

  ended(why) {
    if (this.loads.over) return;
    try {
      const at = now();
      this.stop(at);
      this.report(why, at);
    } catch (fault) {
      this.giveUp(fault);
    }
  }

  stop(at) {
    this.loads.over = true;
    this.loads.closeDownTo(0, at);
    this.pauses?.stop();
    for (const undo of this.undo.splice(0)) undo();
  }

  giveUp(fault) {
    process._rawDebug(`FROSTLINE fault v=1 id=${this.id} error=${fault?.name}`);
    this.stop(now());
  }

  report(why, at) {
    const report = require('./node/report.cjs');
    const all = report.rows(this.trees(at));
    const rows = report.worthWriting(all);
    const isAsked = env.FROSTLINE_USAGE === '1' && !env.NODE_V8_COVERAGE && !this.isBundled;
    if (isAsked) this.names = all.filter(isLoad).map(({ name }) => name);
    const before = this.unannounced ? [report.line('begin', this.beginFields())] : [];
    const advice = this.advice.map((fields) => report.line('advice', { v: 1, id: this.id, ...fields }));
    const end = report.line('end', { ...this.endFields(why, all, rows, report), own_us: Math.round(this.own + now() - at) });
    if (this.runtimesLog) this.runtimesLog(report.event(rows, before, [...advice, end]));
    else report.say(report.lines(this.id, rows, before, [...advice, end]), this.logMethod.toUpperCase());
  }

  /** An ES module has no load of its own: as the handler it is what lies between the runtime's client and its /next. */
  trees(at) {
    const { roots } = this.loads;
    const file = handlerFile();
    if (isEsProgram()) return this.esModules.underTheirImporters(roots);
    if (!this.handlerFrom || !file) return roots;
    const before = roots.slice(0, this.handlerFrom.roots);
    const since = roots.slice(this.handlerFrom.roots);
    const top = this.esModules ? this.esModules.underTheirImporters(since) : since;
    const own = top.find(({ name }) => name === short(file));
    if (own && !this.esModules) return roots;
    const kids = own ? [...own.kids, ...top.filter((load) => load !== own)] : top;
    return [...before, { kind: 'node', name: short(file), whole: at - this.handlerFrom.at, kids }];
  }

  /** What bin/importtime_wrapper says before it starts a runtime, for functions that set NODE_OPTIONS by hand. */
  beginFields() {
    return {
      v: 1,
      id: this.id,
      rt: 'node',
      env: env.AWS_EXECUTION_ENV,
      fn: env.AWS_LAMBDA_FUNCTION_NAME,
      ver: env.AWS_LAMBDA_FUNCTION_VERSION,
      mem: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      arch: process.arch.replace('x64', 'x86_64'),
      init: env.AWS_LAMBDA_INITIALIZATION_TYPE,
      handler: env.DD_LAMBDA_HANDLER || env.ORIG_HANDLER || env._HANDLER,
      mode: env.FROSTLINE_NODE_ESM === '1' ? 'esm' : 'cjs',
      sample: env.FROSTLINE_SAMPLE,
      layer: LAYER,
      dep: env.FROSTLINE_DEPLOYMENT,
      t: this.begun,
    };
  }

  endFields(why, all, rows, report) {
    const whole = this.begun % 1e6 === 0; // the clock of a bash before 5.0: only the time since this process is known
    const latest = (env.AWS_LAMBDA_FUNCTION_VERSION || '$LATEST') === '$LATEST';
    return {
      v: 1,
      id: this.id,
      why,
      since: whole ? 'boot' : 'begin',
      init_us: whole ? Math.round(process.uptime() * 1e6) : Date.now() * 1000 - this.begun,
      records: rows.length,
      small_n: all.length - rows.length,
      small_us: sum(all.filter(isLoad), 'self') - sum(rows.filter(isLoad), 'self'),
      gc_us: this.pauses && Math.round(this.pauses.micros),
      gc_n: this.pauses?.count,
      ...report.hostState(),
      fp: latest && fs.existsSync(ROOT) ? report.fingerprint(ROOT, handlerFile()) : undefined,
    };
  }
}

function isLarge(file) {
  return file.startsWith(`${ROOT}/`) && !file.includes('/node_modules/') && fs.statSync(file).size > BUNDLE_BYTES;
}

/** Where the runtime looks for it. */
function handlerFile() {
  const handler = env._HANDLER || '';
  const name = path.basename(handler).split('.')[0];
  const stem = path.resolve(ROOT, path.dirname(handler), name);
  const isFile = (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile();
  return name && ['', '.js', '.mjs', '.cjs'].map((extension) => stem + extension).find(isFile);
}

/** A program without a runtime around it that is an ES module itself: it has no other rows, and nobody waits for it. */
function isEsProgram() {
  const file = process.argv[1];
  if (env._HANDLER || !file || env.FROSTLINE_NODE_ESM === '0') return false;
  return env.FROSTLINE_NODE_ESM === '1' || file.endsWith('.mjs') || (file.endsWith('.js') && packageType(path.dirname(file)) === 'module');
}

/** What the nearest package.json says of the .js files below it. */
function packageType(folder) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).type;
  } catch {
    const above = path.dirname(folder);
    return above === folder ? undefined : packageType(above);
  }
}

function sum(records, key) {
  return records.reduce((total, record) => total + record[key], 0);
}

function isLoad(row) {
  return row.kind !== 'gc';
}

/** Worker threads are no inits, unless they serve: of those of a managed instance the first is as good as any. */
function isInit() {
  const worker = Boolean(process.chdir.disabled); // so in worker threads, and cheaper to ask than worker_threads
  const workersServe = env.AWS_LAMBDA_MAX_CONCURRENCY !== undefined;
  if (worker !== workersServe || (worker && require('worker_threads').threadId !== 1)) return false;
  const off = /^(0|false|FALSE|off|no)$/.test(env.FROSTLINE_ENABLED);
  return !off && (env.FROSTLINE_ID !== undefined || Math.random() * (Number(env.FROSTLINE_SAMPLE) || 1) < 1);
}

/** Child processes are no inits either: they get the environment that the function would have had without us. */
function leaveNoTrace() {
  const options = env.NODE_OPTIONS || '';
  const without = options.replace(/(^|\s+)(--require|-r)[ =]"?[^"\s]*\/frostline\/preload\.cjs"?(?=\s|$)/, '').trimStart();
  if (without !== options) env.NODE_OPTIONS = without;
  if (!without) delete env.NODE_OPTIONS;
  delete env.FROSTLINE_ID;
  delete env.FROSTLINE_BEGAN;
}

const init = isInit() ? new Init() : null;
if (env.AWS_LAMBDA_MAX_CONCURRENCY === undefined || process.chdir.disabled) leaveNoTrace();
if (init) {
  init.start();
  init.own += now() - STARTED;
}
