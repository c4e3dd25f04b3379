import { CreateLogGroupCommand, ListTagsForResourceCommand, TagResourceCommand } from '@aws-sdk/client-cloudwatch-logs';
import { logGroup } from '../../../src/resources/aws/log-group.ts';
import { laws } from '../laws.ts';

const name = '/aws/lambda/dev-pay-lambda';
const resourceArn = `arn:aws:logs:us-east-1:123456789012:log-group:${name}`;

laws(logGroup, async (rig) => {
  const { logs } = rig.context('pay-logs').aws;
  const tags = { Environment: 'dev' };
  return {
    step: 'pay-logs',
    key: { name },
    inputs: { retentionDays: 30, tags },
    change: { inputs: { retentionDays: 7, tags: { Environment: 'test' } }, drift: ['retentionDays', 'tags'] },
    makeForeign: () => logs.send(new CreateLogGroupCommand({ logGroupName: name })),
    addition: {
      add: () => logs.send(new TagResourceCommand({ resourceArn, tags: { team: 'payments' } })),
      isThere: async () =>
        (await logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags?.['team'] === 'payments',
    },
  };
});
