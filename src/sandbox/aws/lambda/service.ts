import { restJsonService } from '../json.ts';
import { invokeOperations } from './invoke.ts';
import { functionOperations, functionTagOperations } from './operations.ts';

/** Lambda as the sandbox has it. */
export const lambda = restJsonService([...functionOperations, ...functionTagOperations, ...invokeOperations]);
