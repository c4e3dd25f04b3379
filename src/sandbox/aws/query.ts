import { Refusal } from '../contract.ts';
import type { AwsOperation, AwsService } from './operation.ts';
import { writeXml, type Xml } from './xml.ts';

/** More than the longest policy document that IAM takes, with every character of it escaped. */
const LARGEST = 1024 * 1024;

/** How IAM and STS speak: a form in, XML out. */
export function queryService(version: string, operations: readonly AwsOperation[]): AwsService {
  const namespace = operations[0]?.service === 'sts' ? 'https://sts' : 'https://iam';
  const xmlns = `xmlns="${namespace}.amazonaws.com/doc/${version}/"`;
  const table = new Map(operations.map((row) => [row.operation, row]));
  return {
    operations,
    match: ({ bytes }) => {
      if (bytes.length > LARGEST) throw new Refusal(413, 'RequestEntityTooLarge', 'The request is too large.');
      const form = new URLSearchParams(Buffer.from(bytes).toString());
      const action = form.get('Action') ?? '';
      const operation = form.get('Version') === version ? table.get(action) : undefined;
      if (!operation) {
        const text = `Could not find operation ${action} for version ${form.get('Version') ?? 'NO_VERSION_SPECIFIED'}`;
        throw new Refusal(400, 'InvalidAction', text);
      }
      return { operation, path: {}, query: new URLSearchParams(), body: readForm(form) };
    },
    render: (matched, { status, headers, body }, requestId) => {
      const name = matched?.operation.operation ?? '';
      const result = body === undefined ? '' : writeXml(`${name}Result`, body as Xml, 'member');
      const metadata = writeXml('ResponseMetadata', { RequestId: requestId });
      const bytes = Buffer.from(`<${name}Response ${xmlns}>${result}${metadata}</${name}Response>`);
      return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId, ...headers }, bytes };
    },
    refuse: (_incoming, { status, code, message, extra }, requestId) => {
      const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message };
      const bytes = Buffer.from(writeXml(`ErrorResponse ${xmlns}`, { Error: error, RequestId: requestId }));
      return {
        status,
        headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId, ...extra.headers },
        bytes,
      };
    },
  };
}

/** `Tags.member.1.Key=a` becomes `{Tags: [{Key: 'a'}]}`. */
export function readForm(form: URLSearchParams): unknown {
  const entries = [...form].map(([name, value]): Entry => [name.split('.').slice(0, MAX_DEPTH), value]);
  return assemble(entries);
}

const MAX_DEPTH = 12;
type Entry = readonly [path: readonly string[], value: string];

function assemble(entries: readonly Entry[]): unknown {
  const [first] = entries;
  if (first && first[0].length === 0) return first[1];
  const groups = new Map<string, Entry[]>();
  for (const [[head = '', ...rest], value] of entries) {
    const group = groups.get(head) ?? [];
    group.push([rest, value]);
    groups.set(head, group);
  }
  const members = groups.size === 1 && groups.get('member');
  if (!members) return Object.fromEntries([...groups].map(([name, group]) => [name, assemble(group)]));
  const numbered = assemble(members);
  if (typeof numbered !== 'object' || numbered === null) return [];
  return Object.entries(numbered)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, member]) => member);
}
