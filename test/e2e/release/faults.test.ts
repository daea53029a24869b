import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReleaseBench } from './release-rig.ts';
import { finished, nextTag, StandardBench, standardRelease } from './standard-bench.ts';

/** Breaks something before the first start; gives what mends it. */
interface Fault {
  readonly name: string;
  readonly break: (standard: StandardBench) => () => void;
  /** The first start ends well although something is broken. */
  readonly survives?: true;
}

function hooked(name: string, script: string): Fault['break'] {
  return ({ bench }) => {
    bench.hook('remote', name, script);
    return () => bench.hook('remote', name, 'exit 0');
  };
}

const remoteFaults: readonly Fault[] = [
  { name: 'F1, a remote that refuses everything', break: hooked('pre-receive', 'exit 1') },
  { name: 'F2, a remote that refuses the branch', break: hooked('update', 'case "$1" in refs/heads/*) exit 1;; esac') },
  { name: 'F3, a remote that refuses the tag', break: hooked('update', 'case "$1" in refs/tags/*) exit 1;; esac') },
  {
    name: 'F4, somebody who was faster',
    break: (standard) => {
      standard.pushFromElsewhere('fix: another developer was faster');
      return () => {};
    },
    survives: true,
  },
];

describe.each(remoteFaults)('$name', (fault) => {
  it.each([
    ['stop', 'the same clone'],
    ['stop', 'a fresh clone'],
    ['rollback', 'the same clone'],
    ['rollback', 'a fresh clone'],
  ] as const)('with `on_failure: %s`, then a second start in %s: one finished release', async (onFailure, where) => {
    const standard = new StandardBench();
    const definition = standardRelease({ onFailure });
    const mend = fault.break(standard);
    const first = await standard.run(definition);
    expect([first.code, first.run.status]).toEqual(fault.survives ? [0, 'success'] : [1, 'failed']);
    if (!fault.survives) {
      expect(standard.bench.onRemote(`refs/tags/${nextTag}`)).toBe('');
      expect(standard.bench.onRemote('refs/heads/main')).toBe(standard.start);
    }
    if (onFailure === 'rollback' && !fault.survives) {
      expect(standard.bench.git('rev-parse', 'HEAD')).toBe(standard.start);
      expect(standard.bench.git('status', '--porcelain')).toBe('');
      expect(standard.bench.git('tag', '--list', nextTag)).toBe('');
    }
    mend();
    if (where === 'a fresh clone') standard.cloneAnew();

    const second = await standard.run(definition);

    expect([second.code, second.run.status], JSON.stringify(second.run.steps)).toEqual([0, 'success']);
    expect(standard.released()).toEqual(finished);
  });
});

describe('a final release after a pre-release', () => {
  const notes = { id: 'notes', handler: 'release.notes', config: { main_changelog: '', item_template: '{subject}' } };
  const final = { ...standardRelease({ after: [notes] }), outputs: { notes: '${{ steps.notes.outputs.notes }}' } };
  const told = async (standard: StandardBench) => {
    const result = await standard.run(final);
    const bump = result.run.steps.find(({ id }) => id === 'bump')?.outputs ?? {};
    return {
      outcome: bump.outcome,
      previous: bump.previous_tag,
      items: String(result.outputs.notes).match(/^\* .*/gm),
    };
  };
  const whole = { previous: 'v1.0.0', items: ['* a feature', '* found in it', '* a bug'] };

  it.each(['the same clone', 'a fresh clone'])('tells the same in a second start in %s', async (where) => {
    const standard = new StandardBench();
    expect((await standard.run(standardRelease({ bump: { prerelease: 'rc' } }))).code).toBe(0);
    standard.work('fix: found in it', 'found.txt');
    expect(await told(standard)).toEqual({ outcome: 'new', ...whole });
    if (where === 'a fresh clone') standard.cloneAnew();

    expect(await told(standard)).toEqual({ outcome: 'released', ...whole });
  });

  it('tells the same where it goes on after a push that was refused', async () => {
    const standard = new StandardBench();
    expect((await standard.run(standardRelease({ bump: { prerelease: 'rc' } }))).code).toBe(0);
    standard.work('fix: found in it', 'found.txt');
    standard.bench.hook('remote', 'pre-receive', 'exit 1');
    expect((await standard.run(final)).code).toBe(1);
    standard.bench.hook('remote', 'pre-receive', 'exit 0');

    expect(await told(standard)).toEqual({ outcome: 'continued', ...whole });
  });
});

