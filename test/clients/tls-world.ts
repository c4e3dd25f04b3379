import { createServer, type Server } from 'node:https';
import { Server as ProxyServer, RequestError } from 'proxy-chain';
import { generate } from 'selfsigned';

/** A certificate authority of our own, and a certificate that it has signed for these hosts. */
async function certify(hosts: readonly string[], addresses: readonly string[]) {
  const keyUsage = {
    name: 'keyUsage',
    keyCertSign: true,
    cRLSign: true,
    digitalSignature: true,
    critical: true,
  } as const;
  const ca = await generate([{ name: 'commonName', value: 'Intern CA' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }, keyUsage],
  });
  const altNames = [
    ...hosts.map((value) => ({ type: 2 as const, value })),
    ...addresses.map((ip) => ({ type: 7 as const, ip })),
  ];
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'vendors' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: ca.private, cert: ca.cert },
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  return { ca: ca.cert, cert, key };
}

const XML = { 'content-type': 'text/xml' };
const IDENTITY =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/x</Arn><UserId>U</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';
const SSO = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 's', sessionToken: 't', expiration: 4_102_444_800_000 };

/** Whatever any of the vendors is asked for, over TLS, by whatever name; and the authority that it is to be trusted by. */
export async function startVendors(hosts: readonly string[]) {
  const { ca, cert, key } = await certify(hosts, ['127.0.0.1', '0.0.0.0']);
  const headers: (readonly string[])[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    headers.push(Object.keys(request.headers));
    request.resume().on('end', () => {
      const { url = '', method } = request;
      const json = (body: object) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (url === '/oauth/token') json({ access_token: 'token-0123456789' });
      else if (url.startsWith('/api/v2/')) json({ id: 'f-1' });
      else if (url.startsWith('/federation/credentials')) json({ roleCredentials: SSO });
      else if (method === 'POST') response.writeHead(200, XML).end(IDENTITY);
      else response.writeHead(200).end();
    });
  });
  const port = await listen(server);
  return { ca, port, server, headers, close: () => close(server) };
}

/** A real proxy that connects to `vendors`, whatever it is asked for; or refuses with a status. */
export async function startProxy(
  answer: { readonly to?: Server; readonly refuse?: number; readonly account?: readonly [string, string] } = {},
) {
  const connects: string[] = [];
  const plain: string[] = [];
  const proxy = new ProxyServer({
    port: 0,
    host: '127.0.0.1',
    prepareRequestFunction: ({ isHttp, hostname, port, username, password }) => {
      if (answer.account && `${username} ${password}` !== answer.account.join(' '))
        return { requestAuthentication: true };
      (isHttp ? plain : connects).push(`${hostname}:${port}`);
      if (answer.refuse) throw new RequestError('no', answer.refuse);
      return answer.to && !isHttp ? { customConnectServer: answer.to } : {};
    },
  });
  await proxy.listen();
  return { host: `127.0.0.1:${proxy.port}`, connects, plain, close: () => proxy.close(true) };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, '0.0.0.0', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    }),
  );
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
