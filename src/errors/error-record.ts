import { VendorError } from '../clients/vendor-error.ts';
import { describeError } from './describe-error.ts';
import { distinctErrors } from './distinct-errors.ts';
import { exitCodeOf, mostTelling } from './exit-code-of.ts';

/** An error for `--json`: what the text says, as members; of several the most telling one, with the others in it. */
export function errorRecord(error: unknown): object {
  const first = mostTelling(error);
  const others = distinctErrors(error).filter((one) => one !== first);
  return {
    exit: exitCodeOf(error),
    ...recordOf(first),
    ...(others.length > 0 && { others: others.map(recordOf) }),
  };
}

function recordOf(error: unknown): object {
  const { message, details, hint, explanation, isBug } = describeError(error);
  const said = { message, ...(details.length > 0 && { details }), hint, explanation, ...(isBug && { bug: true }) };
  if (!(error instanceof VendorError)) return said;
  const { service, operation, status, code, requestId } = error;
  return { ...said, service, operation, status, code, requestId };
}
