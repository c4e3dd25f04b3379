import { fromAws } from '../../src/clients/from-aws.ts';
import { fromGenesys } from '../../src/clients/from-genesys.ts';
import type { Example } from '../../src/errors/explanation.ts';

/** What an example becomes on its way through the program. */
export function errorOf(example: Example): unknown {
  switch (example.from) {
    case 'AWS':
      return fromAws(example.thrown, example.service, example.operation);
    case 'Genesys Cloud':
      return fromGenesys(example.thrown, example.operation);
    default:
      return example.thrown;
  }
}
