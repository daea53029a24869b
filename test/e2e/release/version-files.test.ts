import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { releaseBench, seed, summary } from './release-rig.ts';

const bump = (file: string, id: number, incrementType = 'patch') => ({
  id: `s${id}`,
  handler: 'release.version_bump',
  config: { version_file: file, increment_type: incrementType },
});

/** Name → text before and text after. */
const raised: { readonly [file: string]: readonly [string, string] } = {
  'double.py': ['__version__ = "1.2.3"\n', '__version__ = "1.2.4"\n'],
  'single.py': ["import x\n__version__='v0.21.0.2+1'", "import x\n__version__='v0.21.0.3+1'"],
  'crlf.py': ['__version__ = "1.2.3"  # the version\r\nx = 1\r\n', '__version__ = "1.2.4"  # the version\r\nx = 1\r\n'],
  'bom.py': ['\uFEFF__version__: str = "1.2.3" # "9.9.9"', '\uFEFF__version__: str = "1.2.4" # "9.9.9"'],
  'comment.py': [
    '# __version__ = "0.0.1"\n__version__ = "1.2.3"\n',
    '# __version__ = "0.0.1"\n__version__ = "1.2.4"\n',
  ],
  'statement.py': ['__version__ = "1.2.3"; x = "1.2.3"\n', '__version__ = "1.2.4"; x = "1.2.3"\n'],
  VERSION: ['1.2.3\n', '1.2.4\n'],
  'no-end': ['v1.2.3', 'v1.2.4'],
  'bom-crlf': ['\uFEFF1.2.3.4+5\r\n', '\uFEFF1.2.3.5+1\r\n'],
  blanks: ['  1.2.3  \n\n', '  1.2.4  \n\n'],
  'ein Ordner/Ü/VERSION': ['0.0.0\n', '0.0.1\n'],
  'package.json': [
    '{\n\t"name": "x",\n\t"peer": { "version": "9.9.9" },\n\t"version" : "1.2.3" ,\n "a": [{"version": "3.3.3"}]\n}',
    '{\n\t"name": "x",\n\t"peer": { "version": "9.9.9" },\n\t"version" : "1.2.4" ,\n "a": [{"version": "3.3.3"}]\n}',
  ],
  'value-named-like-the-key.json': ['{"x": "version", "version":"1.2.3"}', '{"x": "version", "version":"1.2.4"}'],
};

/** Name → text and what the refusal says. */
const refused: { readonly [file: string]: readonly [string, string] } = {
  'two.py': [
    '__version__ = "1.2.3"\n__version__ = "1.2.4"\n',
    'two.py has 2 instead of 1 assignments of `__version__`',
  ],
  'none.py': ['x = 1\n', 'none.py has none of `__version__`'],
  'joined.py': ['__version__ = "1.2.3" "+1"\n', 'joined.py puts `__version__` together from several parts'],
  'sum.py': ['__version__ = "1.2.3" + local\nversion = "1.2.3"\n', 'sum.py puts `__version__` together'],
  'calendar.py': ['__version__ = "2026.09.01"\n', '`increment_type: patch` raises none of its parts: write auto'],
  'short.py': ['__version__ = "1.2"\n', '`1.2` is not a version that can be raised'],
  empty: ['', 'empty is empty: write the current version into it'],
  lines: ['1.2.3\n1.2.4\n', 'lines has 2 lines that are not empty'],
  'number.json': ['{"version": 1}', '`version` in number.json is a number'],
  'inner.json': ['{"a": {"version": "1.2.3"}}', 'inner.json has no `version`'],
  'twice.json': ['{"version":"1.2.3","version":"1.2.4"}', 'twice.json has the key `version` twice'],
  'broken.json': ['{oops', 'broken.json cannot be read as JSON'],
};

/** Version, part to raise, and the next version; a text with a blank is a refusal. */
const increments: readonly (readonly [string, string, string])[] = [
  ['1.2.3', 'patch', '1.2.4'],
  ['1.2.3', 'minor', '1.3.0'],
  ['1.2.3', 'major', '2.0.0'],
  ['1.2.3', 'feature', 'write major, minor, patch, prerelease, release or auto'],
  ['1.2.3', 'feature_set', 'write major, minor, patch, prerelease, release or auto'],
  ['1.2.3', 'build', 'write major, minor, patch, prerelease, release or auto'],
  ['1.2.3-rc.1', 'patch', '1.2.3'],
  ['1.2.3-rc.1', 'minor', '1.3.0'],
  ['2.0.0-rc.1+5', 'major', '2.0.0'],
  ['1.2.3+5', 'patch', '1.2.4'],
  ['0.21.3.2+7', 'build', '0.21.3.2+8'],
  ['0.21.3.2+7', 'patch', '0.21.3.3+1'],
  ['0.21.3.2+7', 'feature', '0.21.4.0+1'],
  ['0.21.3.2+7', 'feature_set', '0.22.0.0+1'],
  ['0.21.3.2+7', 'major', '1.0.0.0+1'],
  ['0.21.3.2+7', 'minor', 'write major, feature_set, feature, patch, build or auto'],
  ['1.2.3.4', 'patch', '1.2.3.5'],
  ['1.2.3.4', 'feature_set', '1.3.0.0'],
];

