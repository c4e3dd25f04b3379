import { Worker } from 'node:worker_threads';

/**
 * Ends this process when the Runtime API goes away: then whoever started it has ended, however that was. A thread watches
 * over the line, so that code which never pauses ends too.
 */
export function endWithParent(api: string): void {
  new Worker(WATCH, { eval: true, workerData: api, stdin: false }).unref();
}

const WATCH = `
  const { workerData } = require('node:worker_threads');
  const [host, port] = workerData.split(':');
  const end = () => process.kill(process.pid, 'SIGKILL');
  require('node:net').connect({ host, port }).on('error', end).on('close', end).resume();
`;
