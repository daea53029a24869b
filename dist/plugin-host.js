import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 901:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  E: () => (/* binding */ serveHost)
});

;// CONCATENATED MODULE: ./lib/src/adapters/plugin-host/hosted-failure.js
class HostedFailure extends Error {
    failure;
    constructor(failure) {
        super(failure.message);
        this.failure = failure;
    }
}
function hostedFailure(kind, message, cause) {
    return new HostedFailure({ kind, message, ...(cause !== undefined && { cause }) });
}
function failureFrom(error) {
    if (error instanceof Error && 'failure' in error && isFailureLike(error.failure))
        return error.failure;
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'handler', message };
}
function isFailureLike(value) {
    return typeof value === 'object' && value !== null && 'kind' in value && 'message' in value;
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
// EXTERNAL MODULE: ./lib/src/core/ports/cancel.js
var cancel = __nccwpck_require__(181);
;// CONCATENATED MODULE: ./lib/src/adapters/plugin-host/message-lines.js
class MessageLines {
    #longest;
    #parts = [];
    #held = 0;
    constructor(longest) {
        this.#longest = longest;
    }
    push(chunk) {
        const [first = '', ...others] = chunk.split('\n');
        this.#parts.push(first);
        this.#held += first.length;
        if (this.#held > this.#longest)
            return null;
        const lines = [];
        for (const other of others) {
            lines.push(this.#parts.join(''));
            this.#parts = [other];
            this.#held = other.length;
        }
        return this.#held > this.#longest ? null : lines;
    }
}

;// CONCATENATED MODULE: ./lib/src/adapters/plugin-host/wire.js
const mostLogged = 8 * 1024 * 1024;
function encodeMessage(message) {
    return `${JSON.stringify(message)}\n`;
}

;// CONCATENATED MODULE: ./lib/src/adapters/plugin-host/child/parent-link.js





class ParentLink {
    signal = new cancel/* CancelSource */._();
    task;
    onInvoke = () => { };
    onEnd = () => { };
    #pipe;
    #lines = new MessageLines(Number.POSITIVE_INFINITY);
    #waiting = new Map();
    #takeTask;
    #asked = 0;
    #logged = 0;
    constructor(descriptor) {
        const { promise, resolve } = Promise.withResolvers();
        this.task = promise;
        this.#takeTask = resolve;
        this.#pipe = new external_node_net_namespaceObject.Socket({ fd: descriptor, readable: true, writable: true });
        this.#pipe.setEncoding('utf8');
        this.#pipe.on('data', (text) => {
            for (const line of this.#lines.push(text) ?? [])
                this.#hear(readParentMessage(line));
        });
        this.#pipe.on('close', () => this.onEnd());
        this.#pipe.on('error', () => this.onEnd());
    }
    ask(member, args) {
        const id = ++this.#asked;
        return new Promise((resolve, reject) => {
            this.#waiting.set(id, { resolve, reject });
            this.send({ kind: 'ask', id, member, args });
        });
    }
    log(level, message) {
        this.#logged += message.length;
        if (this.#logged > mostLogged) {
            throw this.makeError({ kind: 'output', message: `The plugin logged more than ${mostLogged} characters.` });
        }
        this.send({ kind: 'log', level, message });
    }
    send(message) {
        this.#pipe.write(encodeMessage(message));
    }
    sendLast(message) {
        return new Promise((resolve) => this.#pipe.write(encodeMessage(message), () => resolve()));
    }
    #hear(message) {
        switch (message.kind) {
            case 'task':
                return this.#takeTask(message.task);
            case 'reply':
                return this.#settle(message.id, ({ resolve }) => resolve(message.value));
            case 'refused':
                return this.#settle(message.id, ({ reject }) => reject(this.makeError(message.failure)));
            case 'cancel':
                return this.signal.cancel(message.reason);
            case 'invoke':
                return this.onInvoke(message.id, message.method, message.args);
            case 'end':
                return this.onEnd();
        }
    }
    makeError = (failure) => new HostedFailure(failure);
    #settle(id, settle) {
        const waiting = this.#waiting.get(id);
        this.#waiting.delete(id);
        if (waiting)
            settle(waiting);
    }
}
function readParentMessage(line) {
    return JSON.parse(line);
}

// EXTERNAL MODULE: ./lib/src/core/model/json.js
var json = __nccwpck_require__(462);
;// CONCATENATED MODULE: ./lib/src/adapters/plugin-host/child/unit-code.js
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function recordAt(record, key) {
    const value = Object.hasOwn(record, key) ? record[key] : undefined;
    return isRecord(value) ? value : {};
}
function callMethod(owner, method, args) {
    const called = owner[method];
    return typeof called === 'function' ? Reflect.apply(called, owner, args) : undefined;
}
function hasMethod(owner, method) {
    return typeof owner[method] === 'function';
}

;// CONCATENATED MODULE: ./lib/src/adapters/plugin-host/child/describe-unit.js

function describePlugin(plugin) {
    return {
        ...picked(plugin, ['apiVersion', 'name', 'version', 'description', 'workflowTypes']),
        handlers: mapped(plugin, 'handlers', describeHandler),
        adapters: mapped(plugin, 'adapters', (adapter) => ({
            ...picked(adapter, ['description', 'configuration']),
            hasInitialize: hasMethod(adapter, 'initialize'),
        })),
    };
}
function describeModule(module) {
    const actions = module.actions;
    return {
        ...picked(module, ['name', 'version', 'description', 'permissions']),
        actions: isRecord(actions)
            ? Object.entries(actions).map(([name, action]) => ({ name, isFunction: typeof action === 'function' }))
            : null,
    };
}
function describeHandler(handler) {
    return {
        ...picked(handler, [
            'title',
            'description',
            'icon',
            'category',
            'configuration',
            'outputs',
            'placeholders',
            'process',
            'retry',
            'permissions',
            'rollback',
        ]),
        hasExecute: hasMethod(handler, 'execute'),
        hasPreview: hasMethod(handler, 'preview'),
        hasProbe: hasMethod(handler, 'probe'),
        hasUndo: hasMethod(handler, 'undo'),
    };
}
function picked(from, keys) {
    return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));
}
function mapped(from, key, describe) {
    const members = Object.entries(recordAt(from, key));
    return Object.fromEntries(members.map(([name, member]) => [name, isRecord(member) ? describe(member) : {}]));
}

