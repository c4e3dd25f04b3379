import { clean, redactor, type Secret } from '../clients/redact.ts';
import { toAscii } from './to-ascii.ts';

const LONGEST_JSON = 20_000;

/** The last thing that happens to a text before it is written: see `Terminal`. */
export function presenter(secrets: () => readonly Secret[], isUnicode: boolean) {
  const redact = redactor(secrets);
  // Cleaned first: a secret may be hidden in pieces.
  const tidy = (text: string, limit?: number) => redact(clean(text, limit));
  return {
    /** A text as one line. */
    present(text: string): string {
      const line = tidy(text).replace(/[\t\n]+/g, ' ');
      return isUnicode ? line : toAscii(line);
    },
    /** A value as one line of JSON: its texts are tidied one by one, so that it stays JSON. */
    presentJson(value: object): string {
      const json = JSON.stringify(value, (_, member) =>
        typeof member === 'string' ? tidy(member, LONGEST_JSON) : member,
      );
      return isUnicode ? json : json.replace(/[\u0080-\uffff]/g, escaped);
    },
  };
}

const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
