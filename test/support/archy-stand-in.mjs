// Stands in for Genesys Cloud's Archy: takes the options that are known of it, prints, ends and writes its results as it
// does, and publishes through the flow jobs of the sandbox, whose address is its location.
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SWITCHES = new Set(['overwriteResultsFile', 'forceUnlock', 'recreate', 'debug']);

function read(argv) {
  const [command, ...words] = argv;
  const options = {};
  while (words.length > 0) {
    const name = words.shift().replace(/^--/, '');
    options[name] = SWITCHES.has(name) || words.shift();
  }
  return { command, options };
}

/** Runs it as `manner` says; `record` is a file that it writes down in what it was given, a line of JSON each time. */
export async function run({ manner, record, turns = [] }) {
  const { command, options } = read(process.argv.slice(2));
  const given = options.optionsFile ? readFileSync(options.optionsFile, 'utf8') : '';
  const modes = [options.optionsFile, options.optionsFile && dirname(options.optionsFile)];
  const seen = {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    pid: process.pid,
    options: given,
    modes: modes.map((file) => file && (statSync(file).mode & 0o777).toString(8)),
  };
  appendFileSync(record, `${JSON.stringify(seen)}\n`);
  if (command === 'version' || command === '--version') {
    process.stdout.write('archy version: 2.43.2\n');
    return;
  }
  const { parse } = await import('yaml');
  const settings = { ...parse(given), ...options };
  const times = readFileSync(record, 'utf8').match(/^\{"argv":\["publish"/gm)?.length ?? 0;
  const turn = turns[times - 1] ?? manner;
  if (turn === 'hang') return sleep(600_000);
  const end = typeof turn === 'object' ? turn : await publish(command, settings);
  if (turn === 'publish, then hang') return sleep(600_000);
  finish(command, settings, end);
}

async function publish(command, { file, clientId, clientSecret, location }) {
  if (command !== 'publish') return failed(106, [`unknown command '${command}'`]);
  for (const [name, value] of Object.entries({ file, clientId, clientSecret, location }))
    if (value === undefined) return failed(106, [`a value for the parameter '${name}' is missing`]);
  const origin = `http://${location}`;
  const signIn = await fetch(`${origin}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  if (!signIn.ok) return failed(99, [`unable to authenticate with the client id: HTTP ${signIn.status}`]);
  const { access_token: token } = await signIn.json();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const asked = await fetch(`${origin}/api/v2/flows/jobs`, { method: 'POST', headers, body: '{}' });
  const { id, presignedUrl, headers: upload } = await asked.json();
  await fetch(presignedUrl, { method: 'PUT', headers: upload, body: readFileSync(file) });
  for (;;) {
    const answer = await fetch(`${origin}/api/v2/flows/jobs/${id}?expand=messages`, { headers });
    const { status, messages = [] } = await answer.json();
    if (status === 'Success') return { exitCode: 0, status: 'success', traces: [] };
    if (status === 'Failure') {
      const texts = messages.map(({ text }) => text);
      const code = /code: (\d+)/.exec(texts.at(-1) ?? '')?.[1];
      return failed(Number(code ?? 99), texts);
    }
    await sleep(20);
  }
}

const failed = (exitCode, texts) => ({
  exitCode,
  status: 'failure',
  traces: texts.map((text) => ({ text, type: 'error', dateTime: new Date().toISOString() })),
});

function finish(command, settings, { exitCode, status, traces = [], printed = '', resultsText }) {
  const { resultsFile, homeDir = '', overwriteResultsFile } = settings;
  process.stdout.write(`exit code: ${exitCode}\n${printed}`);
  for (const { text, type } of traces)
    if (type === 'error') process.stdout.write(`- ERROR! ${text} -- [ArchyPublisher]\n`);
  process.stdout.write('ending the Session\n');
  process.exitCode = exitCode;
  if (resultsFile === undefined || (status === undefined && resultsText === undefined)) return;
  const target = isAbsolute(resultsFile) ? resultsFile : join(homeDir, 'results', basename(resultsFile));
  if (existsSync(target) && !overwriteResultsFile) throw new Error(`${target} exists`);
  mkdirSync(dirname(target), { recursive: true });
  const shown = Object.entries({ file: settings.file, location: settings.location, homeDir });
  const results = {
    version: '2.43.2',
    command,
    status,
    settings: Object.fromEntries(shown.map(([name, value]) => [name, { value, source: 'options file' }])),
    exitCode,
    output: { traces, debugFilePath: '', flowName: 'a flow' },
    startDateTime: new Date().toISOString(),
    endDateTime: new Date().toISOString(),
  };
  writeFileSync(target, resultsText ?? JSON.stringify(results));
}