describe('a release that was stopped before its push, over a workspace with changes of its own', () => {
  it.each([
    [{ increment_type: 'auto' }, false],
    [{ increment_type: 'minor' }, false],
    [{ increment_type: 'minor' }, true],
  ])('is finished by the next start: %j, committed as written: %s', async (bump, written) => {
    const standard = new StandardBench();
    const { bench } = standard;
    const definition = standardRelease({ bump, written });
    bench.write('bug.txt', 'half done\n');
    bench.write('mine.txt', 'new\n');
    bench.hook('remote', 'pre-receive', 'exit 1');
    expect((await standard.run(definition)).code).toBe(1);
    bench.hook('remote', 'pre-receive', 'exit 0');
    if (written) bench.git('add', 'mine.txt');

    const { code, run } = await standard.run(definition);

    expect([code, run.outputs?.outcome], JSON.stringify(run.steps)).toEqual([0, 'continued']);
    expect(standard.released()).toEqual(finished);
    expect(bench.git('status', '--porcelain')).toBe(` M bug.txt\n${written ? 'A ' : '??'} mine.txt`);
  });
});

describe('F3, a release commit that reached the remote without its tag', () => {
  it.each(['the same clone', 'a fresh clone'])('is found again in %s and tagged', async (where) => {
    const standard = new StandardBench();
    await standard.run(standardRelease({}), '--skip', 'tag,push');
    standard.bench.git('push', '--quiet', 'origin', 'main');
    const commit = standard.bench.git('rev-parse', 'HEAD');
    if (where === 'a fresh clone') standard.cloneAnew();

    const { code, run } = await standard.run(standardRelease({}));

    expect([code, run.outputs.outcome]).toEqual([0, 'continued']);
    expect(standard.released()).toEqual(finished);
    expect(standard.bench.onRemote(`refs/tags/${nextTag}`)).toBe(commit);
  });
});

describe('F2, an orphan tag', () => {
  it.each(['the same clone', 'a fresh clone'])(
    'on another commit is a stop before anything is written, in %s',
    async (where) => {
      const standard = new StandardBench();
      const { bench } = standard;
      bench.git('push', '--quiet', 'origin', `HEAD~2:refs/tags/${nextTag}`);
      const orphan = bench.git('rev-parse', 'HEAD~2');
      if (where === 'a fresh clone') standard.cloneAnew();

      const { code, step } = await standard.run(standardRelease({}));

      expect(code).toBe(1);
      expect(step('bump').error?.message).toContain(`the tag \`${nextTag}\` exists already`);
      expect(step('bump').error?.message).toContain(orphan);
      expect(bench.git('status', '--porcelain')).toBe('');
      expect(bench.onRemote('refs/heads/main')).toBe(standard.start);
    },
  );
});

describe('F4, a remote that moves while the release runs', () => {
  it('ends as behind with nothing pushed, and a second start makes the release anew on top', async () => {
    const standard = new StandardBench();
    const { bench } = standard;
    // Between the look at the remote and the push.
    const moves = { id: 'meanwhile', run: `sh "${join(bench.base, 'move.sh')}"` };
    writeFileSync(
      join(bench.base, 'move.sh'),
      `git clone -q "file://${bench.remote}" "${join(bench.base, 'mover')}" && cd "${join(bench.base, 'mover')}" && git config user.name B && git config user.email b@x.invalid && echo x > moved.txt && git add -A && git commit -qm "fix: in between" && git push -q origin main\n`,
    );
    const definition = standardRelease({});
    const withMove = {
      ...definition,
      steps: [...stepsOf(definition).slice(0, -1), moves, ...stepsOf(definition).slice(-1)],
    };
    const first = await standard.run(withMove);
    expect([first.code, first.step('push').error?.message]).toEqual([1, expect.stringMatching(/^behind:/)]);
    expect(bench.onRemote(`refs/tags/${nextTag}`)).toBe('');

    const second = await standard.run(definition);

    expect([second.code, second.run.outputs.version], JSON.stringify(second.run.steps)).toEqual([0, '1.1.0']);
    expect(standard.released()).toEqual(finished);
    expect(bench.gitIn(bench.remote, 'show', 'main:HISTORY.md')).toContain('in between');
  });
});

