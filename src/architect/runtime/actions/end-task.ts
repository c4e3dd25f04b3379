import { mapAt, textAt } from '../../model/entries.ts';
import type { Perform } from '../step.ts';

/** Ends a task, along one of the paths that its caller has for it. */
export const endTask: Perform = ({ body }) => ({
  kind: 'endTask',
  path: textAt(mapAt(body, 'outputPath'), 'name') ?? textAt(body, 'outputPath'),
});
