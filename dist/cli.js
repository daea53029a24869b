var __rewriteRelativeImportExtension = (this && this.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};
const { hash } = process.getBuiltinModule('node:crypto');
const { subscribe } = process.getBuiltinModule('node:diagnostics_channel');
const { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, statSync, writeFileSync, } = process.getBuiltinModule('node:fs');
const { createRequire, enableCompileCache, getCompileCacheDir } = process.getBuiltinModule('node:module');
const { dirname, join } = process.getBuiltinModule('node:path');
const { fileURLToPath } = process.getBuiltinModule('node:url');
const vm = process.getBuiltinModule('node:vm');
const keptBuilds = 8;
const hashLength = 32;
const partsStart = hashLength + 4;
const codeStartAfter = (partsEnd) => Math.ceil(partsEnd / 16) * 16;
const program = compiled(fileURLToPath(new URL('cli-program.js', import.meta.url)));
await program(createRequire(import.meta.url), (specifier) => import(__rewriteRelativeImportExtension(specifier)), import.meta.url);
function compiled(programFile) {
    const bytes = readFileSync(programFile);
    const source = bytes.toString('latin1');
    const file = codeFile(programFile, source);
    const kept = file === null ? null : readKept(file, bytes);
    const script = new vm.Script(source, {
        filename: programFile,
        ...(kept !== null && { cachedData: kept.code }),
    });
    if (file !== null)
        keepAtExit(script, file, script.cachedDataRejected === true ? null : (kept?.parts ?? null));
    return script.runInThisContext();
}
function codeFile(programFile, source) {
    enableCompileCache();
    const folder = getCompileCacheDir();
    const build = /^\/\* build ([0-9a-f]{16}) \*\//.exec(source)?.[1];
    if (folder === undefined || build === undefined)
        return null;
    const writtenAt = Math.round(statSync(programFile).mtimeMs).toString(36);
    const command = /^[a-z]{1,20}$/.exec(process.argv[2] ?? '')?.[0] ?? 'other';
    return join(folder, `vwmp-${build}-${writtenAt}`, command);
}
function readKept(file, memory) {
    try {
        if (!isOurs(file) || !isOurs(dirname(file)) || !statSync(file).isFile())
            return null;
        const content = readInto(memory, file);
        if (hashOf(content.subarray(hashLength)) !== content.toString('hex', 0, hashLength))
            return null;
        const partsEnd = partsStart + content.readUInt32LE(hashLength);
        const parts = JSON.parse(content.toString('utf8', partsStart, partsEnd));
        const code = content.subarray(codeStartAfter(partsEnd));
        return { code, parts: Array.isArray(parts) ? parts.map(String) : [] };
    }
    catch {
        return null;
    }
}
function readInto(memory, file) {
    const descriptor = openSync(file, 'r');
    try {
        if (fstatSync(descriptor).size > memory.length)
            return readFileSync(descriptor);
        let length = 0;
        for (let read = -1; read !== 0; length += read)
            read = readSync(descriptor, memory, { offset: length });
        return memory.subarray(0, length);
    }
    finally {
        closeSync(descriptor);
    }
}
function hashOf(bytes) {
    return hash('sha256', bytes);
}
function isOurs(path) {
    return process.geteuid === undefined || statSync(path).uid === process.geteuid();
}
function keepAtExit(script, file, known) {
    const parts = new Set(known);
    let hasNew = known === null;
    subscribe('vwmp:part', (part) => {
        if (parts.has(String(part)))
            return;
        parts.add(String(part));
        hasNew = true;
    });
    process.once('exit', () => {
        if (hasNew)
            keep(file, { code: script.createCachedData(), parts: [...parts] });
    });
}
function keep(file, { code, parts }) {
    const beside = `${file}.${process.pid}`;
    try {
        const written = Buffer.from(JSON.stringify(parts));
        const partsEnd = partsStart + written.length;
        const content = Buffer.alloc(codeStartAfter(partsEnd) + code.length);
        content.writeUInt32LE(written.length, hashLength);
        written.copy(content, partsStart);
        code.copy(content, codeStartAfter(partsEnd));
        content.write(hashOf(content.subarray(hashLength)), 'hex');
        if (mkdirSync(dirname(file), { recursive: true, mode: 0o700 }))
            removeOldBuilds(dirname(dirname(file)));
        writeFileSync(beside, content, { mode: 0o600, flag: 'wx' });
        renameSync(beside, file);
    }
    catch {
        removeQuietly(beside);
    }
}
function removeQuietly(path) {
    try {
        rmSync(path, { force: true });
    }
    catch {
    }
}
function removeOldBuilds(folder) {
    const builds = readdirSync(folder)
        .filter((name) => name.startsWith('vwmp-'))
        .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
        .sort((one, other) => other.at - one.at);
    for (const { path } of builds.slice(keptBuilds))
        rmSync(path, { recursive: true, force: true });
}
export {};
