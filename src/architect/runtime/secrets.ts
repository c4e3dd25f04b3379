/** What must not be shown. */
export interface Secrets {
  readonly keep: (text: string) => void;
  /** The text with what gives a secret away masked, however its digits are spaced; its last four may be shown. */
  readonly mask: (text: string) => string;
}

const DIGITS = /\d(?:[\s,.-]?\d)*/g;
const FEW = 4;

/** Remembers what a caller entered in a secure flow, and what was put into secure variables. */
export function createSecrets(): Secrets {
  const words = new Set<string>();
  const numbers = new Set<string>();
  const isTelling = (digits: string) =>
    [...numbers].some((secret) => digits.includes(secret) || (digits.length > FEW && secret.includes(digits)));
  return {
    keep: (text) => {
      const digits = text.replace(/[*#\s]/g, '');
      if (digits !== '') (/^\d+$/.test(digits) ? numbers : words).add(/^\d+$/.test(digits) ? digits : text);
    },
    mask: (text) => {
      const masked = [...words].reduce((rest, word) => rest.replaceAll(word, '•'.repeat(8)), text);
      return masked.replace(DIGITS, (run) => (isTelling(run.replace(/\D/g, '')) ? run.replace(/\d/g, '•') : run));
    },
  };
}
