// Runs Python in Pyodide: node run.mjs PYODIDE PROGRAM ARCHIVE ...; what it prints goes to standard output.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, program, ...archives] = process.argv.slice(2);
globalThis.fetch = () => { throw new Error("the network is asked for"); };
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: folder });
const packages = python.runPython("import site; site.getsitepackages()[0]");
for (const archive of archives) {
  python.unpackArchive(new Uint8Array(readFileSync(archive)), "zip", { extractDir: packages });
}
python.globals.set("__name__", "__main__");
try {
  python.runPython(readFileSync(program, "utf8"));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
