import { type RunnerCommand, readCommand, resumesCommands } from './command-line.ts';
import { SecretMask } from './secret-mask.ts';

export interface JobAnnotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
}

export interface JobGroup {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What the runner keeps of one step. */
const annotationsPerLevel = 10;
const messageLimit = 4096;
/** Commands that change the job outside the step that prints them; since they are abused they are refused by default. */
const refused = new Set(['set-env', 'add-path']);

/** The log of one step of a job: what the runner makes of the lines that an action prints. */
export class JobLog {
  readonly mask = new SecretMask();
  /** Every command that was obeyed, in order. */
  readonly commands: RunnerCommand[] = [];
  /** Within the runner's limits. */
  readonly annotations: JobAnnotation[] = [];
  /** Those beyond: nobody sees them. */
  readonly dropped: JobAnnotation[] = [];
  readonly groups: JobGroup[] = [];
  /** What the runner itself complains of. */
  readonly complaints: string[] = [];
  readonly #lines: string[] = [];
  #group: string[] | null = null;
  #stopToken: string | null = null;

  /** The lines as people see them: masked, commands taken out. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  get text(): string {
    return this.#lines.join('\n');
  }

  line(line: string): void {
    const command = this.#stopToken === null ? readCommand(line) : null;
    if (command !== null) return this.#obey(command);
    if (this.#stopToken !== null && resumesCommands(line, this.#stopToken)) this.#stopToken = null;
    else this.#show(line);
  }

  #show(line: string): void {
    const masked = this.mask.apply(line);
    this.#lines.push(masked);
    this.#group?.push(masked);
  }

  #obey(command: RunnerCommand): void {
    const { name, data } = command;
    if (refused.has(name)) {
      this.complaints.push(`The \`${name}\` command is disabled.`);
      return;
    }
    this.commands.push(command);
    switch (name) {
      case 'add-mask':
        if (data.trim() === '') this.complaints.push("Can't add secret mask for empty string in ##[add-mask] command.");
        else this.mask.add(data);
        return;
      case 'stop-commands':
        this.#stopToken = data;
        return;
      case 'group':
        return this.#openGroup(data);
      case 'endgroup':
        this.#group = null;
        return;
      case 'debug':
        return;
      case 'error':
      case 'warning':
      case 'notice':
        return this.#annotate(name, command);
      default:
        this.complaints.push(`The \`${name}\` command was given on a line of the log.`);
    }
  }

  #openGroup(title: string): void {
    const lines: string[] = [];
    this.groups.push({ title: this.mask.apply(title), lines });
    this.#group = lines;
  }

  #annotate(level: JobAnnotation['level'], { properties, data }: RunnerCommand): void {
    if (data.length > messageLimit) this.complaints.push(`A message of ${data.length} characters was cut.`);
    const line = properties.line === undefined ? null : Number.parseInt(properties.line, 10);
    const annotation = {
      level,
      title: this.mask.apply(properties.title ?? ''),
      message: this.mask.apply(data.slice(0, messageLimit)),
      file: properties.file ?? null,
      line: Number.isInteger(line) ? line : null,
    };
    const kept = this.annotations.filter((other) => other.level === level).length;
    (kept < annotationsPerLevel ? this.annotations : this.dropped).push(annotation);
    this.#show(`##[${level}]${data}`);
  }
}
