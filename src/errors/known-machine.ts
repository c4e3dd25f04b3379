import { type Explanation, systemError } from './explanation.ts';

const noAnswer = (code: string, message: string) => ({
  from: 'AWS' as const,
  service: 'STS',
  operation: 'GetCallerIdentity',
  thrown: { name: 'Error', code, message },
});

/** Failures of the network, and of the machine that we run on. */
export const knownOfMachine: readonly Explanation[] = [
  {
    id: 'network.host-not-found',
    match: { code: /^(ENOTFOUND|EAI_AGAIN)$/, service: /./ },
    message: 'The host of {service} cannot be found.',
    hint: 'Check the network and the region. Behind a proxy, set HTTPS_PROXY.',
    example: noAnswer('ENOTFOUND', 'getaddrinfo ENOTFOUND sts.us-east-1.amazonaws.com'),
  },
  {
    id: 'network.unreachable',
    match: { code: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENETDOWN)$/, service: /./ },
    message: '{service} cannot be reached: nothing answers there.',
    hint: 'Check the network, the proxy (HTTPS_PROXY) and any endpoint that is set (AWS_ENDPOINT_URL, GENESYSCLOUD_GATEWAY_HOST). Of a sandbox that is served, check that it still runs.',
    example: noAnswer('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:4566'),
  },
  {
    id: 'network.certificate',
    match: { code: /^(CERT_|ERR_TLS_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_(GET|VERIFY))/, service: /./ },
    message: 'The certificate that {service} showed is not trusted here.',
    hint: 'Where a proxy looks into TLS, name the file of its certificate authority in NODE_EXTRA_CA_CERTS.',
    example: noAnswer('SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain'),
  },
  {
    id: 'network.no-tls',
    match: { code: /^(EPROTO|ERR_SSL_)/, service: /./ },
    message: 'There is no TLS where {service} should be.',
    hint: 'Check the proxy (HTTPS_PROXY) and any endpoint that is set: one that speaks plain HTTP must begin with http://.',
    example: noAnswer('EPROTO', 'write EPROTO 0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number'),
  },
  {
    id: 'network.no-answer',
    match: {
      code: /^(ETIMEDOUT|ECONNRESET|ECONNABORTED|EPIPE|ERR_BAD_RESPONSE|ERR_NETWORK|TimeoutError)$/,
      service: /./,
    },
    message: '{service} did not answer, or not to the end, although it was asked again.',
    hint: 'Check the network, then run the command again: it looks at what was done, and goes on from there.',
    example: noAnswer('ETIMEDOUT', 'no answer within 30 s'),
  },
  {
    id: 'network.other-answer',
    match: {
      text: /with a web page as the answer|a web page in the place of an answer|with an answer that cannot be read/,
    },
    message: 'Something other than {service} answered.',
    hint: 'A proxy or a sign-in page of the network may be in between: set HTTPS_PROXY, or sign in to the network.',
    example: {
      from: 'Genesys Cloud',
      service: 'Genesys Cloud',
      operation: 'GET /api/v2/organizations/me',
      thrown: { status: 403, headers: {}, body: '<!DOCTYPE html><html><body>Blocked</body></html>' },
    },
  },
  {
    id: 'machine.disk-full',
    match: { code: /^(ENOSPC|EDQUOT)$/ },
    message: 'The disk is full.',
    hint: 'Make room, then run the command again: it goes on from where it stopped.',
    example: systemError('ENOSPC', "no space left on device, write '.eo-setup/dev/state.json'"),
  },
  {
    id: 'machine.read-only',
    match: { code: /^EROFS$/, text: /'(?<path>[^']+)'/ },
    message: 'Nothing can be written to {path}.',
    hint: 'Choose a folder that can be written to with --state-dir.',
    example: systemError('EROFS', "read-only file system, mkdir '/mnt/.eo-setup'"),
  },
  {
    id: 'machine.forbidden',
    match: { code: /^(EACCES|EPERM)$/, text: /'(?<path>[^']+)'/ },
    message: 'You may not use {path}.',
    hint: 'Run the command as the owner of the folder, or choose another one with --state-dir.',
    example: systemError('EACCES', "permission denied, open '.eo-setup/dev/state.json'"),
  },
  {
    id: 'machine.port-taken',
    match: { code: /^EADDRINUSE$/, text: /(?<port>\d+)$/m },
    message: 'Port {port} is in use by another program.',
    hint: 'Choose another one with --port, or end the other program.',
    example: systemError('EADDRINUSE', 'address already in use 127.0.0.1:4566'),
  },
  {
    id: 'machine.too-many-files',
    match: { code: /^(EMFILE|ENFILE)$/ },
    message: 'Too many files are open on this machine.',
    hint: 'End other programs, or raise the limit (ulimit -n), then run the command again.',
    example: systemError('EMFILE', "too many open files, open '.eo-setup/dev/artifacts'"),
  },
];
