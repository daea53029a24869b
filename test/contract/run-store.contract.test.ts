import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteRunStore } from '../../src/adapters/sqlite-journal/sqlite-run-store.ts';
import { MemoryRunStore } from '../fakes/memory-run-store.ts';
import { runStoreContract } from './run-store.contract.ts';

runStoreContract('MemoryRunStore', () => {
  const store = new MemoryRunStore();
  return { store, another: () => store, dispose: () => store.close() };
});

runStoreContract('SqliteRunStore', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vwmp-store-'));
  const open = (): SqliteRunStore => new SqliteRunStore({ folder: join(folder, '.vwmp'), workspace: folder });
  const stores = [open()];
  const [store] = stores;
  if (store === undefined) throw new Error('unreachable');
  return {
    store,
    another: () => {
      const other = open();
      stores.push(other);
      return other;
    },
    dispose: async () => {
      await Promise.all(stores.map((each) => each.close()));
      rmSync(folder, { recursive: true });
    },
  };
});
