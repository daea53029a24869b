import { Buffer } from 'node:buffer';
import { readNews, type SpawnerNews, type StreamName } from './messages.ts';

/**
 * What the spawner sends: news as JSON, and output as it is. A frame is a byte that names its kind, the number of the
 * process and the length of what follows, four bytes each.
 */
const kinds = { news: 0, stdout: 1, stderr: 2 } as const;
const headerBytes = 9;

export function frameOfNews(news: SpawnerNews): Buffer {
  const text = Buffer.from(JSON.stringify(news));
  return Buffer.concat([headerOf(kinds.news, news.id, text.length), text]);
}

/** Stands before output of that length. */
export function frameOfOutput(stream: StreamName, id: number, length: number): Buffer {
  return headerOf(kinds[stream], id, length);
}

function headerOf(kind: number, id: number, length: number): Buffer {
  const header = Buffer.allocUnsafe(headerBytes);
  header.writeUInt8(kind, 0);
  header.writeUInt32LE(id, 1);
  header.writeUInt32LE(length, 5);
  return header;
}

export interface FrameListener {
  news(news: SpawnerNews): void;
  /** A piece of output: what a frame holds may come in several. */
  output(id: number, stream: StreamName, bytes: Buffer): void;
}

/** Takes frames apart, however the pipe cuts them. Output is passed on without a copy. */
export class FrameReader {
  readonly #listener: FrameListener;
  /** The beginning of a header or of news that is not complete. */
  #rest: Buffer = Buffer.alloc(0);
  #kind = -1;
  #id = 0;
  #missing = 0;

  constructor(listener: FrameListener) {
    this.#listener = listener;
  }

  push(chunk: Buffer): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = Buffer.alloc(0);
    for (;;) {
      if (this.#kind < 0) {
        if (bytes.length < headerBytes) break;
        this.#kind = bytes.readUInt8(0);
        this.#id = bytes.readUInt32LE(1);
        this.#missing = bytes.readUInt32LE(5);
        bytes = bytes.subarray(headerBytes);
      }
      const taken = this.#kind === kinds.news ? this.#takeNews(bytes) : this.#takeOutput(bytes);
      if (taken === 0 && this.#kind >= 0) break;
      bytes = bytes.subarray(taken);
    }
    this.#rest = bytes;
  }

  /** How much was taken; 0 where the news is not complete. */
  #takeNews(bytes: Buffer): number {
    const size = this.#missing;
    if (bytes.length < size) return 0;
    this.#kind = -1;
    this.#listener.news(readNews(bytes.toString('utf8', 0, size)));
    return size;
  }

  #takeOutput(bytes: Buffer): number {
    const size = Math.min(this.#missing, bytes.length);
    const stream = this.#kind === kinds.stdout ? 'stdout' : 'stderr';
    this.#missing -= size;
    if (this.#missing === 0) this.#kind = -1;
    if (size > 0) this.#listener.output(this.#id, stream, bytes.subarray(0, size));
    return size;
  }
}