;// CONCATENATED MODULE: ./lib/src/adapters/plugin-host/child/hosted-context.js
function hostedContext(data, link) {
    const ask = askOf(link);
    return {
        ...handlerShared(adapterContext(data, link)),
        ...identityOf(data),
        idempotencyKey: data.idempotencyKey,
        timeoutMs: data.timeoutMs,
        parameters: () => ask('parameters'),
        outputs: (stepId) => ask('outputs', stepId),
        upstream: (handler) => ask('upstream', handler),
        changedFiles: () => ask('changedFiles'),
        getState: (key) => ask('getState', key),
        setState: (key, value) => ask('setState', key, value),
        adapter: async (name) => {
            await ask('adapter', name);
            return adapterProxy(name, ask);
        },
    };
}
function handlerShared({ secrets: _ofAdapters, ...shared }) {
    return shared;
}
function identityOf({ run, step, secrets }) {
    return { run, step, secrets };
}
function adapterContext({ config, env, workspace }, link) {
    const ask = askOf(link);
    return {
        config,
        env: env,
        secrets: {},
        signal: link.signal,
        files: {
            root: workspace,
            read: (path) => ask('files.read', path),
            readBytes: async (path) => Buffer.from(await ask('files.readBytes', path), 'base64'),
            glob: (patterns) => ask('files.glob', patterns),
            write: (path, text) => ask('files.write', path, text),
            exists: (path) => ask('files.exists', path),
            stat: (path) => ask('files.stat', path),
            list: (path) => ask('files.list', path),
        },
        processes: { run: (request) => ask('processes.run', request) },
        log: (level, message) => link.log(level, String(message)),
        now: () => ask('now'),
    };
}
function askOf(link) {
    return async (member, ...args) => {
        const plain = args.map((arg, index) => plainArgument(arg, `argument ${index + 1} of ${member}`, link));
        return answerAs(await link.ask(member, plain));
    };
}
function plainArgument(value, place, link) {
    const refuse = (reason) => {
        throw link.makeError({ kind: 'handler', message: `Plugins hand over plain data only: ${place} ${reason}.` });
    };
    try {
        return JSON.parse(JSON.stringify(value ?? null, (_key, member) => ['function', 'symbol', 'bigint'].includes(typeof member) ? refuse(`holds a ${typeof member}`) : member));
    }
    catch (error) {
        if (error instanceof TypeError)
            return refuse(`cannot be read: ${error.message}`);
        throw error;
    }
}
function answerAs(value) {
    return value;
}
function adapterProxy(name, ask) {
    return new Proxy({}, {
        get: (_target, method) => typeof method === 'string' && method !== 'then'
            ? (...args) => ask('adapter.call', name, method, args.map((arg) => arg ?? null))
            : undefined,
    });
}

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:module"
const external_node_module_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:module");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: external "node:url"
const external_node_url_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");
;// CONCATENATED MODULE: external "node:vm"
const external_node_vm_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:vm");
;// CONCATENATED MODULE: ./lib/src/adapters/plugin-host/child/import-code.js





