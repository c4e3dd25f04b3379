import { describe, expect, test } from 'vitest';
import { isLoopback, proxiesOf, proxySecrets } from '../../src/clients/proxies.ts';
import { SetupError } from '../../src/errors/setup-error.ts';

const PROXY = 'http://proxy.example.com:3128';
const sts = { isSecure: true, host: 'sts.eu-west-1.amazonaws.com', port: 443 };

describe('the proxy of a request', () => {
  test.each<[string, Record<string, string>, string | undefined, string | undefined]>([
    ['none', {}, undefined, undefined],
    ['none where the variable is empty', { HTTPS_PROXY: ' ' }, undefined, undefined],
    ['that of HTTPS_PROXY for https', { HTTPS_PROXY: PROXY }, `${PROXY}/`, undefined],
    ['that of HTTP_PROXY for http', { HTTP_PROXY: PROXY }, undefined, `${PROXY}/`],
    ['that of ALL_PROXY for both', { ALL_PROXY: PROXY }, `${PROXY}/`, `${PROXY}/`],
    ['its own before ALL_PROXY', { ALL_PROXY: 'http://other', https_proxy: PROXY }, `${PROXY}/`, 'http://other/'],
    ['the one in small letters first', { HTTPS_PROXY: 'http://other', https_proxy: PROXY }, `${PROXY}/`, undefined],
    ['one without a scheme', { https_proxy: 'proxy.example.com:3128' }, `${PROXY}/`, undefined],
    ['one that speaks TLS', { https_proxy: 'https://proxy.example.com' }, 'https://proxy.example.com/', undefined],
  ])('is %s', (_, env, secure, plain) => {
    const proxyFor = proxiesOf(env);
    expect(proxyFor?.(sts)?.href).toBe(secure);
    expect(proxyFor?.({ isSecure: false, host: 'aws.intern', port: 80 })?.href).toBe(plain);
  });

  test.each(['127.0.0.1', '127.9.9.9', 'localhost', 'LOCALHOST', 'bucket.localhost', '::1', '[::1]'])(
    'is none for this machine: %s',
    (host) => {
      expect(isLoopback(host)).toBe(true);
      expect(proxiesOf({ ALL_PROXY: PROXY })?.({ isSecure: false, host, port: 4566 })).toBeUndefined();
    },
  );

  test.each(['127.0.0.1.evil.tld', 'localhost.evil.tld', '10.0.0.1', '::2', 'xlocalhost'])(
    'is the usual one for what only looks like this machine: %s',
    (host) => {
      expect(isLoopback(host)).toBe(false);
      expect(proxiesOf({ ALL_PROXY: PROXY })?.({ isSecure: false, host, port: 80 })?.href).toBe(`${PROXY}/`);
    },
  );
});

describe('NO_PROXY', () => {
  test.each<[string, string, number, 'exempt' | 'proxied']>([
    ['*', 'anything.example', 443, 'exempt'],
    ['example.com', 'example.com', 443, 'exempt'],
    ['example.com', 'api.example.com', 443, 'exempt'],
    ['example.com', 'notexample.com', 443, 'proxied'],
    ['example.com', 'example.com.evil.tld', 443, 'proxied'],
    ['.example.com', 'api.example.com', 443, 'exempt'],
    ['*.example.com', 'api.example.com', 443, 'exempt'],
    ['EXAMPLE.com', 'api.Example.COM', 443, 'exempt'],
    ['a.example, b.example c.example', 'c.example', 443, 'exempt'],
    ['a.example,,', 'other.example', 443, 'proxied'],
    ['example.com:8443', 'example.com', 8443, 'exempt'],
    ['example.com:8443', 'example.com', 443, 'proxied'],
    ['10.0.0.5', '10.0.0.5', 443, 'exempt'],
    ['0.0.5', '10.0.0.5', 443, 'proxied'],
    ['10.0.0.0/8', '10.20.30.40', 443, 'exempt'],
    ['10.0.0.0/8', '11.0.0.1', 443, 'proxied'],
    ['10.0.0.0/8', 'ten.example', 443, 'proxied'],
    ['10.0.0.0/99', '10.0.0.1', 443, 'proxied'],
    ['fd00::/8', 'fd12::1', 443, 'exempt'],
    ['fd00::/8', '10.0.0.1', 443, 'proxied'],
    ['[fd12::1]:8443', 'fd12::1', 8443, 'exempt'],
    ['fd12::1', 'fd12::1', 443, 'exempt'],
    ['(((', 'example.com', 443, 'proxied'],
  ])('%s: %s at %d is %s', (list, host, port, expected) => {
    for (const name of ['NO_PROXY', 'no_proxy']) {
      const proxy = proxiesOf({ https_proxy: PROXY, [name]: list })?.({ isSecure: true, host, port });
      expect(proxy ? 'proxied' : 'exempt').toBe(expected);
    }
  });
});

test.each([
  'socks5://proxy:1080',
  'http://',
  'ftp://proxy',
  'http://ann:hunter2@bad host',
  'http://ann:hunter2/@host:80',
])('a proxy that cannot be used is refused by its variable, and not shown: %s', (value) => {
  const refusal = (() => {
    try {
      return proxiesOf({ HTTPS_PROXY: value });
    } catch (error) {
      return error;
    }
  })();
  expect(refusal).toBeInstanceOf(SetupError);
  expect(refusal).toMatchObject({ exit: 2, message: 'The proxy in HTTPS_PROXY cannot be used.' });
});

test('the passwords of proxies are secrets, as they stand there and as they are sent', () => {
  const env = { HTTPS_PROXY: 'http://ann:hunter%402@p', http_proxy: 'http://ann:100%25@p', ALL_PROXY: 'http://p' };
  expect(proxySecrets(env)).toEqual(['hunter%402', 'hunter@2', '100%25', '100%']);
  expect(proxySecrets({ HTTPS_PROXY: 'http://ann:%zz@p' })).toEqual(['%zz']);
});
