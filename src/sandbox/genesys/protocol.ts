import { randomUUID } from 'node:crypto';
import {
  type Incoming,
  type Operation,
  type Protocol,
  Refusal,
  type Reply,
  type Request,
  type Sent,
} from '../contract.ts';
import type { World } from '../world.ts';
import { badRequest, errorBodyOf, invalidBody, refusalWith } from './error-body.ts';
import { holds } from './grants.ts';
import { clientOf, clientOfBasic, clientOfBearer, renderOauthRefusal, TOKEN_PATH } from './oauth.ts';
import { createRouter } from './routes.ts';
import { checkShown } from './shown.ts';

/** Uploads are S3's in the real world: a signed address, no token, and refusals in XML. */
export const UPLOAD_PREFIX = '/_upload/';

const isUpload = ({ url }: Incoming): boolean => url.pathname.startsWith(UPLOAD_PREFIX);
const isLogin = ({ url }: Incoming): boolean => url.pathname.toLowerCase() === TOKEN_PATH;

/** How Genesys Cloud speaks HTTP: its login, the Platform API and uploads. It takes whatever nobody else claims. */
export function createGenesys(operations: readonly Operation[], uuid: () => string = randomUUID): Protocol {
  const find = createRouter(operations);
  return {
    claims: () => true,
    match: (incoming) => {
      const { method, url, bytes } = incoming;
      const { operation, path } = find(method, url.pathname);
      // What is no JSON is refused later, once it is known who asks.
      return { operation, path, query: url.searchParams, body: parseJson(bytes) ?? undefined };
    },
    authenticate: (world, incoming) => {
      if (isUpload(incoming)) return 'upload';
      return isLogin(incoming) ? clientOfBasic(world, incoming) : clientOfBearer(world, incoming);
    },
    authorize: (world, operation, request) => {
      if (operation.service !== 'genesys') return;
      checkPermission(world, operation, request);
      checkBody(operation, request);
      checkShown(world, operation, request);
    },
    render: (incoming, _matched, reply) => send(incoming, reply, uuid()),
    refuse: (incoming, _matched, refusal) => {
      if (isLogin(incoming)) return renderOauthRefusal(refusal);
      if (isUpload(incoming)) return renderUploadRefusal(refusal);
      const id = uuid();
      const { status, extra } = refusal;
      return send(incoming, { status, headers: extra.headers, body: errorBodyOf(refusal, id) }, id);
    },
  };
}

/** Throws 403 unless the caller holds one of the operation's permissions. */
function checkPermission(world: World, { permission }: Operation, request: Request): void {
  const client = clientOf(world, request.caller);
  if (permission.length === 0 || permission.some((one) => client && holds(world, client, one, request))) return;
  const permissions = permission.join(', ');
  if (permission.length === 1) {
    const text = 'Unable to perform the requested action. You are missing the following permission(s): {permissions}';
    throw refusalWith(403, 'missing.permissions', text, { permissions });
  }
  const text =
    'Unable to perform the requested action. You must have at least one of the following permissions assigned: {permissions}';
  throw refusalWith(403, 'missing.any.permissions', text, { permissions: `[${permissions}]` });
}

function checkBody({ body: schema }: Operation, { bytes, headers, body }: Request): void {
  if (bytes.length > 0) {
    const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/json') {
      const text =
        'Unsupported Media Type - Unsupported or incorrect media type, such as an incorrect Content-Type value in the header.';
      throw new Refusal(415, 'unsupported.media.type', text);
    }
    if (body === undefined && parseJson(bytes) !== null)
      throw badRequest('The request could not be understood by the server due to malformed syntax.');
  }
  const parsed = schema?.safeParse(body);
  if (parsed?.error) throw invalidBody(parsed.error);
}

/** Undefined for what is no JSON. Genesys' SDKs send `null` in place of a body that is left out. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}

const send = ({ method }: Incoming, { status, headers, body }: Reply, correlationId: string): Sent => {
  const content = contentOf(body);
  return {
    status,
    headers: { ...content.headers, 'inin-correlation-id': correlationId, ...headers },
    bytes: method === 'HEAD' ? new Uint8Array() : content.bytes,
  };
};

function contentOf(body: unknown): Pick<Sent, 'headers' | 'bytes'> {
  if (body === undefined) return { headers: {}, bytes: new Uint8Array() };
  if (body instanceof Uint8Array) return { headers: { 'content-type': 'application/octet-stream' }, bytes: body };
  if (typeof body === 'string') return { headers: { 'content-type': 'text/plain' }, bytes: Buffer.from(body) };
  return { headers: { 'content-type': 'application/json' }, bytes: Buffer.from(JSON.stringify(body)) };
}

const renderUploadRefusal = ({ status, code, message, extra }: Refusal): Sent => ({
  status,
  headers: { 'content-type': 'application/xml', ...extra.headers },
  bytes: Buffer.from(`<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>`),
});

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
