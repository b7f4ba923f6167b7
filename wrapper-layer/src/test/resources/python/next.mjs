// Runs the hook as site would in a CPython that no distribution here carries: next.mjs PYODIDE HOOK MODE SCRIPT MODULES.
import fs from 'fs';
import path from 'path';
import { pathToFileURL } from 'url';

const [folder, hook, mode, script, modules] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, 'pyodide.mjs')));
const say = (line) => fs.writeSync(2, `${line}\n`);
const python = await loadPyodide({ stdout: say, stderr: say });
python.FS.mkdirTree('/task/modules');
python.FS.mkdirTree('/hook/parts');
for (const name of ['sitecustomize.py', 'parts/pauses.py', 'parts/packed.py']) {
  python.FS.writeFile(`/hook/${name}`, fs.readFileSync(path.join(path.dirname(hook), name)));
}
python.FS.writeFile('/task/app.py', fs.readFileSync(script));
for (const name of fs.readdirSync(modules)) {
  if (name.endsWith('.py')) python.FS.writeFile(`/task/modules/${name}`, fs.readFileSync(path.join(modules, name)));
}
python.runPython(`
import atexit, os, sys
begun = "0123abcd:1795345072508245:${mode}"
sys._xoptions["frostline"] = begun
sys.orig_argv[:] = ["python3", "-X", "frostline=" + begun, "/task/app.py"]
os.environ["PYTHONPATH"] = "/hook"
os.environ["FROSTLINE_PYTHON_GC"] = "1"
sys.path.insert(0, "/hook")
try:
    import sitecustomize
except ImportError:
    pass
exec(compile(open("/task/app.py").read(), "/task/app.py", "exec"), {"__name__": "__main__", "__file__": "/task/app.py"})
atexit._run_exitfuncs()
`);
