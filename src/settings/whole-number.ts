import * as z from 'zod';

/** Digits as a number; nothing is no number, and neither is `1e2`. */
export const wholeNumber = (message: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,9}$/, message)
    .transform(Number);