describe('the version file', () => {
  it('has its version raised, and every other byte stays as it was', async () => {
    const bench = releaseBench();
    const files = Object.keys(raised);
    for (const [file, [before]] of Object.entries(raised)) bench.write(file, before);

    const { run } = await bench.runEach(files.map((file, index) => bump(file, index)));

    expect(run.status).toBe('success');
    expect(Object.fromEntries(files.map((file) => [file, bench.read(file)]))).toEqual(
      Object.fromEntries(Object.entries(raised).map(([file, [, after]]) => [file, after])),
    );
  });

  it('is refused, and left as it was, where it does not hold one version that can be read', async () => {
    const bench = releaseBench();
    const files = Object.keys(refused);
    for (const [file, [text]] of Object.entries(refused)) bench.write(file, text);

    const { run, code } = await bench.runEach(files.map((file, index) => bump(file, index)));

    expect(code).toBe(1);
    expect(run.steps.map((step) => step.error?.message)).toEqual(
      Object.values(refused).map(([, message]) => expect.stringContaining(message)),
    );
    expect(files.map((file) => bench.read(file))).toEqual(Object.values(refused).map(([text]) => text));
  });

  it('has the part raised that `increment_type` names, if its version has such a part', async () => {
    const bench = releaseBench();
    for (const [index, [version]] of increments.entries()) bench.write(`v${index}`, version);

    const { run } = await bench.runEach(increments.map(([, type], index) => bump(`v${index}`, index, type)));

    expect(run.steps.map((step) => step.outputs.new_version ?? step.error?.message)).toEqual(
      increments.map(([, , next]) => (next.includes(' ') ? expect.stringContaining(next) : next)),
    );
  });

  it('is found before the run to lead out of the workspace', async () => {
    const bench = releaseBench();
    const { code, refusal } = await bench.runEach([bump('../VERSION', 0), bump('/etc/hostname', 1)]);

    expect(code).toBe(2);
    expect(refusal.diagnostics.map(({ message }) => message)).toEqual([
      '`version_file` leaves the workspace.',
      '`version_file` must be relative to the workspace, not an absolute path.',
    ]);
  });

  it('is a failure of its own kind where it is missing, a folder, no text, or a link that leads outside', async () => {
    const bench = releaseBench();
    bench.write('latin.py', Buffer.from('# caf\xe9\n__version__ = "1.2.3"\n', 'latin1'));
    symlinkSync('/etc/hostname', bench.path('outside'));

    const { run } = await bench.runEach(['missing.py', 'src', 'latin.py', 'outside'].map((file, at) => bump(file, at)));

    expect(run.steps.map(({ error }) => [error?.kind, error?.message])).toEqual([
      [
        'not-found',
        'there is no version file missing.py: set `version_file`, to "" where tags alone say which version there is',
      ],
      ['handler', 'src is a folder: `version_file` names a file'],
      ['handler', '"latin.py" is not UTF-8 text: save it as UTF-8.'],
      ['permission', '"outside" leads out of the workspace.'],
    ]);
  });

  it('stops the release at its first step, and nothing else is touched', async () => {
    const bench = releaseBench();
    bench.write('src/confidentia/version.py', '__version__ = "one"\n');
    bench.save('a version of another scheme');
    const before = bench.refs(bench.remote);

    const { code, states } = await bench.release();

    expect(code).toBe(1);
    expect(states).toMatchObject({
      'step-1': 'failed',
      'step-2': 'blocked',
      'step-8': 'blocked',
      'step-10': 'blocked',
    });
    expect(bench.git('status', '--porcelain')).toBe('');
    expect(bench.refs(bench.remote)).toBe(before);
  });

  it('may hold three parts, and then the release is named by three', async () => {
    const bench = releaseBench();
    bench.write('src/confidentia/version.py', "__version__ = 'v1.9.9'\n");
    bench.save('three parts');

    const { code, step } = await bench.release('--set', 'step-1.increment_type=minor');

    expect(code).toBe(0);
    expect(step('step-1').outputs).toMatchObject({ new_version: '1.10.0', old_version: '1.9.9' });
    expect(bench.read('src/confidentia/version.py')).toBe("__version__ = 'v1.10.0'\n");
    expect(bench.git('log', '-1', '--format=%s')).toBe(`1.10.0 - ${summary}`);
    expect(bench.isReleased('v1.10.0')).toBe(true);
  });

  it('is told to the user of a plan where no part of it can be raised', async () => {
    const bench = releaseBench();
    const { code, stdout } = await bench.vwmp([
      'plan',
      seed,
      '--summary',
      summary,
      '--set',
      'step-1.increment_type=minor',
    ]);

    expect(code).toBe(0);
    expect(stdout).toContain('`increment_type: minor` raises none of its parts');
  });
});