describe('a release that went forward to the remote and failed then', () => {
  it('is taken up again without a question, for it moved the commit itself', async () => {
    const standard = new StandardBench();
    const { bench } = standard;
    standard.pushFromElsewhere('fix: another developer was faster');
    const gate = { id: 'gate', run: `test -e "${join(bench.base, 'open')}"`, retry: { max_attempts: 1 } };
    const definition = standardRelease({});
    const [bump, ...others] = stepsOf(definition);
    const first = await standard.run({ ...definition, steps: [bump, gate, ...others] });
    expect([first.code, first.step('bump').status]).toEqual([1, 'success']);
    expect(bench.git('rev-parse', 'HEAD')).not.toBe(standard.start);
    writeFileSync(join(bench.base, 'open'), '');

    const { code, run } = await bench.resume(first.run.run_id);

    expect([code, run.status], JSON.stringify(run.diagnostics)).toEqual([0, 'success']);
    expect(standard.released()).toEqual(finished);
  });
});

describe('a remote that is not to be asked', () => {
  it('is not asked before the push, which finds by itself that it is behind', async () => {
    const standard = new StandardBench();
    standard.pushFromElsewhere('fix: another developer was faster');
    const asked = join(standard.bench.base, 'asked');
    const env = standard.bench.gitWrapper(
      `case " $* " in *" ls-remote "*) echo asked >> "${asked}";; esac\nexec "$real" "$@"`,
    );
    const stops = { id: 'stop', run: `test ! -e "${asked}"` };
    const definition = standardRelease({ bump: { check_remote: false } });
    const steps = stepsOf(definition);
    const withStop = { ...definition, steps: [...steps.slice(0, -1), stops, ...steps.slice(-1)] };
    writeFileSync(standard.bench.definition, JSON.stringify(withStop));

    const { code, stdout } = await standard.bench.vwmpProcess(['run', standard.bench.definition], { env });

    expect(stdout).toContain('✓ stop');
    expect([code, stdout]).toEqual([1, expect.stringContaining('behind:')]);
    expect(stdout).not.toContain('cannot be asked');
    expect(standard.bench.onRemote(`refs/tags/${nextTag}`)).toBe('');
  });
});

describe('commits that ask for no release', () => {
  it('end a run in success, and stay where they are', async () => {
    const standard = new StandardBench();
    await standard.run(standardRelease({}));
    standard.bench.write('words.txt', 'words\n');
    standard.bench.git('add', '--all');
    standard.bench.git('commit', '--quiet', '--message', 'docs: words');
    const refs = standard.bench.refs(standard.bench.remote);

    const { code, run, step } = await standard.run(standardRelease({}));

    expect([code, run.status, run.outputs.outcome, run.outputs.version]).toEqual([0, 'success', 'nothing', null]);
    expect(step('push').status).toBe('skipped');
    expect(standard.bench.refs(standard.bench.remote)).toBe(refs);
    expect(run.diagnostics.map(({ message }) => message).join()).toContain('nothing to release: 1 commit since v1.1.0');
  });
});

describe('a release that was rolled back', () => {
  it('is made again by the resume that its failure names', async () => {
    const standard = new StandardBench();
    const { bench } = standard;
    bench.hook('remote', 'pre-receive', 'exit 1');
    const first = await standard.run(standardRelease({ onFailure: 'rollback' }));
    expect([first.code, bench.git('rev-parse', 'HEAD')]).toEqual([1, standard.start]);
    const resume = /vwmp (resume [^)\s]+)/.exec(first.step('push').error?.message ?? '')?.[1] ?? '';
    bench.hook('remote', 'pre-receive', 'exit 0');

    const { code, stdout } = await bench.vwmp(resume.split(' '));

    expect(code, stdout).toBe(0);
    expect(standard.released()).toEqual(finished);
  });
});

