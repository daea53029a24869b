export const id = 328;
export const ids = [328];
export const modules = {

/***/ 5328:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseCommit: () => (/* binding */ parseCommit)
});

// EXTERNAL MODULE: ./node_modules/conventional-commits-parser/dist/index.js + 5 modules
var dist = __webpack_require__(4674);
;// CONCATENATED MODULE: ./lib/plugins/release/commits/breaking-notes.js
const issueActions = new Set([
    'close',
    'closes',
    'closed',
    'fix',
    'fixes',
    'fixed',
    'resolve',
    'resolves',
    'resolved',
]);
const notePattern = /^(?:\*\s+)?BREAKING[ -]CHANGE:\s*(.*)$/;
function breakingNotes(body) {
    const notes = [];
    let open = null;
    let inCode = false;
    for (const line of body.split('\n')) {
        const text = notePattern.exec(line)?.[1];
        if (text !== undefined) {
            open = [text];
            notes.push(open);
            inCode = false;
        }
        else if (open !== null && !inCode && isFooter(line)) {
            open = null;
        }
        else if (open !== null) {
            if (/^\s*(?:`{3}|~{3})/.test(line))
                inCode = !inCode;
            open.push(line);
        }
    }
    return notes.map((lines) => withoutRule(lines.join('\n').trim()));
}
function isFooter(line) {
    if (/^[\w-]+:\s+\S/.test(line))
        return true;
    const [, token, issues] = /^([\w-]+)\s+((?:#|GH-).*)$/i.exec(line) ?? [];
    if (token === undefined || issues === undefined)
        return false;
    return issueActions.has(token.toLowerCase()) || issues.replace(/(?:#|GH-)\w+|\band\b|[\s,.&]/gi, '') === '';
}
function withoutRule(note) {
    return note.replace(/(?:^|\n)-{3,}$/, '').trimEnd();
}

;// CONCATENATED MODULE: ./lib/plugins/release/commits/message-lines.js
const longestBody = 20_000;
const mostNames = 50;
function boundedBody(commit) {
    const body = commit.body.length <= longestBody ? commit.body : endsOf(commit.body);
    return body.replace(/\r\n?|[\u2028\u2029]/g, '\n');
}
function boundedSubject(commit) {
    return commit.subject
        .slice(0, 1000)
        .replace(/[\s\u2028\u2029]+/g, ' ')
        .trim();
}
function asksForNoRelease(subject, body) {
    return /\[(?:skip release|release skip|no release)\]/i.test(`${subject}\n${body}`);
}
function trailersOf(body) {
    const reverted = [];
    const revertedMerges = [];
    const refs = [];
    const coAuthors = [];
    let releaseAs = null;
    for (const line of body === '' ? [] : body.split('\n')) {
        releaseAs ??= /^release-as:[ \t]*v?([0-9A-Za-z][0-9A-Za-z.+!_-]{0,255})[ \t]*$/i.exec(line)?.[1] ?? null;
        const [, revert, merge] = /^This reverts commit ([0-9a-f]{7,64})\b(, reversing\b)?/i.exec(line) ?? [];
        if (revert !== undefined && reverted.length < mostNames) {
            reverted.push(revert.toLowerCase());
            if (merge !== undefined)
                revertedMerges.push(revert.toLowerCase());
        }
        if (/^refs:/i.test(line))
            refs.push(...objectNames(line).slice(0, mostNames - refs.length));
        const person = /^co-authored-by:[ \t]*([^<\n]{1,200})/i.exec(line)?.[1]?.trim();
        if (person && coAuthors.length < mostNames)
            coAuthors.push(person);
    }
    return { releaseAs, reverted, revertedMerges, refs, coAuthors };
}
function endsOf(body) {
    const half = longestBody / 2;
    const head = body.slice(0, half);
    const tail = body.slice(-half);
    return `${head.slice(0, head.lastIndexOf('\n') + 1)}\n${tail.slice(tail.indexOf('\n') + 1)}`;
}
function objectNames(line) {
    return (line.match(/(?<![\w#/-])[0-9a-f]{7,64}(?![\w-])/gi) ?? []).map((name) => name.toLowerCase());
}

;// CONCATENATED MODULE: ./lib/plugins/release/commits/parse-commit.js



const headerPattern = /^([A-Za-z][\w-]{0,49})(?:\(([^()]{0,100})\))?(!)?: (\S.*)$/;
const mostChanges = 500;
const mostReferences = 50;
const parser = new dist/* CommitParser */.Jf({
    headerPattern,
    headerCorrespondence: ['type', 'scope', 'breaking', 'subject'],
    issuePrefixes: ['#', 'GH-'],
    referenceActions: [...issueActions],
    fieldPattern: /(?!)/,
    revertPattern: /(?!)/,
    notesPattern: () => /(?!)/,
});
function parseCommit(commit, settings) {
    if (settings.isReleaseCommit(commit))
        return { kind: 'release' };
    const message = readMessage(commit);
    if (asksForNoRelease(message.subject, message.body))
        return { kind: 'skipped' };
    if (isMerge(commit, message.subject))
        return mergeOf(message, settings);
    return revertOf(message) ?? changesOf(message, settings);
}
function readMessage(commit) {
    const body = boundedBody(commit);
    const trailers = trailersOf(body);
    const authors = [...new Set([commit.author, ...trailers.coAuthors].filter((name) => name.trim() !== ''))];
    return { hash: commit.hash, subject: boundedSubject(commit), body, trailers, authors };
}
const mergeSubject = /^Merge (?:pull request #\d+ from |branch(?:es)? |remote-tracking branch |tag |commit )|^Merged in \S+ \(pull request #\d+\)|^Merged PR \d+: /;
function isMerge(commit, subject) {
    return commit.parents === undefined ? mergeSubject.test(subject) : commit.parents > 1;
}
function mergeOf(message, settings) {
    const { releaseAs } = message.trailers;
    const title = settings.merges === 'title' ? mergeTitle(message) : null;
    if (title === null)
        return { kind: 'merge', releaseAs };
    const titled = { ...message, subject: title };
    const revert = revertOf(titled);
    if (revert?.kind === 'revert' && revert.target.hashes.length === 0)
        return { kind: 'merge', releaseAs };
    return revert ?? changesOf(titled, settings);
}
function mergeTitle(message) {
    if (!mergeSubject.test(message.subject))
        return message.subject;
    const inSubject = /^Merged PR \d+: (.*)$/.exec(message.subject)?.[1];
    const title = inSubject ?? message.body.split('\n').find((line) => line.trim() !== '');
    if (title === undefined)
        return null;
    const number = /#(\d+)|^Merged PR (\d+)/.exec(message.subject);
    const pull = number?.[1] ?? number?.[2];
    return pull === undefined || pullRequestOf(title) !== null ? title.trim() : `${title.trim()} (#${pull})`;
}
function changesOf(message, settings) {
    const { releaseAs } = message.trailers;
    const changes = settings.squashBodies ? squashedChanges(message) : ownChange(message);
    if (changes.length > 0)
        return { kind: 'changes', changes, releaseAs };
    return { kind: 'unconventional', change: changeOf(message, plainHeader(message.subject)), releaseAs };
}
function ownChange(message) {
    const header = readHeader(message.subject);
    return header === null ? [] : [changeOf(message, header)];
}
function squashedChanges(message) {
    const pullRequest = pullRequestOf(message.subject);
    return squashedMessages(message).flatMap((one) => ownChange(one).map((change) => ({ ...change, pullRequest: change.pullRequest ?? pullRequest })));
}
function squashedMessages(message) {
    const title = { subject: message.subject, lines: [] };
    const parts = new Map([[withoutNumber(title.subject), title]]);
    let open = title;
    for (const line of message.body.split('\n')) {
        const subject = listedSubject(line);
        const known = subject === null ? undefined : parts.get(withoutNumber(subject));
        if (subject === null || (known === undefined && parts.size > mostChanges)) {
            open.lines.push(line);
            continue;
        }
        const takesOver = parts.size === 1 && readHeader(title.subject) === null;
        open = known ?? { subject, lines: takesOver ? title.lines : [] };
        parts.set(withoutNumber(subject), open);
    }
    return [...parts.values()].map(({ subject, lines }) => ({ ...message, subject, body: lines.join('\n') }));
}
function listedSubject(line) {
    const written = /^[*-] (.{1,1000})$/.exec(line)?.[1]?.trim();
    return written === undefined || readHeader(written) === null ? null : written;
}
function revertOf(message) {
    const { reverted, revertedMerges, refs, releaseAs } = message.trailers;
    const quoted = unquote(message.subject);
    const header = quoted === null ? readHeader(message.subject) : null;
    if (quoted === null && header?.type !== 'revert')
        return null;
    const hashes = quoted === null && reverted.length === 0 ? refs : reverted;
    const target = {
        hashes: [...new Set(hashes)],
        merges: [...new Set(revertedMerges)],
        subject: namedSubject(quoted, header),
    };
    if (header !== null)
        return { kind: 'revert', target, change: changeOf(message, header), releaseAs };
    const inner = quoted?.inner ?? '';
    const restored = quoted?.restores === true ? readHeader(inner) : null;
    const change = changeOf(message, restored ?? { ...plainHeader(inner), type: 'revert' });
    const pullRequest = pullRequestOf(message.subject) ?? null;
    return { kind: 'revert', target, change: { ...change, pullRequest }, releaseAs };
}
function unquote(subject) {
    let inner = subject;
    let first = null;
    let reverts = 0;
    for (let depth = 0; depth < 10; depth++) {
        const match = /^(Revert|Reapply) "(.*)"(?: \((?:pull request )?#\d{1,10}\))?$/.exec(inner);
        if (!match)
            break;
        inner = match[2] ?? '';
        first ??= inner;
        reverts += match[1] === 'Reapply' ? 2 : 1;
    }
    return first === null ? null : { first, inner, restores: reverts % 2 === 0 };
}
function namedSubject(quoted, header) {
    const subject = quoted?.first ?? header?.subject ?? '';
    return pullRequestOf(subject) === null ? null : subject;
}
function readHeader(subject) {
    const match = headerPattern.exec(subject);
    if (!match?.[1])
        return null;
    const scope = match[2]?.trim() ?? '';
    return {
        type: match[1].toLowerCase(),
        scope: scope === '' ? null : scope,
        breaking: match[3] !== undefined,
        subject: match[4] ?? '',
    };
}
function plainHeader(subject) {
    return { type: '*', scope: null, breaking: false, subject };
}
function changeOf(message, header) {
    const pullRequest = pullRequestOf(message.subject);
    const notes = breakingNotes(message.body);
    return {
        hash: message.hash,
        type: header.type,
        scope: header.scope,
        subject: withoutNumber(header.subject),
        breaking: header.breaking || notes.length > 0,
        breakingNotes: notes.filter((text) => text !== ''),
        references: readReferences(message).filter((one) => one.issue !== pullRequest || one.repository !== null),
        pullRequest,
        authors: message.authors,
    };
}
function readReferences(message) {
    const text = `${message.subject}\n\n${message.body}`;
    if (message.subject === '' || !/#|GH-/i.test(text))
        return [];
    return parser.parse(text).references.slice(0, mostReferences).map(referenceOf);
}
function referenceOf(found) {
    return {
        action: found.action?.toLowerCase() ?? null,
        repository: found.owner !== null && found.repository !== null ? `${found.owner}/${found.repository}` : null,
        prefix: found.prefix,
        issue: found.issue,
    };
}
const numberPattern = / \((?:pull request )?#(\d{1,10})\)$/;
function pullRequestOf(subject) {
    return numberPattern.exec(subject)?.[1] ?? null;
}
function withoutNumber(subject) {
    return subject.replace(numberPattern, '').trim();
}

/***/ })

};
