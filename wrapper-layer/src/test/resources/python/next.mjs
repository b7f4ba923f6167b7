// Runs boot.py in a CPython that no distribution here carries: next.mjs PYODIDE BOOT MODE SCRIPT MODULES.
import fs from 'fs';
import path from 'path';
import { pathToFileURL } from 'url';

const [folder, boot, mode, script, modules] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, 'pyodide.mjs')));
const say = (line) => fs.writeSync(2, `${line}\n`);
const python = await loadPyodide({ stdout: say, stderr: say });
python.FS.mkdirTree('/task/modules');
python.FS.writeFile('/task/boot.py', fs.readFileSync(boot));
python.FS.writeFile('/task/app.py', fs.readFileSync(script));
for (const name of fs.readdirSync(modules)) {
  if (name.endsWith('.py')) python.FS.writeFile(`/task/modules/${name}`, fs.readFileSync(path.join(modules, name)));
}
python.runPython(`
boot = {"__name__": "frostline_boot"}
exec(compile(open("/task/boot.py").read(), "boot.py", "exec"), boot)
(run,) = boot["prepare"](["0123abcd", "1795345072508245", "${mode}", "python3", "/task/app.py"])
run()
`);