/** Kills the process that starts this git command for the first time, before or after git does its work. */
function killAt(bench: ReleaseBench, command: string, moment: 'before' | 'after') {
  const marker = join(bench.base, 'killed');
  const work = moment === 'after' ? '"$real" "$@"' : ':';
  return bench.gitWrapper(
    `case " $* " in *" ${command} "*) if [ ! -e "${marker}" ]; then ${work}; touch "${marker}"; kill -9 $PPID; exit 1; fi;; esac\nexec "$real" "$@"`,
  );
}

describe('F5, a release that is killed', () => {
  const moments = ['before', 'after'] as const;
  const commands = ['status', 'cat-file', 'log', 'add', 'commit', 'tag', 'push'] as const;
  const cases = commands.flatMap((command) => moments.map((moment) => [moment, command] as const));

  it.each(cases)(
    '%s git %s: a second start in the same clone and in a fresh one ends in one release',
    async (moment, command) => {
      const standard = new StandardBench();
      const { bench } = standard;
      const marker = join(bench.base, 'killed');
      const env = killAt(bench, command, moment);
      const code = await standard.inProcess(standardRelease({}), { env });
      // Git may need no process for a question; then nothing was killed, and the release is simply done.
      expect(code).toBe(existsSync(marker) ? -1 : 0);
      const restore = standard.keep();

      const again = await standard.run(standardRelease({}));
      expect([again.code, again.run.status], JSON.stringify(again.run.steps)).toEqual([0, 'success']);
      expect(standard.released()).toEqual(finished);
      expect(bench.git('status', '--porcelain')).toBe('');

      restore();
      standard.cloneAnew();
      const fresh = await standard.run(standardRelease({}));
      expect([fresh.code, fresh.run.status]).toEqual([0, 'success']);
      expect(standard.released()).toEqual(finished);
    },
  );
});

describe('a release that was killed and is rolled back', () => {
  it.each([
    ['after', 'add'],
    ['before', 'commit'],
    ['after', 'commit'],
    ['before', 'tag'],
    ['after', 'tag'],
    ['before', 'push'],
    ['after', 'push'],
  ] as const)('%s git %s leaves nothing of it, and the next start makes the release', async (moment, command) => {
    const standard = new StandardBench();
    const { bench } = standard;
    const remote = bench.refs(bench.remote);
    expect(await standard.inProcess(standardRelease({}), { env: killAt(bench, command, moment) })).toBe(-1);

    const { runs } = JSON.parse((await bench.vwmp(['history', '--json'])).stdout) as {
      runs: readonly { run_id: string }[];
    };
    const { code, stdout } = await bench.vwmp(['rollback', runs[0]?.run_id ?? '']);

    expect(code, stdout).toBe(0);
    expect([bench.git('status', '--porcelain'), bench.git('rev-parse', 'HEAD')]).toEqual(['', standard.start]);
    expect([bench.git('tag', '--list', nextTag), bench.refs(bench.remote)]).toEqual(['', remote]);
    expect((await standard.run(standardRelease({}))).code).toBe(0);
    expect(standard.released()).toEqual(finished);
  });
});