async function importCode(file) {
    const url = (0,external_node_url_namespaceObject.pathToFileURL)(file).href;
    try {
        return defaultOf(await importUnbundled(url));
    }
    catch (error) {
        if (!/\.[jt]s$/.test(file))
            throw error;
        if (isCommonJs(error))
            return requireCode(file);
        if (isEcmaScript(error))
            return defaultOf(await importAsModule(url));
        throw error;
    }
}
async function importUnbundled(url) {
    const load = (0,external_node_vm_namespaceObject.compileFunction)('return import(url)', ['url'], {
        importModuleDynamically: external_node_vm_namespaceObject.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    return typeof load === 'function' ? Reflect.apply(load, undefined, [url]) : null;
}
function defaultOf(namespace) {
    if (typeof namespace !== 'object' || namespace === null)
        return namespace;
    const value = 'default' in namespace ? namespace.default : namespace;
    const isCompiled = typeof value === 'object' && value !== null && '__esModule' in value && 'default' in value;
    return isCompiled ? value.default : value;
}
function isCommonJs(error) {
    return (error instanceof ReferenceError &&
        /^(?:module|exports|require|__filename|__dirname) is not defined/.test(error.message));
}
function isEcmaScript(error) {
    if (!(error instanceof Error))
        return false;
    if (error instanceof SyntaxError)
        return /import statement outside a module|Unexpected token 'export'/.test(error.message);
    return 'code' in error && error.code === 'ERR_REQUIRE_CYCLE_MODULE';
}
function requireCode(file) {
    const text = (0,external_node_fs_namespaceObject.readFileSync)(file, 'utf8');
    const source = file.endsWith('.ts') ? (0,external_node_module_namespaceObject.stripTypeScriptTypes)(text) : text;
    const run = (0,external_node_vm_namespaceObject.compileFunction)(source, ['exports', 'require', 'module', '__filename', '__dirname'], {
        filename: file,
        importModuleDynamically: external_node_vm_namespaceObject.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    const module = { exports: {} };
    if (typeof run === 'function') {
        Reflect.apply(run, module.exports, [module.exports, (0,external_node_module_namespaceObject.createRequire)(file), module, file, (0,external_node_path_namespaceObject.dirname)(file)]);
    }
    return defaultOf({ default: module.exports });
}
const asModule = '?as=module';
async function importAsModule(url) {
    (0,external_node_module_namespaceObject.registerHooks)({
        load: (wanted, context, next) => {
            if (!wanted.endsWith(asModule))
                return next(wanted, context);
            const path = (0,external_node_url_namespaceObject.fileURLToPath)(wanted.slice(0, -asModule.length));
            const format = path.endsWith('.ts') ? 'module-typescript' : 'module';
            return { format, source: (0,external_node_fs_namespaceObject.readFileSync)(path, 'utf8'), shortCircuit: true };
        },
    });
    return importUnbundled(url + asModule);
}

;// CONCATENATED MODULE: ./lib/src/adapters/plugin-host/child/load-failure.js

function loadFailure(error, file) {
    if (!(error instanceof Error))
        return { kind: 'handler', message: `it threw ${String(error)}` };
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    const line = lineIn(error.stack ?? '', file);
    const [text = ''] = error.message.split('\n');
    const hint = code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX' ? ' (only types are taken out of TypeScript)' : '';
    return {
        kind: 'handler',
        message: `${error.name}: ${text}${hint}`,
        file,
        ...(line !== null && { line }),
        ...(error.stack !== undefined && { cause: error.stack }),
    };
}
function lineIn(stack, file) {
    for (const name of [(0,external_node_url_namespaceObject.pathToFileURL)(file).href, file]) {
        const at = stack.indexOf(`${name}:`);
        const line = at === -1 ? null : /^:(\d+)/.exec(stack.slice(at + name.length));
        if (line?.[1] !== undefined)
            return Number(line[1]);
    }
    return null;
}

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./lib/src/adapters/plugin-host/child/module-context.js

function moduleContext(context, link) {
    const say = (level) => (...parts) => context.log(level, (0,external_node_util_namespaceObject.format)(...parts));
    return {
        ...context,
        logger: {
            debug: say('debug'),
            info: say('info'),
            log: say('info'),
            warn: say('warning'),
            warning: say('warning'),
            error: say('error'),
        },
        executor: { run: (command, options = {}) => runCommand(command, options, context, link) },
    };
}
async function runCommand(command, options, context, link) {
    const { end, stdout, stderr } = await context.processes.run({ ...invocationOf(command), ...options, output: 'both' });
    switch (end.kind) {
        case 'exit':
            return { exitCode: end.code, signal: null, stdout, stderr };
        case 'signal':
            return { exitCode: end.code, signal: end.signal, stdout, stderr };
        case 'timeout':
            throw link.makeError({ kind: 'timeout', message: `The command took longer than its time: ${shown(command)}` });
        case 'cancelled':
            throw link.makeError({ kind: 'cancelled', message: `The command was cancelled: ${shown(command)}` });
        case 'not-started':
        case 'too-much-output':
            throw link.makeError(end.failure);
    }
}
function invocationOf(command) {
    if (typeof command === 'string') {
        return { command: 'bash', args: ['--noprofile', '--norc', '-eo', 'pipefail', '-c', '--', command] };
    }
    const [program = '', ...args] = command;
    return { command: program, args };
}
function shown(command) {
    return typeof command === 'string' ? command : command.join(' ');
}

;// CONCATENATED MODULE: ./lib/src/adapters/plugin-host/child/perform-task.js








const nothingLeft = async () => { };
async function performTask(task, link, services) {
    const code = await loadUnit(task.unit);
    switch (task.kind) {
        case 'describe': {
            const description = task.unit.kind === 'plugin' ? describePlugin(code) : describeModule(code);
            return { answer: plainOrRefuse(description, 'the description', services), cleanUp: nothingLeft };
        }
        case 'call':
            return { answer: await call(task, code, link, services), cleanUp: nothingLeft };
        case 'adapter':
            return makeAdapter(task, code, link, services);
    }
}
async function loadUnit({ file, kind }) {
    let value;
    try {
        value = await importCode(file);
    }
    catch (error) {
        throw new HostedFailure(loadFailure(error, file));
    }
    if (isRecord(value))
        return value;
    const wanted = kind === 'plugin' ? 'a plugin made by `definePlugin`' : 'a map with `name`, `version` and `actions`';
    const given = value === null || value === undefined ? 'nothing' : `a ${typeof value}`;
    throw hostedFailure('handler', `its default export is ${given} instead of ${wanted}`);
}
function call(task, code, link, services) {
    const context = hostedContext(task.data, link);
    return task.unit.kind === 'module'
        ? callAction(task, code, moduleContext(context, link), services)
        : callHandler(task, recordAt(recordAt(code, 'handlers'), task.action), withDone(context, task.data), services);
}
function withDone(context, { done }) {
    return done === undefined ? context : Object.assign({}, context, { done });
}
async function callAction({ handler, action }, code, context, services) {
    const actions = recordAt(code, 'actions');
    if (!Object.hasOwn(actions, action) || !hasMethod(actions, action)) {
        throw hostedFailure('not-found', `The module has no action "${action}" any more.`);
    }
    let result;
    try {
        result = await callMethod(actions, action, [context.config, context]);
    }
    catch (error) {
        throw new HostedFailure(actionFailure(error, handler, services));
    }
    const copied = services.copyPlainData(result ?? null, 'its result');
    if (!copied.ok)
        throw hostedFailure('output', `The action ${handler} gave an unusable result: ${copied.error}.`);
    return copied.value;
}
function actionFailure(error, handler, services) {
    const failure = withAccess(error, services.failureOf(error, handler));
    if (failure.kind !== 'handler' || (error instanceof Error && 'failure' in error))
        return failure;
    const message = error instanceof Error ? error.message : String(error);
    return { ...failure, message: message === '' ? `The action ${handler} threw an error without a message.` : message };
}
async function callHandler({ handler: name, method }, handler, context, services) {
    if (!hasMethod(handler, method))
        throw hostedFailure('not-found', `The handler ${name} has no ${method} any more.`);
    if (method !== 'execute') {
        try {
            return plainOrRefuse(await callMethod(handler, method, [context]), `the ${method}`, services);
        }
        catch (error) {
            throw new HostedFailure(withAccess(error, services.failureOf(error, name)));
        }
    }
    try {
        const outcome = services.readOutcome(await callMethod(handler, method, [context]), name);
        if (outcome.kind !== 'failed')
            return (0,json/* plainData */.lZ)(outcome);
        return (0,json/* plainData */.lZ)({ ...outcome, failure: withOwnWord(outcome.failure, handler) });
    }
    catch (error) {
        throw new HostedFailure(withOwnWord(withAccess(error, services.failureOf(error, name)), handler));
    }
}
function withOwnWord(failure, handler) {
    if (failure.retryable !== undefined)
        return failure;
    try {
        const word = callMethod(handler, 'retryable', [failure]);
        return typeof word === 'boolean' ? { ...failure, retryable: word } : failure;
    }
    catch {
        return failure;
    }
}
function withAccess(error, failure) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED'))
        return failure;
    const { permission, resource } = error;
    const wanted = String(permission ?? 'this');
    const declared = wanted.startsWith('FileSystem') ? 'files' : 'processes';
    const what = typeof resource === 'string' && resource !== '' ? `${wanted} of ${resource}` : wanted;
    return {
        ...failure,
        kind: 'permission',
        message: `The plugin may not do this by itself: ${what}. Use the context, or declare \`permissions: ['${declared}']\`; files outside the workspace are out of reach.`,
    };
}
async function makeAdapter({ adapter, data }, code, link, services) {
    const made = await callMethod(recordAt(recordAt(code, 'adapters'), adapter), 'initialize', [
        adapterContext(data, link),
    ]);
    if (!isRecord(made) || !isRecord(made.api)) {
        throw hostedFailure('handler', `The adapter "${adapter}" gave no map \`api\` when it was initialised.`);
    }
    const { api } = made;
    link.onInvoke = (id, method, args) => void invoke(api, { id, method, args }, link, services);
    return {
        answer: methodsOf(api),
        cleanUp: async () => {
            await callMethod(made, 'cleanup', []);
        },
    };
}
async function invoke(api, { id, method, args }, link, services) {
    try {
        const value = plainOrRefuse(await callMethod(api, method, args), `the answer of ${method}`, services);
        link.send({ kind: 'returned', id, value });
    }
    catch (error) {
        link.send({ kind: 'threw', id, failure: withAccess(error, failureFrom(error)) });
    }
}
function methodsOf(api) {
    const names = new Set();
    for (let at = api; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
        for (const name of Object.getOwnPropertyNames(at))
            if (name !== 'constructor' && hasMethod(api, name))
                names.add(name);
    }
    return [...names];
}
function plainOrRefuse(value, place, { copyPlainData }) {
    const copied = copyPlainData(value ?? null, place);
    if (!copied.ok)
        throw hostedFailure('output', `The plugin gave something unusable: ${copied.error}.`);
    return copied.value;
}

;// CONCATENATED MODULE: ./lib/src/adapters/plugin-host/child/plugin-api-module.js

const url = 'vwmp:plugin-api';
const key = Symbol.for('vwmp.plugin-api');
function providePluginApi(api) {
    Object.defineProperty(globalThis, key, { value: api });
    const names = Object.keys(api).filter((name) => /^[A-Za-z_]\w*$/.test(name));
    const source = [
        `const api = globalThis[Symbol.for('vwmp.plugin-api')];`,
        ...names.map((name) => `export const ${name} = api.${name};`),
    ].join('\n');
    (0,external_node_module_namespaceObject.registerHooks)({
        resolve: (specifier, context, next) => specifier === 'vwmp/plugin-api' ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
        load: (wanted, context, next) => wanted === url ? { format: 'module', source, shortCircuit: true } : next(wanted, context),
    });
}

;// CONCATENATED MODULE: ./lib/src/adapters/plugin-host/child/serve-host.js




const channelDescriptor = 3;
const lastWordsMs = 500;
async function serveHost(services) {
    const exit = process.exit.bind(process);
    printAtOnce();
    const link = new ParentLink(channelDescriptor);
    link.makeError = errorsOf(services);
    providePluginApi(services.pluginApi);
    let cleanUp = async () => { };
    link.onEnd = () => void cleanUp().finally(() => exit(0));
    link.signal.onCancel(() => {
        setTimeout(() => exit(1), lastWordsMs);
        void cleanUp();
    });
    process.on('SIGTERM', () => { });
    process.on('uncaughtException', (error) => void report({ kind: 'broke', failure: uncaught(error) }));
    const task = await link.task;
    try {
        const performed = await performTask(task, link, services);
        cleanUp = once(performed.cleanUp);
        link.send({ kind: 'answer', value: performed.answer });
    }
    catch (error) {
        await report({ kind: 'broke', failure: failureFrom(error) });
    }
    async function report(message) {
        await link.sendLast(message);
    }
}
function printAtOnce() {
    for (const stream of [process.stdout, process.stderr]) {
        const handle = Reflect.get(stream, '_handle');
        const setBlocking = typeof handle === 'object' && handle !== null && Reflect.get(handle, 'setBlocking');
        if (typeof setBlocking === 'function')
            Reflect.apply(setBlocking, handle, [true]);
    }
}
function once(work) {
    let done = null;
    return () => {
        done ??= work();
        return done;
    };
}
function errorsOf({ pluginApi }) {
    return (failure) => {
        const { kind, message, ...more } = failure;
        const Made = pluginApi.PluginFailure;
        const made = typeof Made === 'function' ? Reflect.construct(Made, [kind, message, more]) : null;
        return made instanceof Error ? made : Object.assign(new Error(message), { failure });
    };
}
function uncaught(error) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return {
        kind: 'crashed',
        message: `The plugin's process died of an error that nobody caught: ${text}`,
        ...(error instanceof Error && error.stack !== undefined && { cause: error.stack }),
    };
}

/***/ }),

