import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./lib/src/adapters/node-process/invocation.js

function invocation_checkInvocation(invocation) {
    if (invocation.command === '')
        return err({ kind: 'configuration', message: 'The command to start is empty.' });
    const texts = [invocation.command, ...invocation.args];
    const nul = texts.findIndex((text) => text.includes('\0'));
    if (nul >= 0) {
        return err({
            kind: 'configuration',
            message: `${placeOf(nul)} holds a NUL character, which no program can be given.`,
        });
    }
    for (const [name, value] of Object.entries(invocation.changes)) {
        if (name === '' || name.includes('=') || name.includes('\0') || value?.includes('\0')) {
            return err({
                kind: 'configuration',
                message: `The environment variable ${JSON.stringify(name)} cannot be set: names are not empty and hold no "=", names and values hold no NUL character.`,
            });
        }
    }
    return ok(null);
}
function invocation_environmentOf({ shared, changes }) {
    const env = { ...shared };
    for (const [name, value] of Object.entries(changes)) {
        if (value === null)
            delete env[name];
        else
            env[name] = value;
    }
    return env;
}
function placeOf(index) {
    return index === 0 ? 'The command' : `Argument ${index}`;
}

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: ./lib/src/adapters/node-process/process-table.js



const ticksPerSecond = 100;
const sameTimeMs = 50;
let lastTicks = 0;
let lastTicksAt = Number.NEGATIVE_INFINITY;
function ticksNow() {
    const now = monotonicMs();
    if (now - lastTicksAt > sameTimeMs) {
        lastTicks = Math.floor(uptime() * ticksPerSecond) - 1;
        lastTicksAt = now;
    }
    return lastTicks;
}
const surelyNoRoundMs = 300;
const knownStarts = new Map();
let lastLookAt = 0;
class ProcessTable {
    #numbers;
    #entries = new Map();
    #environments = new Map();
    #openFiles = new Map();
    isWhole;
    constructor(numbers, isWhole) {
        this.#numbers = numbers;
        this.isWhole = isWhole;
    }
    static ofAll() {
        const numbers = withoutTraces(allNumbers);
        forgetStarts(numbers);
        return new ProcessTable(numbers, true);
    }
    static of(numbers) {
        return new ProcessTable(numbers, false);
    }
    get isBlind() {
        return this.#numbers.length === 0;
    }
    startedSince(ticks) {
        return withoutTraces(() => this.#numbers.flatMap((number) => {
            const known = this.isWhole ? knownStarts.get(number) : undefined;
            if (known !== undefined && known < ticks)
                return [];
            const entry = this.#entry(number);
            return entry !== null && entry.startedAt >= ticks ? [entry] : [];
        }));
    }
    startOf(number) {
        return knownStarts.get(number) ?? withoutTraces(() => this.#entry(number))?.startedAt ?? null;
    }
    environment(number) {
        return remembered(this.#environments, number, () => readEnvironment(number));
    }
    openFiles(number) {
        return remembered(this.#openFiles, number, () => readOpenFiles(number));
    }
    #entry(number) {
        const entry = remembered(this.#entries, number, () => readEntry(number));
        if (entry !== null)
            knownStarts.set(number, entry.startedAt);
        return entry;
    }
}
function forgetStarts(numbers) {
    const now = monotonicMs();
    const mayHaveRunRound = now - lastLookAt > surelyNoRoundMs;
    lastLookAt = now;
    if (mayHaveRunRound)
        return knownStarts.clear();
    const living = new Set(numbers);
    for (const number of knownStarts.keys())
        if (!living.has(number))
            knownStarts.delete(number);
}
function remembered(known, number, read) {
    const before = known.get(number);
    if (before !== undefined)
        return before;
    const value = withoutTraces(read);
    known.set(number, value);
    return value;
}
function allNumbers() {
    try {
        return readdirSync('/proc').map(Number).filter(Number.isInteger);
    }
    catch {
        return [];
    }
}
function readEntry(number) {
    try {
        const stat = readStat(number);
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const at = (index) => Number(fields[index]);
        const ended = (fields[0] === 'Z' && at(17) <= 1) || fields[0] === 'X';
        return { number, parent: at(1), group: at(2), session: at(3), startedAt: at(19), ended };
    }
    catch {
        return null;
    }
}
const statBytes = Buffer.alloc(1024);
function readStat(number) {
    const descriptor = openSync(`/proc/${number}/stat`, 'r');
    try {
        return statBytes.toString('latin1', 0, readSync(descriptor, statBytes, 0, statBytes.length, 0));
    }
    finally {
        closeSync(descriptor);
    }
}
function readEnvironment(number) {
    try {
        return readFileSync(`/proc/${number}/environ`);
    }
    catch {
        return null;
    }
}
function readOpenFiles(number) {
    try {
        return readdirSync(`/proc/${number}/fd`).flatMap((descriptor) => process_table_openFileOf(number, descriptor) ?? []);
    }
    catch {
        return [];
    }
}
function process_table_openFileOf(number, descriptor) {
    try {
        return withoutTraces(() => (0,external_node_fs_namespaceObject.readlinkSync)(`/proc/${number}/fd/${descriptor}`));
    }
    catch {
        return null;
    }
}
function withoutTraces(action) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        return action();
    }
    finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./lib/src/adapters/node-process/tethers.js




class Tethers {
    #folder;
    #unused = [];
    #all = [];
    constructor(folder) {
        this.#folder = folder;
    }
    get openFiles() {
        return this.#all.map(({ openFile }) => openFile);
    }
    take() {
        if (process.platform !== 'linux')
            return null;
        return this.#unused.pop() ?? this.#make();
    }
    giveBack(tether) {
        this.#unused.push(tether);
    }
    close() {
        for (const { descriptor } of this.#all.splice(0))
            closeSync(descriptor);
        this.#unused.length = 0;
    }
    #make() {
        const tether = madeIn(() => memoryFolder) ?? madeIn(this.#folder);
        if (tether !== null)
            this.#all.push(tether);
        return tether;
    }
}
const memoryFolder = '/dev/shm';
function madeIn(folder) {
    try {
        const path = join(folder(), `vwmp-${randomBytes(8).toString('hex')}${tetherEnding}`);
        const descriptor = openSync(path, constants.O_RDONLY | constants.O_CREAT | constants.O_EXCL, 0o400);
        unlinkSync(path);
        return { descriptor, openFile: openFileOf('self', descriptor) ?? path };
    }
    catch {
        return null;
    }
}
const tetherEnding = '.tether';
const firstDescriptor = 30;
const tetherDescriptor = descriptorBeyondOuter();
function tethers_withTether(stdio, descriptor) {
    if (descriptor === null)
        return stdio;
    return [...stdio, ...Array.from({ length: tetherDescriptor - stdio.length }, () => 'ignore'), descriptor];
}
function descriptorBeyondOuter() {
    let descriptor = firstDescriptor;
    while (process_table_openFileOf('self', descriptor)?.endsWith(`${tetherEnding} (deleted)`))
        descriptor++;
    return descriptor;
}

;// CONCATENATED MODULE: ./lib/src/adapters/node-process/started-process.js






class DirectProcess {
    child;
    pid;
    outputs;
    stdout;
    stderr;
    constructor(child, pid) {
        this.child = child;
        this.pid = pid;
        this.outputs = outputsOf(pid);
        this.stdout = new PipeStream(child.stdout);
        this.stderr = new PipeStream(child.stderr);
    }
    onExit(listener) {
        this.child.once('exit', (code, signal) => listener({ kind: 'ended', code, signal }));
    }
    onClose(listener) {
        this.child.once('close', () => listener());
    }
}
class PipeStream {
    #pipe;
    constructor(pipe) {
        this.#pipe = pipe;
        pipe?.on('error', () => { });
    }
    onData(listener) {
        this.#pipe?.on('data', listener);
    }
    pause() {
        this.#pipe?.pause();
    }
    resume() {
        this.#pipe?.resume();
    }
    destroy() {
        this.#pipe?.destroy();
    }
}
function outputsOf(pid) {
    return [1, 2].flatMap((descriptor) => process_table_openFileOf(pid, descriptor) ?? []).filter((file) => file.startsWith('socket:'));
}
function stdioOf({ input, channel }) {
    return [input ? 'pipe' : 'ignore', 'pipe', 'pipe', ...(channel ? ['pipe'] : [])];
}
async function startDirectly(invocation, cwd, files) {
    const checked = checkInvocation(invocation);
    if (!checked.ok)
        return checked;
    try {
        const child = spawn(invocation.command, invocation.args, {
            cwd,
            env: environmentOf(invocation),
            detached: true,
            stdio: [...withTether(stdioOf(files), files.tether?.descriptor ?? null)],
        });
        const { pid } = child;
        if (pid === undefined)
            throw await new Promise((resolve) => child.once('error', resolve));
        return ok(new DirectProcess(child, pid));
    }
    catch (error) {
        return err(startFailure(error instanceof Error ? error : new Error(String(error)), invocation));
    }
}

;// CONCATENATED MODULE: external "node:buffer"
const external_node_buffer_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");
;// CONCATENATED MODULE: ./lib/src/adapters/node-process/spawner/frames.js


const kinds = { news: 0, stdout: 1, stderr: 2 };
const headerBytes = 9;
function frameOfNews(news) {
    const text = external_node_buffer_namespaceObject.Buffer.from(JSON.stringify(news));
    return external_node_buffer_namespaceObject.Buffer.concat([headerOf(kinds.news, news.id, text.length), text]);
}
function frameOfOutput(stream, id, length) {
    return headerOf(kinds[stream], id, length);
}
function headerOf(kind, id, length) {
    const header = external_node_buffer_namespaceObject.Buffer.allocUnsafe(headerBytes);
    header.writeUInt8(kind, 0);
    header.writeUInt32LE(id, 1);
    header.writeUInt32LE(length, 5);
    return header;
}
class FrameReader {
    #listener;
    #rest = Buffer.alloc(0);
    #kind = -1;
    #id = 0;
    #missing = 0;
    constructor(listener) {
        this.#listener = listener;
    }
    push(chunk) {
        let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
        this.#rest = Buffer.alloc(0);
        for (;;) {
            if (this.#kind < 0) {
                if (bytes.length < headerBytes)
                    break;
                this.#kind = bytes.readUInt8(0);
                this.#id = bytes.readUInt32LE(1);
                this.#missing = bytes.readUInt32LE(5);
                bytes = bytes.subarray(headerBytes);
            }
            const taken = this.#kind === kinds.news ? this.#takeNews(bytes) : this.#takeOutput(bytes);
            if (taken === 0 && this.#kind >= 0)
                break;
            bytes = bytes.subarray(taken);
        }
        this.#rest = bytes;
    }
    #takeNews(bytes) {
        const size = this.#missing;
        if (bytes.length < size)
            return 0;
        this.#kind = -1;
        this.#listener.news(readNews(bytes.toString('utf8', 0, size)));
        return size;
    }
    #takeOutput(bytes) {
        const size = Math.min(this.#missing, bytes.length);
        const stream = this.#kind === kinds.stdout ? 'stdout' : 'stderr';
        this.#missing -= size;
        if (this.#missing === 0)
            this.#kind = -1;
        if (size > 0)
            this.#listener.output(this.#id, stream, bytes.subarray(0, size));
        return size;
    }
}

;// CONCATENATED MODULE: ./lib/src/adapters/node-process/spawner/messages.js
const spawnerDescriptor = 3;
function readRequest(line) {
    return JSON.parse(line);
}
function messages_readNews(text) {
    return JSON.parse(text);
}

;// CONCATENATED MODULE: ./lib/src/adapters/node-process/spawner/serve-spawner.js








function serveSpawner() {
    const engine = new EnginePipe(new external_node_net_namespaceObject.Socket({ fd: spawnerDescriptor, readable: true, writable: true }));
    const shared = ownEnvironment();
    const tethers = new EngineTethers(process.ppid);
    const children = new Map();
    engine.onRequest((request) => {
        if (request.kind === 'start')
            return start(request, { shared, tethers, engine, children });
        const stream = children.get(request.id)?.[request.stream];
        if (!stream)
            return undefined;
        if (request.kind === 'destroy')
            return void stream.destroy();
        return engine.setPaused(stream, request.kind === 'pause');
    });
    engine.tell({ kind: 'ready', id: 0 });
}
function start(request, { shared, tethers, engine, children }) {
    const { id, command, args, cwd, changes } = request;
    const refuse = (error) => engine.tell({ kind: 'refused', id, code: error.code ?? '', message: error.message });
    try {
        const env = invocation_environmentOf({ shared, changes });
        const tether = request.tether === null ? null : tethers.open(request.tether);
        const stdio = [...tethers_withTether(['ignore', 'pipe', 'pipe'], tether)];
        const child = (0,external_node_child_process_namespaceObject.spawn)(command, args, { cwd, env, detached: true, stdio });
        if (child.pid === undefined) {
            child.once('error', refuse);
            return;
        }
        children.set(id, child);
        engine.tell({ kind: 'started', id, pid: child.pid, outputs: outputsOf(child.pid) });
        watch(id, child, engine, () => children.delete(id));
    }
    catch (error) {
        refuse(error instanceof Error ? error : new Error(String(error)));
    }
}
class EngineTethers {
    #enginePid;
    #opened = new Map();
    constructor(enginePid) {
        this.#enginePid = enginePid;
    }
    open(descriptor) {
        const before = this.#opened.get(descriptor);
        if (before !== undefined)
            return before;
        try {
            const opened = (0,external_node_fs_namespaceObject.openSync)(`/proc/${this.#enginePid}/fd/${descriptor}`, 'r');
            this.#opened.set(descriptor, opened);
            return opened;
        }
        catch {
            return null;
        }
    }
}
function ownEnvironment() {
    const entries = Object.entries(process.env).filter((entry) => entry[1] !== undefined);
    return Object.fromEntries(entries);
}
function watch(id, child, engine, onClose) {
    child.on('error', () => { });
    for (const name of ['stdout', 'stderr']) {
        const stream = child[name];
        if (!stream)
            continue;
        engine.addSource(stream);
        stream.on('data', (bytes) => engine.pass(name, id, bytes));
        stream.on('error', () => { });
        stream.once('close', () => engine.removeSource(stream));
    }
    child.once('exit', (code, signal) => engine.tell({ kind: 'exited', id, code, signal }));
    child.once('close', () => {
        onClose();
        engine.tell({ kind: 'closed', id });
    });
}
class EnginePipe {
    #socket;
    #sources = new Set();
    #paused = new Set();
    #full = false;
    #corked = false;
    constructor(socket) {
        this.#socket = socket;
        socket.on('drain', () => this.#drained());
        socket.on('error', () => process.exit());
        socket.on('close', () => process.exit());
    }
    onRequest(listener) {
        let rest = '';
        this.#socket.setEncoding('utf8');
        this.#socket.on('data', (text) => {
            const lines = (rest + text).split('\n');
            rest = lines.pop() ?? '';
            for (const line of lines)
                listener(readRequest(line));
        });
    }
    tell(news) {
        this.#write(frameOfNews(news));
    }
    pass(stream, id, bytes) {
        this.#write(frameOfOutput(stream, id, bytes.length));
        this.#write(bytes);
    }
    addSource(source) {
        this.#sources.add(source);
        if (this.#full)
            source.pause();
    }
    removeSource(source) {
        this.#sources.delete(source);
        this.#paused.delete(source);
    }
    setPaused(source, paused) {
        if (paused) {
            this.#paused.add(source);
            source.pause();
            return;
        }
        this.#paused.delete(source);
        if (!this.#full)
            source.resume();
    }
    #write(bytes) {
        if (!this.#corked) {
            this.#corked = true;
            this.#socket.cork();
            setImmediate(() => {
                this.#corked = false;
                this.#socket.uncork();
            });
        }
        if (this.#socket.write(bytes) || this.#full)
            return;
        this.#full = true;
        for (const source of this.#sources)
            source.pause();
    }
    #drained() {
        this.#full = false;
        for (const source of this.#sources)
            if (!this.#paused.has(source))
                source.resume();
    }
}

;// CONCATENATED MODULE: ./lib/src/entry/spawner.js

serveSpawner();