describe('F6, a publish that fails after the push', () => {
  const publish = (standard: StandardBench) => ({
    id: 'publish',
    condition: "steps.bump.outputs.outcome != 'nothing'",
    run: `test -e "${join(standard.bench.base, 'fixed')}" && echo "$VERSION" >> "${join(standard.bench.base, 'published')}"`,
    env: { VERSION: '${{ steps.bump.outputs.new_version }}' },
  });

  it.each([
    ['stop', 'the same clone'],
    ['stop', 'a fresh clone'],
  ] as const)('with `on_failure: %s` is made up for by a second start in %s', async (onFailure, where) => {
    const standard = new StandardBench();
    const definition = standardRelease({ onFailure, after: [publish(standard)] });
    const first = await standard.run(definition);
    expect([first.code, first.step('publish').status]).toEqual([1, 'failed']);
    expect(standard.released()).toEqual(finished);
    writeFileSync(join(standard.bench.base, 'fixed'), '');
    if (where === 'a fresh clone') standard.cloneAnew();

    const second = await standard.run(definition);

    expect([second.code, second.run.outputs]).toEqual([0, { version: '1.1.0', outcome: 'released' }]);
    expect(standard.released()).toEqual(finished);
    expect(existsSync(join(standard.bench.base, 'published'))).toBe(true);
  });

  it('with `on_failure: rollback` takes the push back, so that a second start makes it anew', async () => {
    const standard = new StandardBench();
    const definition = standardRelease({ onFailure: 'rollback', after: [publish(standard)] });
    const first = await standard.run(definition);
    expect([first.code, first.states.push]).toEqual([1, 'undone']);
    expect(standard.bench.onRemote('refs/heads/main')).toBe(standard.start);
    expect(standard.bench.onRemote(`refs/tags/${nextTag}`)).toBe('');
    expect(standard.bench.git('rev-parse', 'HEAD')).toBe(standard.start);
    expect(standard.bench.git('status', '--porcelain')).toBe('');
    writeFileSync(join(standard.bench.base, 'fixed'), '');

    expect((await standard.run(definition)).code).toBe(0);
    expect(standard.released()).toEqual(finished);
  });
});

describe('F13, a clone that lacks history', () => {
  it.each([
    ['a shallow clone without tags', ['--depth', '1', '--no-tags']],
    ['a shallow clone of a single branch', ['--depth', '1', '--single-branch']],
    ['a clone without tags', ['--no-tags']],
  ] as const)('%s gets what is missing and releases as the whole one would', async (_, options) => {
    const standard = new StandardBench();
    standard.cloneAnew(...options);
    const { code, run } = await standard.run(standardRelease({}));
    expect([code, run.outputs.version], JSON.stringify(run.steps)).toEqual([0, '1.1.0']);
    expect(standard.released()).toEqual(finished);
  });

  it('stops where fetching is not allowed, and says how to get it', async () => {
    const standard = new StandardBench();
    standard.cloneAnew('--depth', '1');
    const { code, step } = await standard.run(standardRelease({ bump: { fetch: false } }));
    expect(code).toBe(1);
    expect(step('bump').error?.message).toContain('fetch-depth: 0');
    expect(standard.bench.git('status', '--porcelain')).toBe('');
  });
});

describe('F14, a last tag that is no semantic version', () => {
  it.each([
    ['2026.09.01', { scheme: { name: 'calver', format: 'YYYY.0M.MICRO' } }, null],
    ['1.4.0rc2', {}, '1.4.0'],
    ['0.21.0.2+1', {}, '0.21.1.0+1'],
    ['1.4.0+local.1', {}, '1.5.0'],
  ] as const)('%s is raised by its own scheme or is a stop, never a first version', async (last, bump, expected) => {
    const standard = new StandardBench(last);
    const { code, run, step } = await standard.run(standardRelease({ bump }));
    const tags = standard.bench.gitIn(standard.bench.remote, 'tag', '--list').split('\n');
    expect(tags).not.toContain('v1.0.0');
    expect(tags).not.toContain('v0.1.0');
    if (expected === null) {
      expect(code === 0 ? run.outputs.version : step('bump').error?.message).toBeTruthy();
      return;
    }
    expect([code, run.outputs.version], JSON.stringify(run.steps)).toEqual([0, expected]);
    expect(tags).toContain(`v${expected}`);
  });
});

describe('F15, two releases at once', () => {
  it('make one release between them; the one that came late says that it is behind', async () => {
    const standard = new StandardBench();
    const other = secondClone(standard);

    const both = await Promise.all([standard.run(standardRelease({})), other.run(standardRelease({}))]);

    const codes = both.map(({ code }) => code);
    expect(codes.filter((code) => code === 0).length).toBeGreaterThan(0);
    expect(standard.released()).toEqual(finished);
    const late = both.find(({ code }) => code !== 0);
    if (late) expect(late.run.steps.map((s) => s.error?.message ?? '').join('|')).toMatch(/behind/);
    for (const one of [standard, other]) expect((await one.run(standardRelease({}))).code).toBe(0);
    expect(standard.released()).toEqual(finished);
  });
});

