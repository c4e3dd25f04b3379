import { describe, expect, test } from 'vitest';
import { fromAws } from '../../src/clients/from-aws.ts';
import { fromGenesys } from '../../src/clients/from-genesys.ts';
import { applyTo } from '../../src/errors/explanation.ts';
import { explanations } from '../../src/errors/explanations.ts';
import { failureOf } from '../../src/errors/failure.ts';
import { renderError } from '../../src/errors/render-error.ts';
import { errorOf } from './examples.ts';

describe('a known failure', () => {
  test.each(explanations.map((one) => [one.id, one.message, one] as const))('%s: %s', (_id, _message, explanation) => {
    const error = errorOf(explanation.example);
    const failure = failureOf(error);
    if (!failure) throw new Error('The example is not a failure that can be explained.');
    expect(explanations.find((one) => applyTo(failure, one))).toBe(explanation);

    const lines = renderError(error, false);
    const said = applyTo(failure, explanation);
    expect(lines.join('\n')).toContain(said?.message);
    expect(lines.at(-1)).toBe(`To do: ${said?.hint}`);
    for (const text of [said?.message, said?.hint]) {
      expect(text).toMatch(/^[A-Z`].*[.]$/);
      // What a path has of `{id}` is no gap.
      expect(text).not.toMatch(/(?<!\/)\{|undefined|""|\s\s| \.$/);
    }
  });
});

describe('an explanation', () => {
  const lines = (error: unknown) => renderError(error, false).join('\n');
  const denied = (message: string, service = 'IAM', operation = 'CreateRole') =>
    lines(
      fromAws(
        { name: 'AccessDenied', message, $fault: 'client', $metadata: { httpStatusCode: 403 } },
        service,
        operation,
      ),
    );

  test.each([
    [
      'the action and the resource',
      'User: u is not authorized to perform: iam:TagRole on resource: arn:aws:iam::1:role/x because y',
      'Add iam:TagRole on arn:aws:iam::1:role/x to the policy',
    ],
    [
      'the kind of policy that forbids it',
      'User: u is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::b/k" with an explicit deny in a resource-based policy',
      'a resource-based policy forbids it',
    ],
    [
      'the role that is not to be passed on',
      'User: u is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/x because y',
      'Add iam:PassRole on arn:aws:iam::1:role/x, with the condition',
    ],
  ])('of a denial names %s', (_, message, expected) => {
    expect(denied(message)).toContain(expected);
  });

  test.each([
    [
      'Unable to perform the requested action. You are missing the following permission(s): architect:job:create',
      'lacks the permission architect:job:create.',
    ],
    [
      'You are missing the following permission(s): [architect:flow:add, architect:flow:edit]',
      'lacks the permission architect:flow:add, architect:flow:edit.',
    ],
    [
      'You must have at least one of the following permissions assigned: [architect:flow:add]',
      'lacks the permission architect:flow:add.',
    ],
    [
      'missing permission(s): architect:flow:publish:0a1b-2c3d,4e5f-6a7b, architect:flow:edit:0a1b-2c3d',
      'architect:flow:publish:0a1b-2c3d,4e5f-6a7b, architect:flow:edit.',
    ],
    [
      'You must have at least one of the following permissions assigned: [processautomation:trigger:view]',
      'Process Automation > Trigger',
    ],
    ['missing permission(s): com.inin.pubapi.iam.util.ResourcePermission', 'routing:callRoute:add'],
  ])('of "%s" names the permission', (message, expected) => {
    const body = { status: 403, code: 'missing.permissions', message };
    expect(lines(fromGenesys({ status: 403, headers: {}, body }, 'POST /api/v2/flows/jobs'))).toContain(expected);
  });

  test.each([
    ['an action that has another fault', 'POST /api/v2/integrations/actions', 'bad.request', 'config.timeoutSeconds'],
    [
      'an action with a code that says why',
      'POST /api/v2/integrations/actions',
      'constraint.validation',
      'integrationId',
    ],
    ['a trigger that has another fault', 'POST /api/v2/processautomation/triggers', 'bad.request', 'matchCriteria'],
  ])('is not given for %s', (_, operation, code, fieldName) => {
    const body = { status: 400, code, message: 'Bad Request', details: [{ fieldName }] };
    expect(lines(fromGenesys({ status: 400, headers: {}, body }, operation))).toContain('Genesys Cloud refused POST');
  });

  test('keeps what the vendor said, and whom to ask about it', () => {
    const said = lines(
      fromAws(
        {
          name: 'BucketAlreadyExists',
          message: 'Not available',
          $fault: 'client',
          $metadata: { httpStatusCode: 409, requestId: 'req-1' },
        },
        'S3',
        'CreateBucket',
      ),
    );
    expect(said).toBe(
      [
        'Error: The name of the bucket is taken by another AWS account.',
        '  S3 CreateBucket: Not available. (HTTP 409, BucketAlreadyExists, request req-1)',
        'To do: Choose another name with --bucket, or leave it out: the default name cannot be taken by anybody else.',
      ].join('\n'),
    );
  });
});