/***/ 260:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  g: () => (/* binding */ failureOf),
  f: () => (/* binding */ readFailure)
});

;// CONCATENATED MODULE: ./lib/src/core/model/failure.js
const failureKinds = [
    'configuration',
    'handler',
    'exit',
    'timeout',
    'cancelled',
    'crashed',
    'lost',
    'output',
    'visit-limit',
    'budget',
    'not-found',
    'permission',
];
function isFailureKind(text) {
    return failureKinds.includes(text);
}

// EXTERNAL MODULE: ./lib/src/core/model/json.js
var json = __nccwpck_require__(462);
// EXTERNAL MODULE: ./lib/src/core/model/result.js
var result = __nccwpck_require__(313);
// EXTERNAL MODULE: ./lib/src/adapters/plugin-loader/plain-data.js
var plain_data = __nccwpck_require__(34);
;// CONCATENATED MODULE: ./lib/src/adapters/plugin-loader/failure-of.js




function failureOf(error, handler) {
    const carried = error instanceof Error && 'failure' in error ? readFailure(error.failure) : null;
    if (carried?.ok)
        return carried.value;
    const message = error instanceof Error ? error.message : String(error);
    return {
        kind: 'handler',
        message: `The handler ${handler} broke: ${message}`,
        ...(error instanceof Error && error.stack !== undefined && { cause: error.stack }),
    };
}
const optionalFields = {
    exitCode: 'number',
    cause: 'string',
    file: 'string',
    line: 'number',
    retryable: 'boolean',
};
function readFailure(value) {
    const copied = (0,plain_data/* copyPlainData */.o)(value, 'the failure');
    if (!copied.ok)
        return copied;
    const failure = copied.value;
    if (!(0,json/* isJsonMap */.FF)(failure))
        return (0,result/* err */._)('the failure is not a map');
    const { kind, message } = failure;
    if (typeof kind !== 'string' || !isFailureKind(kind))
        return (0,result/* err */._)(`the failure has the unknown kind ${JSON.stringify(kind)}`);
    if (typeof message !== 'string')
        return (0,result/* err */._)('the failure has no message');
    for (const [field, type] of Object.entries(optionalFields)) {
        if (failure[field] !== undefined && typeof failure[field] !== type)
            return (0,result/* err */._)(`the failure's ${field} is not a ${type}`);
    }
    return (0,result.ok)({ ...failure, kind, message });
}

/***/ }),

/***/ 34:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ copyPlainData)
/* harmony export */ });
/* unused harmony export maxOutputBytes */
/* harmony import */ var _core_model_json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(462);
/* harmony import */ var _core_model_result_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(313);


