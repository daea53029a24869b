import { CancelSource } from '../../../../src/core/ports/cancel.ts';
import { processesContract } from '../../../contract/processes.ts';
import { ScriptedProcesses, type ScriptedProgram } from '../../../fakes/scripted-processes.ts';

const unescaped = (text: string) => text.replaceAll('\\n', '\n');

const programs: { readonly [name: string]: ScriptedProgram } = {
  'exit-with': ({ args }) => ({ code: Number(args[0]) }),
  'end-by-signal': () => ({ signal: { name: 'SIGKILL', number: 9 } }),
  say: ({ args: [out = '', err = ''] }) => ({ stdout: unescaped(out), stderr: unescaped(err) }),
  'repeat-input': ({ stdin }) => ({ stdout: stdin }),
  'print-variable': ({ args: [name = ''], env }) => ({ stdout: `${env[name] ?? 'unset'}\n` }),
  'write-outputs': ({ args: [text = '', code = '0'] }) => {
    const [name = '', value] = unescaped(text).trim().split('=');
    return value === undefined
      ? { code: Number(code), outputsFailure: { kind: 'output', message: `Line 1: ${name}` } }
      : { code: Number(code), outputs: { [name]: value } };
  },
  hang: () => ({ stdout: 'ready\n', hangs: true }),
  flood: ({ args }) => ({ stdout: 'a'.repeat(Number(args[0])) }),
};

processesContract('the scripted fake', ({ env = {}, secrets = [], onOutput } = {}) => {
  const signal = new CancelSource();
  const shown = { stdout: '', stderr: '' };
  const processes = new ScriptedProcesses({
    programs,
    env,
    signal,
    folders: ['inner'],
    mask: (text) => secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text),
    sink: (chunk, stream) => {
      shown[stream] += chunk;
      onOutput?.(chunk, signal);
    },
  });
  return {
    processes,
    signal,
    shown: (stream) => shown[stream],
    program: (command, ...args) => ({ command, args }),
  };
});
