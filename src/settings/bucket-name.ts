import * as z from 'zod';

const rules: readonly (readonly [isBroken: (name: string) => boolean, message: string])[] = [
  [(name) => name.length < 3 || name.length > 63, 'Use 3 to 63 characters.'],
  [(name) => name.includes('.'), 'Leave out dots: they break TLS.'],
  [(name) => !/^[a-z0-9-]*$/.test(name), 'Use lower-case letters, digits and hyphens only.'],
  [(name) => /^-|-$/.test(name), 'Begin and end with a letter or a digit.'],
  [
    (name) => /^(?:xn--|sthree-|amzn-s3-demo-)/.test(name),
    'Begin otherwise: AWS keeps xn--, sthree- and amzn-s3-demo- for itself.',
  ],
  [
    (name) => /(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name),
    'End otherwise: AWS keeps -s3alias, --ol-s3, --x-s3 and --table-s3 for itself.',
  ],
  [
    (name) => name.endsWith('-an') && !/^.+-\d{12}-[a-z]{2,4}(?:-[a-z]+)+-\d-an$/.test(name),
    'End in -an only as <name>-<account>-<region>-an.',
  ],
];

/** What is wrong with the name of a bucket, as what would be right; undefined where nothing is. */
export const bucketNameProblem = (name: string): string | undefined => rules.find(([isBroken]) => isBroken(name))?.[1];

export const bucketName = z
  .string()
  .trim()
  .superRefine((name, context) => {
    const problem = bucketNameProblem(name);
    if (problem) context.addIssue(problem);
  });

/** Regions where a bucket cannot be in the account's own namespace. */
const GLOBAL_ONLY = new Set(['me-south-1', 'me-central-1']);

/** A name that nobody else can hold, or, where the region lacks that, one that nobody is likely to. */
export const defaultBucket = (environment: string, account: string, region: string): string =>
  `${environment}-eo-${account}-${region}${GLOBAL_ONLY.has(region) ? '' : '-an'}`;
