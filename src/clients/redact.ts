import { inspect } from 'node:util';

/** A value that must never be shown: it prints as `[secret]` however it is printed. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return '[secret]';
  }
  toJSON(): string {
    return '[secret]';
  }
  [inspect.custom](): string {
    return '[secret]';
  }
}

/** CSI, the strings (OSC, DCS, SOS, PM, APC) up to their end, and what else an ESC begins; in 7 and in 8 bits. */
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be found
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
/** C0 (but tab and newline), DEL, C1, and what turns the direction of writing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be found
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Remote text without anything that could steer a terminal, and at most `limit` characters of it. */
export function clean(text: string, limit = 2_000): string {
  const plain = text
    .slice(0, limit * 4)
    .replace(SEQUENCES, '')
    .replace(CONTROLS, '');
  return plain.length > limit ? `${plain.slice(0, limit).replace(/[\ud800-\udbff]$/, '')}…` : plain;
}

/** What is secret wherever it stands, known or not. */
const PATTERNS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/\b(bearer|basic)\s+(?=[^\s"',]*[\d+/=])[\w.~+/=-]{8,}/gi, '$1 [secret]'],
  [/(X-Amz-(?:Signature|Security-Token)=)[^&\s"'<>]+/gi, '$1[secret]'],
  [/\b((?:access_token|client_secret)["']?\s*[:=]\s*["']?)[^&\s"'<>]+/gi, '$1[secret]'],
];

/** A function that takes every spelling of the known secrets out of a text, and what looks like a token. */
export function redactor(secrets: () => readonly Secret[]): (text: string) => string {
  return (text) => {
    const spelled = secrets().flatMap((secret) => spellings(secret.reveal()));
    // The longest first: a short one may be a part of it.
    const known = spelled
      .toSorted((a, b) => b.length - a.length)
      .reduce((rest, spelling) => rest.replaceAll(spelling, '[secret]'), text);
    return PATTERNS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), known);
  };
}

/** What is shorter would only garble the text. */
const SHORTEST = 4;

function spellings(value: string): readonly string[] {
  if (value.length < SHORTEST) return [];
  const encoded = [encodeURIComponent(value), new URLSearchParams({ value }).toString().slice('value='.length)];
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    ...encoded,
    ...encoded.map((text) => text.replace(/%../g, (byte) => byte.toLowerCase())),
    ...base64Spellings(Buffer.from(value)),
  ];
}

/** Whatever stands before the value in a base64 text, one of these is in it: there are three ways to fall on 6 bits. */
function base64Spellings(bytes: Buffer): readonly string[] {
  const inside = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  return [bytes.toString('base64'), ...inside]
    .filter((text) => text.length >= SHORTEST)
    .flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]);
}
