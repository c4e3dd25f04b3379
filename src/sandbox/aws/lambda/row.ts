import { rowsOf } from '../operation.ts';
import { functionArn } from './record.ts';

const rowOf = rowsOf('lambda');

/** A row of Lambda's table: its permission is asked for on the function of its path, or of its body. */
export const lambdaRow: typeof rowOf = (row) =>
  rowOf({
    resource: (place, { path, body }) => {
      const name =
        path['name'] ?? (typeof body === 'object' && body && 'FunctionName' in body ? String(body.FunctionName) : '');
      return functionArn(place, name.split('function:').at(-1) ?? '');
    },
    ...row,
  });
