import { readContract } from './contract.ts';
import { faultsIn } from './faults.ts';
import { withMeasured } from './measured.ts';

/** The vendor's description of its API, from the file that GENESYS_CONTRACT names. */
export const contract = withMeasured(readContract(process.env['GENESYS_CONTRACT']));

/** What of an exchange is not as that description says. */
export const contractFaults = faultsIn(contract);