const maxOutputBytes = 1024 * 1024;
const maxDepth = 100;
function copyPlainData(value, place) {
    try {
        const copy = new Copier().copy(value, place, []);
        const bytes = Buffer.byteLength(JSON.stringify(copy));
        return bytes > maxOutputBytes ? (0,_core_model_result_js__WEBPACK_IMPORTED_MODULE_0__/* .err */ ._)(tooLarge(place)) : (0,_core_model_result_js__WEBPACK_IMPORTED_MODULE_0__.ok)(copy);
    }
    catch (error) {
        return (0,_core_model_result_js__WEBPACK_IMPORTED_MODULE_0__/* .err */ ._)(error instanceof NotPlain ? error.message : `${place} cannot be read: ${error}`);
    }
}
class NotPlain extends Error {
}
class Copier {
    #parts = 0;
    copy(value, place, holders) {
        if (++this.#parts > maxOutputBytes)
            throw new NotPlain(tooLarge(place));
        switch (typeof value) {
            case 'string':
            case 'boolean':
                return value;
            case 'number':
                if (!Number.isFinite(value))
                    throw new NotPlain(`${place} is ${value}, which is not a number of JSON`);
                return value === 0 ? 0 : value;
            case 'object':
                return value === null ? null : this.#copyObject(value, place, holders);
            default:
                throw new NotPlain(`${place} is ${typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`}, which is not plain data`);
        }
    }
    #copyObject(value, place, holders) {
        if (holders.includes(value))
            throw new NotPlain(`${place} holds itself`);
        if (holders.length >= maxDepth)
            throw new NotPlain(`${place} is nested deeper than ${maxDepth} levels`);
        const within = [...holders, value];
        if (Array.isArray(value))
            return Array.from(value, (item, index) => this.copy(item, `${place}[${index}]`, within));
        if (!isPlainMap(value))
            throw new NotPlain(`${place} is a ${nameOfKind(value)}, which is not plain data`);
        const copy = (0,_core_model_json_js__WEBPACK_IMPORTED_MODULE_1__/* .emptyMap */ .MZ)();
        for (const [key, member] of Object.entries(value)) {
            if (member !== undefined)
                copy[key] = this.copy(member, `${place}.${key}`, within);
        }
        return copy;
    }
}
function isPlainMap(value) {
    const prototype = Object.getPrototypeOf(value);
    return prototype === null || (typeof prototype === 'object' && Object.getPrototypeOf(prototype) === null);
}
function nameOfKind(value) {
    return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
function tooLarge(place) {
    return `${place} is larger than ${maxOutputBytes} bytes: put large data into a file and give its path`;
}

/***/ }),

/***/ 296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ readOutcome)
/* harmony export */ });
/* unused harmony export readOutputs */
/* harmony import */ var _core_model_json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(462);
/* harmony import */ var _core_model_result_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(313);
/* harmony import */ var _failure_of_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(260);
/* harmony import */ var _plain_data_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(34);




function readOutcome(answer, handler) {
    if (!isRecord(answer))
        return nonsense(handler, `${describe(answer)} instead of an outcome`);
    const extras = readExtras(answer);
    if (!extras.ok)
        return nonsense(handler, extras.error);
    switch (answer.kind) {
        case 'success': {
            const outputs = readOutputs(answer.outputs);
            return outputs.ok
                ? { kind: 'success', outputs: outputs.value, ...extras.value }
                : badOutputs(handler, outputs.error);
        }
        case 'failed': {
            const failure = (0,_failure_of_js__WEBPACK_IMPORTED_MODULE_0__/* .readFailure */ .f)(answer.failure);
            if (!failure.ok)
                return nonsense(handler, failure.error);
            const outputs = readOutputs(answer.outputs ?? {});
            if (!outputs.ok)
                return badOutputs(handler, outputs.error);
            return { kind: 'failed', failure: failure.value, outputs: outputs.value, ...extras.value };
        }
        case 'skipped':
            if (typeof answer.reason !== 'string')
                return nonsense(handler, 'a skip without a reason');
            return { kind: 'skipped', reason: answer.reason, ...extras.value };
        default:
            return nonsense(handler, `an outcome of the unknown kind ${JSON.stringify(answer.kind)}`);
    }
}
function readOutputs(value) {
    const copied = (0,_plain_data_js__WEBPACK_IMPORTED_MODULE_1__/* .copyPlainData */ .o)(value, 'outputs');
    if (!copied.ok)
        return copied;
    return (0,_core_model_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isJsonMap */ .FF)(copied.value) ? (0,_core_model_result_js__WEBPACK_IMPORTED_MODULE_3__.ok)(copied.value) : (0,_core_model_result_js__WEBPACK_IMPORTED_MODULE_3__/* .err */ ._)('outputs is not a map of names to values');
}
function readExtras(answer) {
    const findings = readList(answer.findings, 'findings', isFinding);
    if (!findings.ok)
        return findings;
    const files = readList(answer.files, 'files', isPublishedFile);
    if (!files.ok)
        return files;
    return (0,_core_model_result_js__WEBPACK_IMPORTED_MODULE_3__.ok)({
        ...(findings.value.length > 0 && { findings: findings.value }),
        ...(files.value.length > 0 && { files: files.value }),
    });
}
function readList(value, name, isItem) {
    if (value === undefined)
        return (0,_core_model_result_js__WEBPACK_IMPORTED_MODULE_3__.ok)([]);
    if (!Array.isArray(value))
        return (0,_core_model_result_js__WEBPACK_IMPORTED_MODULE_3__/* .err */ ._)(`${name} that are not a list`);
    const items = [];
    for (const [index, item] of value.entries()) {
        const copied = (0,_plain_data_js__WEBPACK_IMPORTED_MODULE_1__/* .copyPlainData */ .o)(item, `${name}[${index}]`);
        if (!copied.ok)
            return copied;
        if (!isItem(copied.value))
            return (0,_core_model_result_js__WEBPACK_IMPORTED_MODULE_3__/* .err */ ._)(`${name}[${index}] with a missing or wrong field`);
        items.push(copied.value);
    }
    return (0,_core_model_result_js__WEBPACK_IMPORTED_MODULE_3__.ok)(items);
}
function isFinding(item) {
    if (!isRecord(item) || typeof item.message !== 'string')
        return false;
    if (item.level !== 'error' && item.level !== 'warning' && item.level !== 'notice')
        return false;
    return (isOptional(item.file, 'string') &&
        isOptional(item.line, 'number') &&
        isOptional(item.column, 'number') &&
        isOptional(item.rule, 'string') &&
        isOptional(item.hint, 'string') &&
        (item.changed === undefined || item.changed === 'lines' || item.changed === 'file') &&
        (item.count === undefined || (Number.isSafeInteger(item.count) && Number(item.count) > 0)));
}
function isPublishedFile(item) {
    return isRecord(item) && typeof item.path === 'string' && isOptional(item.title, 'string');
}
function isOptional(value, type) {
    return value === undefined || typeof value === type;
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function describe(answer) {
    if (answer === null || answer === undefined)
        return String(answer);
    return Array.isArray(answer) ? 'a list' : `a ${typeof answer}`;
}
function badOutputs(handler, fault) {
    return {
        kind: 'failed',
        failure: { kind: 'output', message: `The handler ${handler} gave unusable outputs: ${fault}.` },
    };
}
function nonsense(handler, fault) {
    return { kind: 'failed', failure: { kind: 'handler', message: `The handler ${handler} answered with ${fault}.` } };
}

/***/ }),

/***/ 462:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FF: () => (/* binding */ isJsonMap),
/* harmony export */   MZ: () => (/* binding */ emptyMap),
/* harmony export */   P8: () => (/* binding */ isJsonList),
/* harmony export */   lZ: () => (/* binding */ plainData)
/* harmony export */ });
function isJsonMap(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isJsonList(value) {
    return Array.isArray(value);
}
function emptyMap() {
    return Object.create(null);
}
function plainData(model) {
    return model;
}

/***/ }),

/***/ 313:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ err),
/* harmony export */   ok: () => (/* binding */ ok)
/* harmony export */ });
/* unused harmony export unreachable */
function ok(value) {
    return { ok: true, value };
}
function err(error) {
    return { ok: false, error };
}
function unreachable(value) {
    throw new Error(`unreachable: ${JSON.stringify(value)}`);
}

/***/ }),

/***/ 181:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ CancelSource)
/* harmony export */ });
class CancelSource {
    #listeners = new Set();
    #reason = null;
    get cancelled() {
        return this.#reason !== null;
    }
    get reason() {
        return this.#reason ?? '';
    }
    cancel(reason) {
        if (this.#reason !== null)
            return;
        this.#reason = reason;
        const listeners = [...this.#listeners];
        this.#listeners.clear();
        for (const listener of listeners)
            listener(reason);
    }
    onCancel(listener) {
        if (this.#reason !== null) {
            listener(this.#reason);
            return () => { };
        }
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }
}

/***/ }),

/***/ 865:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _adapters_plugin_host_child_serve_host_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(901);
/* harmony import */ var _adapters_plugin_loader_failure_of_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(260);
/* harmony import */ var _adapters_plugin_loader_plain_data_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(34);
/* harmony import */ var _adapters_plugin_loader_read_outcome_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(296);
/* harmony import */ var _plugin_api_index_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(132);





await (0,_adapters_plugin_host_child_serve_host_js__WEBPACK_IMPORTED_MODULE_0__/* .serveHost */ .E)({ pluginApi: _plugin_api_index_js__WEBPACK_IMPORTED_MODULE_3__, readOutcome: _adapters_plugin_loader_read_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .readOutcome */ .n, failureOf: _adapters_plugin_loader_failure_of_js__WEBPACK_IMPORTED_MODULE_1__/* .failureOf */ .g, copyPlainData: _adapters_plugin_loader_plain_data_js__WEBPACK_IMPORTED_MODULE_4__/* .copyPlainData */ .o });

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 132:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

// ESM COMPAT FLAG
__nccwpck_require__.r(__webpack_exports__);

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  CancelSource: () => (/* reexport */ cancel/* CancelSource */._),
  PluginFailure: () => (/* reexport */ PluginFailure),
  booleanValue: () => (/* reexport */ booleanValue),
  cells: () => (/* reexport */ cells),
  compilePattern: () => (/* reexport */ compilePattern),
  defaultBranchPattern: () => (/* reexport */ defaultBranchPattern),
  definePlugin: () => (/* reexport */ definePlugin),
  failed: () => (/* reexport */ failed),
  fillTemplate: () => (/* reexport */ fillTemplate),
  filledName: () => (/* reexport */ filledName),
  filledText: () => (/* reexport */ filledText),
  findVersions: () => (/* reexport */ findVersions),
  formatText: () => (/* reexport */ formatText),
  frontMatterEnd: () => (/* reexport */ frontMatterEnd),
  givenFor: () => (/* reexport */ givenFor),
  handlerFailure: () => (/* reexport */ handlerFailure),
  headings: () => (/* reexport */ headings),
  inTurn: () => (/* reexport */ inTurn),
  inertComments: () => (/* reexport */ inertComments),
  insertLines: () => (/* reexport */ insertLines),
  integerValue: () => (/* reexport */ integerValue),
  isJsonList: () => (/* reexport */ json/* isJsonList */.P8),
  isJsonMap: () => (/* reexport */ json/* isJsonMap */.FF),
  isRefName: () => (/* reexport */ isRefName),
  lineText: () => (/* reexport */ lineText),
  logFindings: () => (/* reexport */ logFindings),
  mentionsVersion: () => (/* reexport */ mentionsVersion),
  optionalText: () => (/* reexport */ optionalText),
  parseText: () => (/* reexport */ parseText),
  releaseOf: () => (/* reexport */ releaseOf),
  releaseOfTag: () => (/* reexport */ releaseOfTag),
  releaseOfVersion: () => (/* reexport */ releaseOfVersion),
  releaseOutputs: () => (/* reexport */ releaseOutputs),
  releasesOf: () => (/* reexport */ releasesOf),
  replaceLine: () => (/* reexport */ replaceLine),
  requiredText: () => (/* reexport */ requiredText),
  sectionEnd: () => (/* reexport */ sectionEnd),
  showTemplate: () => (/* reexport */ showTemplate),
  skipped: () => (/* reexport */ skipped),
  success: () => (/* reexport */ success),
  tableRow: () => (/* reexport */ tableRow),
  tables: () => (/* reexport */ tables),
  templateValue: () => (/* reexport */ templateValue),
  textList: () => (/* reexport */ textList),
  unfilledPlaceholders: () => (/* reexport */ unfilledPlaceholders),
  unifiedDiff: () => (/* reexport */ unifiedDiff),
  visibleLines: () => (/* reexport */ visibleLines),
  withoutV: () => (/* reexport */ withoutV),
  workItemOf: () => (/* reexport */ workItemOf)
});

// EXTERNAL MODULE: ./lib/src/core/model/json.js
var json = __nccwpck_require__(462);
// EXTERNAL MODULE: ./lib/src/core/ports/cancel.js
var cancel = __nccwpck_require__(181);
;// CONCATENATED MODULE: ./lib/src/plugin-api/outcomes.js
function success(outputs, findings = []) {
    return { kind: 'success', outputs, findings };
}
function skipped(reason) {
    return { kind: 'skipped', reason };
}
function failed(failure, findings = []) {
    return { kind: 'failed', failure, findings };
}
function handlerFailure(message, more = {}) {
    return { kind: 'handler', message, ...more };
}
class PluginFailure extends Error {
    failure;
    constructor(kind, message, more = {}) {
        super(message);
        this.failure = { kind, message, ...more };
    }
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/config-values.js


function requiredText(config, key) {
    const value = optionalText(config, key);
    if (value === null)
        throw misfit(key, 'a text', config[key]);
    return value;
}
function optionalText(config, key) {
    const value = config[key];
    if (value === undefined || value === null)
        return null;
    if (typeof value === 'string')
        return value;
    if (typeof value === 'number')
        return String(value);
    throw misfit(key, 'a text', value);
}
function booleanValue(config, key, otherwise) {
    const value = config[key];
    if (value === undefined || value === null)
        return otherwise;
    if (typeof value === 'boolean')
        return value;
    throw misfit(key, 'true or false', value);
}
function integerValue(config, key, otherwise) {
    const value = config[key];
    if (value === undefined || value === null)
        return otherwise;
    if (typeof value === 'number' && Number.isInteger(value))
        return value;
    throw misfit(key, 'an integer', value);
}
function textList(config, key) {
    const value = config[key];
    if (value === undefined || value === null)
        return [];
    if (!(0,json/* isJsonList */.P8)(value))
        throw misfit(key, 'a list of texts', value);
    return value.map((item) => {
        if (typeof item !== 'string')
            throw misfit(key, 'a list of texts', item);
        return item;
    });
}
function templateValue(config, key) {
    const value = config[key];
    if (value === undefined || value === null)
        return null;
    if (typeof value === 'string')
        return { template: [value] };
    const parts = (0,json/* isJsonMap */.FF)(value) ? value.template : undefined;
    if (!(0,json/* isJsonList */.P8)(parts))
        throw misfit(key, 'a template', value);
    return { template: parts.map((part) => templatePart(key, part)) };
}
function templatePart(key, part) {
    if (typeof part === 'string')
        return part;
    if ((0,json/* isJsonMap */.FF)(part) && typeof part.name === 'string') {
        return { name: part.name, otherwise: typeof part.otherwise === 'string' ? part.otherwise : null };
    }
    throw misfit(key, 'a template', part);
}
function misfit(key, wanted, value) {
    const given = value === undefined ? 'nothing' : JSON.stringify(value);
    return new PluginFailure('configuration', `the configuration key \`${key}\` takes ${wanted}, not ${given}`, {
        retryable: false,
    });
}

;// CONCATENATED MODULE: ./lib/src/core/ports/plugin.js
const pluginApiVersion = 1;

;// CONCATENATED MODULE: ./lib/src/plugin-api/define-plugin.js

function definePlugin(plugin) {
    return { apiVersion: pluginApiVersion, ...plugin };
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/placeholders.js
function unfilledPlaceholders(text, own = {}) {
    const names = text.template.flatMap((part) => typeof part !== 'string' && (own[part.name] ?? part.otherwise ?? null) === null ? [part.name] : []);
    return [...new Set(names)];
}
function showTemplate(text, own = {}) {
    return text.template
        .map((part) => (typeof part === 'string' ? part : (own[part.name] ?? part.otherwise ?? `{${part.name}}`)))
        .join('');
}
function givenFor(text, name) {
    for (const part of text.template) {
        if (typeof part !== 'string' && part.name === name && part.otherwise !== null)
            return part.otherwise;
    }
    return null;
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/fill-template.js



function fillTemplate(text, own = {}) {
    return text.template
        .map((part) => (typeof part === 'string' ? part : (own[part.name] ?? part.otherwise ?? '')))
        .join('');
}
function filledText(config, key) {
    const template = templateValue(config, key);
    return template === null ? '' : fillTemplate(template).trim();
}
function filledName(config, key) {
    const template = templateValue(config, key);
    const unfilled = template === null ? [] : unfilledPlaceholders(template);
    if (unfilled.length > 0) {
        const names = unfilled.map((name) => `{${name}}`).join(', ');
        throw new PluginFailure('handler', `nothing gives ${names} of \`${key}\` a value`, { retryable: false });
    }
    const name = filledText(config, key);
    if (name !== '')
        return name;
    throw new PluginFailure('handler', `\`${key}\` gives an empty name`, { retryable: false });
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/in-turn.js
const lastOf = new Map();
function inTurn(handler) {
    return { ...handler, execute: (context) => afterOthers(context.run.id, () => handler.execute(context)) };
}
async function afterOthers(run, work) {
    const before = lastOf.get(run) ?? Promise.resolve();
    const own = before.then(work, work);
    lastOf.set(run, own);
    try {
        return await own;
    }
    finally {
        if (lastOf.get(run) === own)
            lastOf.delete(run);
    }
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/log-findings.js
function logFindings(log, findings) {
    for (const { level, message } of findings)
        log(level === 'notice' ? 'info' : level, message);
    return findings;
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/patterns.js

async function compilePattern(source) {
    const { RE2JS } = await __nccwpck_require__.e(/* import() */ 856).then(__nccwpck_require__.bind(__nccwpck_require__, 856));
    let compiled;
    try {
        compiled = RE2JS.compile(source);
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new PluginFailure('configuration', `the pattern \`${source}\` cannot be read: ${reason}`, {
            retryable: false,
        });
    }
    const names = Object.entries(compiled.namedGroups());
    return {
        firstMatch(text) {
            const matcher = compiled.matcher(text);
            if (!matcher.find())
                return null;
            const groups = [];
            for (let at = 1; at <= matcher.groupCount(); at++)
                groups.push(matcher.group(at) ?? null);
            const named = Object.fromEntries(names.map(([name, at]) => [name, groups[Number(at) - 1] ?? null]));
            return { text: matcher.group() ?? '', groups, named };
        },
    };
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/release-state.js

const finder = 'release.version_bump';
const outcomes = ['new', 'continued', 'released', 'nothing'];
function releaseOutputs(release) {
    const { outcome, version, tag, commit, old, previous, previousTag, paths, remoteHead, base, movedFrom, why } = release;
    return {
        outcome,
        new_version: outcome === 'nothing' ? null : version,
        current_version: version,
        tag_name: tag,
        release_commit: commit,
        old_version: old,
        previous_version: previous,
        previous_tag: previousTag,
        paths: [...paths],
        remote_head: remoteHead === null ? null : { ...remoteHead },
        base_commit: base,
        moved_from: movedFrom,
        why,
    };
}
async function releaseOf(context) {
    return firstToDo(await releasesOf(context));
}
function firstToDo(releases) {
    for (const outcome of outcomes) {
        const release = releases.find((candidate) => candidate.outcome === outcome);
        if (release)
            return release;
    }
    return null;
}
async function releaseNamed(context, named) {
    const releases = await releasesOf(context);
    if (releases.length < 2)
        return firstToDo(releases);
    const candidates = releases.filter((release) => isNamed(release, named));
    const own = candidates.find(({ paths }) => 'paths' in named && isSameList(paths, named.paths));
    return own ?? firstToDo(candidates) ?? firstToDo(releases);
}
function isNamed({ outcome, version, tag }, named) {
    const name = 'tag' in named ? named.tag : named.version;
    return name === null ? outcome === 'nothing' : name === ('tag' in named ? tag : version);
}
function isSameList(one, other) {
    return one.length === other.length && one.every((text, at) => text === other[at]);
}
async function releasesOf(context) {
    return (await context.upstream(finder)).flatMap(({ outputs }) => readRelease(outputs) ?? []);
}
function readRelease(outputs) {
    const outcome = outcomes.find((known) => known === outputs.outcome);
    const version = textOf(outputs.current_version);
    if (outcome === undefined || version === null)
        return null;
    return {
        outcome,
        version,
        tag: textOf(outputs.tag_name),
        commit: textOf(outputs.release_commit),
        old: textOf(outputs.old_version),
        previous: textOf(outputs.previous_version),
        previousTag: textOf(outputs.previous_tag),
        paths: (0,json/* isJsonList */.P8)(outputs.paths) ? outputs.paths.map(String) : [],
        remoteHead: remoteHeadOf(outputs.remote_head),
        base: textOf(outputs.base_commit),
        movedFrom: textOf(outputs.moved_from),
        why: textOf(outputs.why) ?? '',
    };
}
function remoteHeadOf(value) {
    if (value === undefined || !(0,json/* isJsonMap */.FF)(value))
        return null;
    const [remote, branch, commit] = [textOf(value.remote), textOf(value.branch), textOf(value.commit)];
    return remote === null || branch === null || commit === null ? null : { remote, branch, commit };
}
function textOf(value) {
    return typeof value === 'string' ? value : null;
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/release-of-step.js



function releaseOfVersion(context) {
    const template = templateValue(context.config, 'version');
    const version = template === null ? null : withoutV(fillTemplate(template).trim());
    return releaseNamed(context, { version, paths: textList(context.config, 'paths') });
}
function releaseOfTag(context) {
    const template = templateValue(context.config, 'tag_template');
    return releaseNamed(context, { tag: template === null ? null : fillTemplate(template).trim() });
}
function withoutV(version) {
    return version.replace(/^[vV](?=\d)/, '');
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/text/inert-comments.js
function inertComments(text) {
    return text.replaceAll('<!--', '\\<!--');
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/text/markdown-lines.js
function visibleLines(document) {
    const visible = [];
    let fence = null;
    let comment = false;
    const bodyStart = frontMatterEnd(document);
    for (const [at, { text }] of document.lines.entries()) {
        if (at < bodyStart) {
            visible.push(false);
        }
        else if (fence !== null) {
            visible.push(false);
            if (closesFence(text, fence))
                fence = null;
        }
        else if (comment) {
            visible.push(false);
            comment = !text.includes('-->');
        }
        else {
            fence = openingFence(text);
            comment = fence === null && opensComment(text);
            visible.push(fence === null && !text.trimStart().startsWith('<!--'));
        }
    }
    return visible;
}
const frontMatterEnds = new Map([
    ['---', /^(?:---|\.\.\.)\s*$/],
    ['+++', /^\+\+\+\s*$/],
]);
function frontMatterEnd(document) {
    const closing = frontMatterEnds.get(document.lines[0]?.text.trimEnd() ?? '');
    if (!closing)
        return 0;
    const end = document.lines.findIndex(({ text }, at) => at > 0 && closing.test(text));
    return end === -1 ? 0 : end + 1;
}
function headings(document) {
    const visible = visibleLines(document);
    const found = [];
    for (const [at, { text }] of document.lines.entries()) {
        if (!visible[at])
            continue;
        const marked = /^ {0,3}(#{1,6})(?=[ \t]|$)/.exec(text);
        if (marked) {
            found.push({ line: at, level: marked[1]?.length ?? 1, text: withoutClosing(text.slice(marked[0].length)) });
            continue;
        }
        const underline = /^ {0,3}(=+|-{2,})[ \t]*$/.exec(document.lines[at + 1]?.text ?? '');
        if (underline && visible[at + 1] && /^ {0,3}[^\s>|#-]/.test(text) && !inItem(document, at)) {
            found.push({ line: at, level: underline[1]?.startsWith('=') ? 1 : 2, text: text.trim() });
        }
    }
    return found;
}
function withoutClosing(rest) {
    const text = rest.trim();
    let end = text.length;
    while (text[end - 1] === '#')
        end -= 1;
    const isClosed = end === 0 || /[ \t]/.test(text[end - 1] ?? '');
    return isClosed ? text.slice(0, end).trimEnd() : text;
}
function inItem(document, line) {
    for (let at = line; at >= 0; at--) {
        const text = document.lines[at]?.text ?? '';
        if (/^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]/.test(text))
            return true;
        if (text.trim() === '' || /^ {0,3}(?:#{1,6}(?:[ \t]|$)|(?:=+|-{2,})[ \t]*$|`{3}|~{3}|-->)/.test(text))
            return false;
    }
    return false;
}
function sectionEnd(document, all, heading) {
    const next = all.find((other) => other.line > heading.line && other.level <= heading.level);
    return next?.line ?? document.lines.length;
}
function openingFence(text) {
    const match = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(text);
    if (!match?.[1] || (match[1].startsWith('`') && match[2]?.includes('`')))
        return null;
    return match[1];
}
function closesFence(text, fence) {
    const match = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(text)?.[1];
    return match !== undefined && match[0] === fence[0] && match.length >= fence.length;
}
function opensComment(text) {
    const bare = text.replace(/\\<!--/g, '').replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '');
    const start = bare.lastIndexOf('<!--');
    return start !== -1 && !bare.includes('-->', start);
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/text/text-document.js
function parseText(text) {
    const bom = text.startsWith('\uFEFF');
    const body = bom ? text.slice(1) : text;
    const lines = body === '' ? [] : splitLines(body);
    const crlf = lines.filter((line) => line.end === '\r\n').length;
    const lf = lines.filter((line) => line.end === '\n').length;
    return { bom, lines, eol: crlf > lf ? '\r\n' : '\n' };
}
function formatText(document) {
    const body = document.lines.map((line) => line.text + line.end).join('');
    return document.bom ? `\uFEFF${body}` : body;
}
function insertLines(document, at, texts) {
    const before = document.lines.slice(0, at);
    const last = before.at(-1);
    if (last && last.end === '')
        before[before.length - 1] = { text: last.text, end: document.eol };
    const inserted = texts.map((text) => ({ text, end: document.eol }));
    return { ...document, lines: [...before, ...inserted, ...document.lines.slice(at)] };
}
function replaceLine(document, at, text) {
    const lines = document.lines.map((line, index) => (index === at ? { text, end: line.end } : line));
    return { ...document, lines };
}
function lineText(document, at) {
    return document.lines[at]?.text ?? '';
}
function splitLines(body) {
    return (body.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => {
        if (line.endsWith('\r\n'))
            return { text: line.slice(0, -2), end: '\r\n' };
        if (line.endsWith('\n'))
            return { text: line.slice(0, -1), end: '\n' };
        return { text: line, end: '' };
    });
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/text/markdown-table.js

function tables(document, visible) {
    const found = [];
    for (let at = 1; at < document.lines.length; at++) {
        const header = lineText(document, at - 1);
        if (!visible[at] || !visible[at - 1] || !isDelimiter(lineText(document, at)) || !header.includes('|'))
            continue;
        let end = at + 1;
        while (end < document.lines.length && visible[end] && lineText(document, end).includes('|'))
            end++;
        found.push({ header: cells(header).map((cell) => cell.text), delimiterLine: at, end });
        at = end;
    }
    return found;
}
function cells(row) {
    const borders = [];
    let code = false;
    for (let at = 0; at < row.length; at++) {
        if (row[at] === '\\')
            at++;
        else if (row[at] === '`')
            code = !code;
        else if (row[at] === '|' && !code)
            borders.push(at);
    }
    const starts = [0, ...borders.map((border) => border + 1)];
    const ends = [...borders, row.length];
    const all = starts.map((start, index) => trimmedCell(row, start, ends[index] ?? row.length));
    const first = row.trimStart().startsWith('|') ? 1 : 0;
    const last = borders.length > first && row.trimEnd().endsWith('|') && row.trimEnd().at(-2) !== '\\' ? -1 : undefined;
    return all.slice(first, last);
}
function tableRow(texts) {
    return `| ${texts.map((text) => text.replace(/\s*\r?\n\s*/g, ' ').replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
}
function isDelimiter(row) {
    return row.includes('-') && /^\s*\|?(?:\s*:?-+:?\s*\|)*\s*(?::?-+:?)?\s*\|?\s*$/.test(row) && /[|]/.test(row);
}
function trimmedCell(row, from, to) {
    let start = from;
    let end = to;
    while (start < end && /\s/.test(row[start] ?? ''))
        start++;
    while (end > start && /\s/.test(row[end - 1] ?? ''))
        end--;
    return { text: row.slice(start, end), start, end };
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/text/ref-name.js
function isRefName(name) {
    return name !== '' && name !== '@' && !name.startsWith('-') && name.split('/').every(isPart);
}
function isPart(part) {
    return !/^$|^\.|\.$|\.lock$|\.\.|@\{|[\s~^:?*[\\\p{Cc}]/u.test(part);
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/text/unified-diff.js
function unifiedDiff(file, before, after) {
    if (before === after)
        return '';
    const changes = compareLines(linesOf(before ?? ''), linesOf(after));
    const head = `--- ${before === null ? '/dev/null' : `a/${file}`}\n+++ b/${file}\n`;
    return head + hunks(changes).map(showHunk).join('');
}
const contextLines = 3;
const mostPairs = 4_000_000;
function linesOf(text) {
    const lines = text.replaceAll('\r\n', '\n').split('\n');
    return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
function compareLines(before, after) {
    let head = 0;
    while (head < before.length && head < after.length && before[head] === after[head])
        head++;
    let tail = 0;
    while (tail < before.length - head &&
        tail < after.length - head &&
        before[before.length - 1 - tail] === after[after.length - 1 - tail]) {
        tail++;
    }
    return [
        ...marked('same', before.slice(0, head)),
        ...compareMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
        ...marked('same', before.slice(before.length - tail)),
    ];
}
function compareMiddle(before, after) {
    if (before.length * after.length > mostPairs)
        return [...marked('removed', before), ...marked('added', after)];
    const width = after.length + 1;
    const lengths = new Uint32Array((before.length + 1) * width);
    const lengthAt = (i, j) => lengths[i * width + j] ?? 0;
    for (let i = before.length - 1; i >= 0; i--) {
        for (let j = after.length - 1; j >= 0; j--) {
            lengths[i * width + j] =
                before[i] === after[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
        }
    }
    const changes = [];
    let i = 0;
    let j = 0;
    while (i < before.length || j < after.length) {
        if (i < before.length && j < after.length && before[i] === after[j]) {
            changes.push({ kind: 'same', text: before[i++] ?? '' });
            j++;
        }
        else if (i < before.length && (j === after.length || lengthAt(i + 1, j) >= lengthAt(i, j + 1))) {
            changes.push({ kind: 'removed', text: before[i++] ?? '' });
        }
        else {
            changes.push({ kind: 'added', text: after[j++] ?? '' });
        }
    }
    return changes;
}
function marked(kind, lines) {
    return lines.map((text) => ({ kind, text }));
}
function hunks(changes) {
    const shown = changes.map((_, at) => changes.slice(Math.max(0, at - contextLines), at + contextLines + 1).some((near) => near.kind !== 'same'));
    const found = [];
    let oldLine = 1;
    let newLine = 1;
    for (const [at, change] of changes.entries()) {
        if (shown[at]) {
            if (!shown[at - 1])
                found.push({ oldStart: oldLine, newStart: newLine, changes: [] });
            found.at(-1)?.changes.push(change);
        }
        if (change.kind !== 'added')
            oldLine++;
        if (change.kind !== 'removed')
            newLine++;
    }
    return found;
}
function showHunk(hunk) {
    const oldCount = hunk.changes.filter((change) => change.kind !== 'added').length;
    const newCount = hunk.changes.filter((change) => change.kind !== 'removed').length;
    const signs = { same: ' ', removed: '-', added: '+' };
    const lines = hunk.changes.map((change) => `${signs[change.kind]}${change.text}\n`).join('');
    return `@@ -${range(hunk.oldStart, oldCount)} +${range(hunk.newStart, newCount)} @@\n${lines}`;
}
function range(start, count) {
    if (count === 0)
        return `${start - 1},0`;
    return count === 1 ? `${start}` : `${start},${count}`;
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/text/version-text.js
const versionPattern = /(?<![0-9A-Za-z.])([vV]?)(\d+(?:\.\d+){2,3}(?:(?:a|b|rc)\d+)?(?:\.post\d+)?(?:\.dev\d+)?(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)(?![0-9A-Za-z]|\.\d)/g;
function findVersions(text) {
    const found = [];
    for (const match of text.matchAll(versionPattern)) {
        const prefix = match[1] ?? '';
        const version = (match[2] ?? '').replace(/\.(?:md|markdown|txt|rst|html?|json|zip|gz|tgz|tar)$/i, '');
        if (prefix === '' && isDate(version))
            continue;
        found.push({ version, prefix, start: match.index, end: match.index + prefix.length + version.length });
    }
    return found;
}
function mentionsVersion(text, version) {
    if (findVersions(text).some((found) => found.version === version))
        return true;
    for (let at = text.indexOf(version); at !== -1; at = text.indexOf(version, at + 1)) {
        const [before, after] = [text.slice(0, at), text.slice(at + version.length)];
        if (/(?:^|[^\w.+-]|[^\w]v)$|^v$/i.test(before) && !/^(?:[\w+]|[.-]\w)/.test(after))
            return true;
    }
    return false;
}
function isDate(version) {
    return (/^\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}$/.test(version) || /^(?:19|20)\d{2}\.(?:0[1-9]|1[0-2])\.\d{2}$/.test(version));
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/work-item.js

const defaultBranchPattern = '(?i)(?:^|[^a-z])e(?:pic)?[-_/ ]?(\\d+)(?:(?:.*?[^a-z])?s(?:tory)?[-_/ ]?(\\d+))?';
async function workItemOf(branch, pattern) {
    const compiled = await compilePattern(pattern);
    const match = branch === null ? null : compiled.firstMatch(branch);
    if (match === null)
        return { epic: null, story: null };
    return {
        epic: (match.named.epic ?? match.groups[0]) || null,
        story: (match.named.story ?? match.groups[1]) || null,
    };
}

;// CONCATENATED MODULE: ./lib/src/plugin-api/index.js





















/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".plugin-host.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(865);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/
