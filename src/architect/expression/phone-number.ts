/** A phone number as Architect's expressions see it, with the members they can ask for. */
export interface PhoneNumber {
  /** As it was given, like `tel:+13175550123`. */
  readonly text: string;
  readonly isTel: boolean;
  readonly isSip: boolean;
  /** Of a number in international form. */
  readonly e164?: string;
  /** The country's code, like `1` or `44`. */
  readonly dialingCode?: string;
}

const ONE_DIGIT = /^[17]/;
/** The two digit country codes of E.164; all others have three. */
const TWO_DIGITS = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** Reads what a caller or a contact is called by; undefined for what is no number or SIP address (`anonymous`). */
export function parsePhoneNumber(text: string): PhoneNumber | undefined {
  const given = text.trim();
  if (/^sips?:[^\s@]+(?:@\S+)?$/i.test(given)) return { text: given, isTel: false, isSip: true };
  const digits = given.replace(/^tel:/i, '').replace(/[\s().-]/g, '');
  if (!/^\+?\d{3,15}$/.test(digits)) return undefined;
  const number = { text: given, isTel: true, isSip: false };
  return digits.startsWith('+') ? { ...number, e164: digits, dialingCode: dialingCodeOf(digits.slice(1)) } : number;
}

function dialingCodeOf(digits: string): string {
  if (ONE_DIGIT.test(digits)) return digits.slice(0, 1);
  return digits.slice(0, TWO_DIGITS.test(digits) ? 2 : 3);
}
