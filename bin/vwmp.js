#!/usr/bin/env node
// Plain JavaScript that very old versions of Node can read: all it does is to find one that is new enough. What only
// that needs is loaded only there.

const needed = 24;

if (Number(process.versions.node.split('.')[0]) >= needed) {
  await import('../dist/cli.js');
} else {
  const [{ spawn }, { existsSync }, { fileURLToPath }] = await Promise.all([
    import('node:child_process'),
    import('node:fs'),
    import('node:url'),
  ]);
  // A checkout brings its own Node after `npm ci`.
  const own = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (existsSync(own)) {
    const started = spawn(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
    const pass = (signal) => started.kill(signal);
    // A terminal sends Ctrl-C and its end to both; whoever hears it twice ends at once.
    const passOwn = (signal) => process.stdin.isTTY || pass(signal);
    process.on('SIGTERM', pass).on('SIGINT', passOwn).on('SIGHUP', passOwn);
    started.on('error', ({ message }) => refuse(`and ${own} cannot be started: ${message}`));
    started.on('exit', (status, signal) => {
      process.removeAllListeners();
      if (signal) process.kill(process.pid, signal);
      process.exitCode = status ?? 70;
    });
  } else {
    refuse('');
  }
}

function refuse(more) {
  console.error(`vwmp needs Node ${needed} or newer; this is ${process.version}${more && `, ${more}`}.`);
  process.exitCode = 2;
}
