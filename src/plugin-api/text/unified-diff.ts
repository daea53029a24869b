/** What a preview shows of one file: `before` is `null` for a file that does not exist yet. Empty where nothing changes. */
export function unifiedDiff(file: string, before: string | null, after: string): string {
  if (before === after) return '';
  const changes = compareLines(linesOf(before ?? ''), linesOf(after));
  const head = `--- ${before === null ? '/dev/null' : `a/${file}`}\n+++ b/${file}\n`;
  return head + hunks(changes).map(showHunk).join('');
}

interface LineChange {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly changes: readonly LineChange[];
}

const contextLines = 3;
/** Above this many compared pairs the middle is shown as one block: exact alignment would cost too much memory. */
const mostPairs = 4_000_000;

function linesOf(text: string): readonly string[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function compareLines(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++;
  }
  return [
    ...marked('same', before.slice(0, head)),
    ...compareMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...marked('same', before.slice(before.length - tail)),
  ];
}

/** Longest common subsequence of the part that differs. */
function compareMiddle(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  if (before.length * after.length > mostPairs) return [...marked('removed', before), ...marked('added', after)];
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const lengthAt = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        before[i] === after[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
    }
  }
  const changes: LineChange[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      changes.push({ kind: 'same', text: before[i++] ?? '' });
      j++;
    } else if (i < before.length && (j === after.length || lengthAt(i + 1, j) >= lengthAt(i, j + 1))) {
      changes.push({ kind: 'removed', text: before[i++] ?? '' });
    } else {
      changes.push({ kind: 'added', text: after[j++] ?? '' });
    }
  }
  return changes;
}

function marked(kind: LineChange['kind'], lines: readonly string[]): readonly LineChange[] {
  return lines.map((text) => ({ kind, text }));
}

function hunks(changes: readonly LineChange[]): readonly Hunk[] {
  const shown = changes.map((_, at) =>
    changes.slice(Math.max(0, at - contextLines), at + contextLines + 1).some((near) => near.kind !== 'same'),
  );
  const found: { oldStart: number; newStart: number; changes: LineChange[] }[] = [];
  let oldLine = 1;
  let newLine = 1;
  for (const [at, change] of changes.entries()) {
    if (shown[at]) {
      if (!shown[at - 1]) found.push({ oldStart: oldLine, newStart: newLine, changes: [] });
      found.at(-1)?.changes.push(change);
    }
    if (change.kind !== 'added') oldLine++;
    if (change.kind !== 'removed') newLine++;
  }
  return found;
}

function showHunk(hunk: Hunk): string {
  const oldCount = hunk.changes.filter((change) => change.kind !== 'added').length;
  const newCount = hunk.changes.filter((change) => change.kind !== 'removed').length;
  const signs = { same: ' ', removed: '-', added: '+' };
  const lines = hunk.changes.map((change) => `${signs[change.kind]}${change.text}\n`).join('');
  return `@@ -${range(hunk.oldStart, oldCount)} +${range(hunk.newStart, newCount)} @@\n${lines}`;
}

function range(start: number, count: number): string {
  if (count === 0) return `${start - 1},0`;
  return count === 1 ? `${start}` : `${start},${count}`;
}
