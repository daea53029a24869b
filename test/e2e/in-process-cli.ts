import type { Host } from '../../src/entry/cli/host.ts';
import { main } from '../../src/entry/cli/main.ts';
import { quietEnvironment } from '../rigs/plugin-context.ts';

export interface CliResult {
  readonly exitCode: number;
  /** Both streams in the order of the writes. */
  readonly output: string;
}

/** The command line without a process of its own: the same code, a host that remembers. */
export async function cli(args: readonly string[], cwd: string): Promise<CliResult> {
  const written: string[] = [];
  const write = (text: string) => {
    written.push(text);
    return undefined;
  };
  const host: Host = {
    env: { ...quietEnvironment(), HOME: cwd },
    cwd,
    out: write,
    paced: write,
    err: write,
    isTerminal: false,
    columns: () => 120,
    rows: () => 40,
    colour: false,
    onInterrupt: () => {},
  };
  const exitCode = await main(args, host);
  return { exitCode, output: written.join('') };
}
