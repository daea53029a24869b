#!/usr/bin/env node
// Plain JavaScript that very old versions of Node can read: all it does is to find one that is new enough. What only
// that needs is loaded only there.

const needed = 24;

if (Number(process.versions.node.split('.')[0]) >= needed) {
  await import('../dist/cli.js');
} else {
  const [{ spawnSync }, { existsSync }, { fileURLToPath }] = await Promise.all([
    import('node:child_process'),
    import('node:fs'),
    import('node:url'),
  ]);
  // A checkout brings its own Node after `npm ci`.
  const own = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (existsSync(own)) {
    const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
    const { status, signal } = spawnSync(own, args, { stdio: 'inherit' });
    if (signal) process.kill(process.pid, signal);
    process.exitCode = status ?? 70;
  } else {
    console.error(`vwmp needs Node ${needed} or newer; this is ${process.version}.`);
    process.exitCode = 2;
  }
}
