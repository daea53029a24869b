var __rewriteRelativeImportExtension = (this && this.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};
const { subscribe } = process.getBuiltinModule('node:diagnostics_channel');
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = process.getBuiltinModule('node:fs');
const { createRequire, enableCompileCache, getCompileCacheDir } = process.getBuiltinModule('node:module');
const { dirname, join } = process.getBuiltinModule('node:path');
const { fileURLToPath } = process.getBuiltinModule('node:url');
const vm = process.getBuiltinModule('node:vm');
const { crc32 } = process.getBuiltinModule('node:zlib');
const keptBuilds = 8;
const program = compiled(fileURLToPath(new URL('cli-program.js', import.meta.url)));
await program(createRequire(import.meta.url), (specifier) => import(__rewriteRelativeImportExtension(specifier)), import.meta.url);
function compiled(programFile) {
    const source = readFileSync(programFile);
    const file = codeFile(source);
    const kept = file === null ? null : readKept(file);
    const script = new vm.Script(source.toString('latin1'), {
        filename: programFile,
        ...(kept !== null && { cachedData: kept.code }),
    });
    if (file !== null)
        keepAtExit(script, file, script.cachedDataRejected === true ? null : (kept?.parts ?? null));
    return script.runInThisContext();
}
function codeFile(source) {
    enableCompileCache();
    const folder = getCompileCacheDir();
    if (folder === undefined)
        return null;
    const command = /^[a-z]{1,20}$/.exec(process.argv[2] ?? '')?.[0] ?? 'other';
    return join(folder, `vwmp-${crc32(source).toString(16).padStart(8, '0')}`, command);
}
function readKept(file) {
    try {
        if (!isOurs(file) || !isOurs(dirname(file)) || !statSync(file).isFile())
            return null;
        const content = readFileSync(file);
        if (crc32(content.subarray(4)) !== content.readUInt32LE(0))
            return null;
        const codeStart = 8 + content.readUInt32LE(4);
        const parts = JSON.parse(content.toString('utf8', 8, codeStart));
        return { code: content.subarray(codeStart), parts: Array.isArray(parts) ? parts.map(String) : [] };
    }
    catch {
        return null;
    }
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
        const head = Buffer.alloc(8);
        head.writeUInt32LE(written.length, 4);
        head.writeUInt32LE(crc32(code, crc32(written, crc32(head.subarray(4)))), 0);
        if (mkdirSync(dirname(file), { recursive: true, mode: 0o700 }))
            removeOldBuilds(dirname(dirname(file)));
        writeFileSync(beside, Buffer.concat([head, written, code]), { mode: 0o600, flag: 'wx' });
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
