'use strict';
// FROSTLINE_NODE_ESM=1: ES modules tell when their bodies begin and end, by a call in front of the first line and one behind
// the last. Off by default: the hook costs up to 17 % of a start, and columns of the first line move.
const Module = require('module');

/** An ES module, or a CommonJS module that one imported: then only its place in the tree is known here. */
class EsModule {
  constructor(url, importer) {
    this.file = url.startsWith('file:') ? decodeURIComponent(url.slice('file://'.length)) : url;
    this.importer = importer;
  }
}

exports.EsModules = class EsModules {
  constructor(loads, short) {
    this.loads = loads;
    this.short = short;
    this.byUrl = new Map();
    this.bodies = [];
  }

  watch() {
    if (!Module.registerHooks) return; // before 22.15
    globalThis.__frostline_begins = (id) => this.begins(this.bodies[id]);
    globalThis.__frostline_ends = (id) => this.ends(this.bodies[id]);
    Module.registerHooks({
      resolve: (specifier, context, next) => {
        const found = next(specifier, context);
        if (!this.loads.over && !this.byUrl.has(found.url)) this.byUrl.set(found.url, new EsModule(found.url, context.parentURL));
        return found;
      },
      load: (url, context, next) => this.withCalls(url, next(url, context)),
    });
  }

  withCalls(url, loaded) {
    const module = this.byUrl.get(url);
    if (this.loads.over || !module || loaded.format !== 'module' || !loaded.source || !url.startsWith('file:')) return loaded;
    const source = typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source).toString();
    if (source.startsWith('#!')) return loaded;
    const id = this.bodies.push(module) - 1;
    return { ...loaded, source: `__frostline_begins(${id});${source}\n;__frostline_ends(${id});` };
  }

  begins(module) {
    module.began = this.loads.now();
    module.rootsBefore = this.loads.roots.length;
  }

  ends(module) {
    if (this.loads.over) return;
    const kids = this.loads.roots.splice(module.rootsBefore); // what its body required
    module.load = { name: this.short(module.file), whole: this.loads.now() - module.began, kids };
    this.loads.roots.push(module.load);
  }

  /** Bodies run one after the other: each load goes below the first module that imported it, whose time grows by it. */
  underTheirImporters(roots) {
    const byName = new Map(roots.map((load) => [load.name, load]));
    const placed = new Set();
    for (const module of this.byUrl.values()) {
      const load = byName.get(this.short(module.file));
      const outer = this.byUrl.get(module.importer)?.load;
      if (!load || !outer || outer === load || placed.has(load)) continue;
      placed.add(load);
      outer.kids.push(load);
    }
    const top = roots.filter((load) => !placed.has(load));
    for (const load of top) grow(load, placed);
    return top;
  }
};

function grow(load, placed) {
  for (const kid of load.kids) {
    grow(kid, placed);
    if (placed.has(kid)) load.whole += kid.whole;
  }
}
