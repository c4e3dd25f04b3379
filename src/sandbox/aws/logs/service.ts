import { jsonService } from '../json.ts';
import { groupTagOperations } from './group-tags.ts';
import { groupOperations } from './groups.ts';
import { streamOperations } from './streams.ts';

/** CloudWatch Logs as the sandbox has it. */
export const logs = jsonService('Logs_20140328', [...groupOperations, ...groupTagOperations, ...streamOperations]);
