import { VendorError } from '../../src/clients/vendor-error.ts';

/** What was seen, step by step: values that are the same wherever the servers behave alike. */
export type Seen = Readonly<Record<string, unknown>>;

/** Takes steps one after another and keeps what is seen of each; a refusal is seen as its status and code. */
export function createLog() {
  const seen: Record<string, unknown> = {};
  return {
    seen: seen as Seen,
    see: async (step: string, take: () => Promise<unknown>): Promise<void> => {
      const value = await take().catch(refusal);
      // A whole answer where a refusal is looked for.
      seen[step] = isAnswer(value) ? 'accepted' : plain(value);
    },
  };
}

const isAnswer = (value: unknown) => typeof value === 'object' && value !== null && '$metadata' in value;

function refusal(error: unknown) {
  if (error instanceof VendorError) return { refused: `${error.status} ${error.code}` };
  throw error;
}

/** Through JSON, without what is new in every world. */
const plain = (value: unknown): unknown =>
  value === undefined
    ? 'nothing'
    : JSON.parse(JSON.stringify(value), (_, one) =>
        typeof one === 'string' && /^AROA[A-Z0-9]{12,}$/.test(one) ? 'AROA…' : one,
      );
