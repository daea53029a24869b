import { serveSpawner } from '../adapters/node-process/spawner/serve-spawner.ts';

/** The small process that starts the steps of a large run. */
serveSpawner();