describe('a release whose tag failed, and that another clone has made meanwhile', () => {
  it('is found released, and the tag that a fetch brought stays', async () => {
    const standard = new StandardBench();
    const { bench } = standard;
    bench.git('config', 'tag.gpgsign', 'true');
    bench.git('config', 'gpg.program', '/bin/false');
    expect((await standard.run(standardRelease({}))).code).toBe(1);
    bench.git('config', '--unset', 'tag.gpgsign');
    const other = secondClone(standard);
    // The commit of another second, and so another one.
    other.bench.git('config', 'user.name', 'Bea');
    expect((await other.run(standardRelease({}))).code).toBe(0);
    const made = bench.onRemote('refs/tags/v1.1.0');

    const again = await standard.run(standardRelease({}));

    expect([again.code, again.run.outputs.outcome], JSON.stringify(again.run.steps)).toEqual([0, 'released']);
    expect(standard.released()).toEqual(finished);
    expect(bench.onRemote('refs/tags/v1.1.0')).toBe(made);
    expect(bench.git('rev-parse', 'HEAD')).toBe(bench.onRemote('refs/heads/main'));
  });
});

describe('F16, hooks and checks that dirty the tree', () => {
  it('leave their files out of the release, and a finding names them', async () => {
    const standard = new StandardBench();
    const { bench } = standard;
    const definition = standardRelease({ before: [], after: [] });
    const dirties = { id: 'check', run: 'echo junk > junk.txt; echo more >> bug.txt' };
    const steps = stepsOf(definition);
    const { code, run } = await standard.run({
      ...definition,
      steps: [...steps.slice(0, 2), dirties, ...steps.slice(2)],
    });
    expect(code).toBe(0);
    expect(standard.released()).toEqual(finished);
    expect(bench.gitIn(bench.remote, 'show', '--name-only', '--format=', 'main').trim().split('\n').sort()).toEqual([
      'HISTORY.md',
      'package.json',
    ]);
    expect(run.diagnostics.map((d) => d.message).join('|')).toContain('junk.txt');
  });
});

describe('F18, an undo that fails too', () => {
  it('keeps the first error and says what is left, with the commands for it', async () => {
    const standard = new StandardBench();
    const { bench } = standard;
    // The remote takes the push and nothing after it.
    bench.hook(
      'remote',
      'post-receive',
      `printf '#!/bin/sh\\nexit 1\\n' > "${join(bench.remote, 'hooks/pre-receive')}"; chmod +x "${join(bench.remote, 'hooks/pre-receive')}"`,
    );
    const definition = standardRelease({ onFailure: 'rollback', after: [{ id: 'publish', run: 'exit 3' }] });

    const { code, run } = await standard.run(definition);

    expect(code).toBe(1);
    const json = JSON.parse(JSON.stringify(run)) as {
      readonly steps: readonly { readonly id: string; readonly error: { readonly exit_code: number } | null }[];
      readonly rollback: {
        readonly steps: readonly {
          readonly id: string;
          readonly status: string;
          readonly commands: readonly string[];
        }[];
      };
    };
    expect(json.steps.find(({ id }) => id === 'publish')?.error?.exit_code).toBe(3);
    const push = json.rollback.steps.find(({ id }) => id === 'push');
    expect(push?.status).not.toBe('undone');
    expect(push?.commands.join('\n')).toMatch(/git push|vwmp rollback/);
    // With the push in place nothing that it stands on is taken away.
    expect(standard.released()).toEqual(finished);
    expect(bench.git('rev-parse', 'HEAD')).toBe(bench.onRemote('refs/heads/main'));
  });
});

/** Another clone of the same remote. */
function secondClone({ bench }: StandardBench): StandardBench {
  const other = new StandardBench();
  other.bench.git('remote', 'set-url', 'origin', bench.remote);
  other.bench.git('fetch', '--quiet', 'origin');
  other.bench.git('reset', '--quiet', '--hard', 'origin/main');
  other.bench.git('tag', '--delete', 'v1.0.0');
  other.bench.git('fetch', '--quiet', '--tags', 'origin');
  return other;
}

function stepsOf(definition: object): readonly object[] {
  return 'steps' in definition && Array.isArray(definition.steps) ? definition.steps : [];
}
