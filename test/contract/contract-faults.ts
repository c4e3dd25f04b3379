import { readContract } from './contract.ts';
import { faultsIn } from './faults.ts';

/** The vendor's description of its API, from the file that GENESYS_CONTRACT names. */
export const contract = readContract(process.env['GENESYS_CONTRACT']);

/** What of an exchange is not as that description says. */
export const contractFaults = faultsIn(contract);
