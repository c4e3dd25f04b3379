import { wrapTo } from './wrap-to.ts';

/** For the sign that it begins with, as wide as what goes on is indented, and the last column. */
const ROOM = 3;

/** What is asked, or said about an answer, broken between words. */
export const inLines = (text: string, columns: number): string => wrapTo(text, columns - ROOM).join('\n  ');
