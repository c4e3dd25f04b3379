import type { Incoming } from '../../src/sandbox/contract.ts';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { BY_HAND } from '../support/by-hand.ts';
import { contract, contractFaults } from './contract-faults.ts';
import { permissionFaultsIn } from './permission-fault.ts';

const permissionFaults = permissionFaultsIn(contract);
const found = new Set<string>();

/** Holds an exchange of any test against the contract, for `takeFaults`. */
export function watch(exchange: Exchange): void {
  for (const fault of [...contractFaults(exchange), ...permissionFaults(exchange)]) found.add(fault);
}

/** Takes note of a request that no operation is there for, unless a test words it. */
export function watchStray({ method, url, headers }: Incoming): void {
  if (url.pathname.startsWith('/api/v2/') && !(BY_HAND in headers)) found.add(`there is no ${method} ${url.pathname}`);
}

/** What was found since this was asked last. */
export function takeFaults(): readonly string[] {
  const faults = [...found];
  found.clear();
  return faults;
}
