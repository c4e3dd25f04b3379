const NUMBER = /^\+?\d{3,15}$/;

/**
 * The caller's number without its wrapping: `tel:+1317…`, `sip:+1317…@host` and `+1 (317) …` all become `+1317…`.
 * Null where there is none: nothing given, an anonymous caller, or a SIP address without a number.
 */
export function phoneNumberOf(ani: unknown): string | null {
  if (typeof ani !== 'string') return null;
  const [, scheme = '', rest = ''] = /^(tel:|sips?:)?(.*)$/is.exec(ani.trim()) ?? [];
  const isSip = scheme.toLowerCase().startsWith('sip');
  // Without a user part it is the name or address of a machine, unless a plus says otherwise.
  if (isSip && !rest.includes('@') && !rest.startsWith('+')) return null;
  const [user = ''] = rest.split(/[@;:]/, 1);
  const number = user.replace(/^%2B/i, '+').replace(/[ ().-]/g, '');
  return NUMBER.test(number) ? number : null;
}
