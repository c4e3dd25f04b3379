#!/usr/bin/env node
// Syntax that an old Node.js can read, so that it can be told that it is too old.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST = [20, 17];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const argv = process.argv.slice(2);
const root = fileURLToPath(new URL('..', import.meta.url));
const main = new URL('../dist/main.js', import.meta.url);

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
}

function onSignal(listener) {
  const signals = ['SIGINT', 'SIGTERM'];
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

function onCrash(listener) {
  process.on('uncaughtException', listener);
  return () => process.off('uncaughtException', listener);
}

/** How long somebody who does not read is waited for, in milliseconds. */
const PATIENCE = 300;

/** Ends the program once its last lines are out. */
function exit(code) {
  const drained = (stream) => new Promise((resolve) => stream.write('', resolve));
  Promise.all([process.stdout, process.stderr].map(drained)).then(() => process.exit(code));
  setTimeout(() => process.exit(code), PATIENCE);
}

function start() {
  const { env, stdin, stdout, stderr } = process;
  // The AWS SDK would print several lines about the version of Node.js on every run.
  env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED || 'true';
  const around = { cwd: process.cwd(), root, random: Math.random, onSignal, onCrash, exit };
  return import(main.href)
    .then(({ run, systemClock }) => run({ argv, env, stdin, stdout, stderr, clock: systemClock, ...around }))
    .then((code) => {
      process.exitCode = code;
    });
}

if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  fail(`eo-setup needs Node.js ${OLDEST.join('.')} or later; this is ${process.versions.node}. Install a newer one.`);
} else if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  process.stdout.write(`${JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version}\n`);
} else if (!existsSync(main)) {
  fail(`eo-setup is not built yet. Run \`npm run build\` in ${root} first.`);
} else {
  start();
}
