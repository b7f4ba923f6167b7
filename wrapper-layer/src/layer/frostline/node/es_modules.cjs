'use strict';
// FROSTLINE_NODE_ESM=1: ES modules tell when their bodies begin and end, by a call in front of the first line and one behind
// the last. Off by default: the hook costs up to 17 % of a start, and columns of the first line move.

/** An ES module, or a CommonJS module: of that only its place in the tree is known here. */
class EsModule {
  constructor(url, { parentURL, conditions }) {
    this.file = url.startsWith('file:') ? decodeURIComponent(url.slice('file://'.length)) : url;
    this.importer = parentURL;
    this.required = conditions.includes('require'); // within the importer's body, not before it
  }
}

exports.EsModules = class EsModules {
  constructor(loads, short) {
    this.loads = loads;
    this.short = short;
    this.byUrl = new Map();
    this.bodies = [];
  }

  watch(registerHooks) {
    globalThis.__frostline_begins = (id) => this.begins(this.bodies[id]);
    globalThis.__frostline_ends = (id) => this.ends(this.bodies[id]);
    registerHooks({
      resolve: (specifier, context, next) => {
        const found = next(specifier, context);
        if (!this.loads.over && !this.byUrl.has(found.url)) this.byUrl.set(found.url, new EsModule(found.url, context));
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

  /** While a body awaits something, bodies of others run: their time is not its own. */
  ends(module) {
    if (this.loads.over) return;
    const others = this.loads.roots.slice(module.rootsBefore).filter(({ name }) => !this.isRequired(name));
    const whole = this.loads.now() - module.began - others.reduce((sum, load) => sum + load.whole, 0);
    module.load = { kind: 'node', name: this.short(module.file), whole, kids: [] };
    this.loads.roots.push(module.load);
  }

  isRequired(name) {
    return this.named().get(name)?.required;
  }

  named() {
    return new Map([...this.byUrl.values()].map((module) => [this.short(module.file), module]));
  }

  /** Bodies run one after the other: each load goes below the first module that imported it, whose time grows by it. */
  underTheirImporters(roots) {
    const modules = this.named();
    const moved = new Map(roots.map((load) => [load, modules.get(load.name)]).filter(([, module]) => this.byUrl.get(module?.importer)?.load));
    for (const [load, module] of moved) this.byUrl.get(module.importer).load.kids.push(load);
    const grow = (load) => {
      for (const kid of load.kids) {
        grow(kid);
        if (moved.has(kid) && !moved.get(kid).required) load.whole += kid.whole;
      }
    };
    const top = roots.filter((load) => !moved.has(load));
    top.forEach(grow);
    return top;
  }
};
