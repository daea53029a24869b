import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./lib/src/adapters/node-process/invocation.js

function checkInvocation(invocation) {
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
function environmentOf({ shared, changes }) {
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
    const children = new Map();
    engine.onRequest((request) => {
        if (request.kind === 'start')
            return start(request, shared, engine, children);
        const stream = children.get(request.id)?.[request.stream];
        if (!stream)
            return undefined;
        if (request.kind === 'destroy')
            return void stream.destroy();
        return engine.setPaused(stream, request.kind === 'pause');
    });
    engine.tell({ kind: 'ready', id: 0 });
}
function start(request, shared, engine, children) {
    const { id, command, args, cwd, changes } = request;
    const refuse = (error) => engine.tell({ kind: 'refused', id, code: error.code ?? '', message: error.message });
    try {
        const env = environmentOf({ shared, changes });
        const child = (0,external_node_child_process_namespaceObject.spawn)(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
        if (child.pid === undefined) {
            child.once('error', refuse);
            return;
        }
        children.set(id, child);
        engine.tell({ kind: 'started', id, pid: child.pid });
        watch(id, child, engine, () => children.delete(id));
    }
    catch (error) {
        refuse(error instanceof Error ? error : new Error(String(error)));
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
