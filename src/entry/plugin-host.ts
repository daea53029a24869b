import { serveHost } from '../adapters/plugin-host/child/serve-host.ts';
import { failureOf } from '../adapters/plugin-loader/failure-of.ts';
import { copyPlainData } from '../adapters/plugin-loader/plain-data.ts';
import { readOutcome } from '../adapters/plugin-loader/read-outcome.ts';
import * as pluginApi from '../plugin-api/index.ts';

/** The process in which plugins and modules of a repository run, one task each. */
await serveHost({ pluginApi, readOutcome, failureOf, copyPlainData });
