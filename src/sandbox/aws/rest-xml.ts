import { type Incoming, Refusal } from '../contract.ts';
import type { AwsOperation, AwsService } from './operation.ts';
import { createRouter } from './routes.ts';
import { checkChecksum } from './s3/checksums.ts';
import { readPayload } from './s3/payload.ts';
import { writeXml, type Xml } from './xml.ts';

/** What a query may ask for that is not in the table; without this it would be taken for the plain operation. */
const SUBRESOURCES = [
  ...['accelerate', 'acl', 'analytics', 'attributes', 'cors', 'intelligent-tiering', 'inventory', 'legal-hold'],
  ...['lifecycle', 'logging', 'metrics', 'notification', 'object-lock', 'partNumber', 'policyStatus', 'replication'],
  ...['requestPayment', 'restore', 'retention', 'select', 'session', 'torrent', 'uploadId', 'uploads', 'website'],
  ...['delete', 'encryption', 'location', 'ownershipControls', 'policy', 'publicAccessBlock', 'tagging', 'versioning'],
  'versions',
];

const HEADERS = [
  ...['range', 'x-amz-copy-source', 'x-amz-tagging', 'x-amz-website-redirect-location', 'x-amz-storage-class'],
  ...['x-amz-server-side-encryption-customer-algorithm', 'x-amz-server-side-encryption-aws-kms-key-id'],
  ...['x-amz-object-lock-mode', 'x-amz-object-lock-legal-hold', 'x-amz-bucket-object-lock-enabled', 'x-amz-mfa'],
  ...['x-amz-write-offset-bytes', 'x-amz-grant-read', 'x-amz-grant-write', 'x-amz-grant-full-control'],
];

/** How S3 speaks: XML for what is about a bucket, bytes for what is in it; the bucket is in the path. */
export function restXmlService(operations: readonly AwsOperation[]): AwsService {
  const find = createRouter(operations);
  return {
    operations,
    match: (incoming) => {
      const found = find(incoming);
      if (!found) throw notImplemented();
      refuseUnknown(incoming, found.operation);
      const payload = readPayload(incoming);
      checkChecksum(incoming.headers, payload, found.operation.needsChecksum === true);
      return { ...found, query: incoming.url.searchParams, body: payload.bytes };
    },
    render: (_matched, { status, headers, body }, requestId) => {
      const isRaw = body instanceof Uint8Array;
      const bytes = isRaw ? body : Buffer.from(typeof body === 'string' ? body : writeDocument(body));
      const type = isRaw || bytes.length === 0 ? {} : { 'content-type': 'application/xml' };
      return { status, headers: { ...type, ...idsOf(requestId), ...headers }, bytes };
    },
    refuse: ({ method }, { status, code, message, extra }, requestId) => {
      const headers = { 'content-type': 'application/xml', ...idsOf(requestId), ...extra.headers };
      const members = { Code: code, Message: message, ...(extra.body as Record<string, Xml>), RequestId: requestId };
      // The answer to a HEAD has no body, so that only its status tells what was wrong.
      return {
        status,
        headers,
        bytes: method === 'HEAD' ? new Uint8Array() : Buffer.from(DECLARATION + writeXml('Error', members)),
      };
    },
  };
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** `{Root: members}` as a document. */
function writeDocument(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const [[root, members] = ['', undefined]] = Object.entries(body);
  return DECLARATION + writeXml(`${root} ${NAMESPACE}`, members as Xml);
}

const idsOf = (requestId: string) => ({ 'x-amz-request-id': requestId, 'x-amz-id-2': requestId });

function refuseUnknown({ url, headers }: Incoming, { route }: AwsOperation): void {
  const flags = (route.split('?')[1] ?? '').split('&').map((flag) => flag.split('=')[0]);
  const unknown =
    SUBRESOURCES.find((name) => url.searchParams.has(name) && !flags.includes(name)) ??
    HEADERS.find((name) => headers[name] !== undefined);
  if (unknown !== undefined) throw notImplemented({ Header: unknown });
}

const notImplemented = (body: Readonly<Record<string, string>> = {}): Refusal => {
  const text = 'A header or query you provided implies functionality that is not implemented.';
  return new Refusal(501, 'NotImplemented', text, { body });
};
