// Defers modules of app.py in a CPython that only WebAssembly carries, and runs the patched file: lazy.mjs PYODIDE DEFER FOLDER MODULE...
import fs from 'fs';
import path from 'path';
import { pathToFileURL } from 'url';

const [pyodide, defer, folder, ...targets] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(pyodide, 'pyodide.mjs')));
const python = await loadPyodide({ stdout: (line) => fs.writeSync(1, `${line}\n`) });
python.FS.mkdirTree('/task');
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, '/task');
python.FS.writeFile('/home/frostline_defer.py', fs.readFileSync(defer));
python.globals.set('targets', python.toPy(targets));
python.runPython(`
import os, sys
sys.path[:0] = ["/task", "/home"]
import frostline_defer
files = [os.path.join(folder, name) for folder, _, names in os.walk("/task") for name in names if name.endswith(".py")]
names = [os.path.relpath(file, "/task")[:-3].replace("/", ".").removesuffix(".__init__") for file in files]
modules = [{"name": name, "file": file} for name, file in zip(names, files)]
patch = frostline_defer.Patch(frostline_defer.Program({"folder": "/task", "modules": modules}), list(targets))
print(patch.diff())
for source, text in patch.texts().items():
    with open(source.path, "w") as file:
        file.write(text)
import app
print("init loaded", [name for name in targets if name in sys.modules])
print("answer", app.handler({"n": 1}, None))
print("then loaded", [name for name in targets if name in sys.modules])
`);
