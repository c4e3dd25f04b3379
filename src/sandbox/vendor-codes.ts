const AWS_SERVICES = new Set(['s3', 'iam', 'sts', 'logs', 'lambda']);

const CODES: Readonly<Record<number, { readonly aws: string; readonly genesys: string }>> = {
  400: { aws: 'ValidationException', genesys: 'bad.request' },
  401: { aws: 'UnrecognizedClientException', genesys: 'authentication.required' },
  403: { aws: 'AccessDenied', genesys: 'missing.permissions' },
  404: { aws: 'ResourceNotFoundException', genesys: 'not.found' },
  408: { aws: 'RequestTimeout', genesys: 'client.timeout' },
  409: { aws: 'ResourceConflictException', genesys: 'request.conflict' },
  413: { aws: 'RequestEntityTooLargeException', genesys: 'request.entity.too.large' },
  429: { aws: 'TooManyRequestsException', genesys: 'too.many.requests' },
  500: { aws: 'InternalFailure', genesys: 'internal.server.error' },
  503: { aws: 'ServiceUnavailable', genesys: 'service.unavailable' },
  504: { aws: 'RequestTimeout', genesys: 'request.timeout' },
};

/** The code that a vendor's services commonly give for a status, for refusals that no handler words. */
export function commonCode(service: string, status: number): string {
  const codes = CODES[status] ?? { aws: `Http${status}`, genesys: `http.${status}` };
  return AWS_SERVICES.has(service) ? codes.aws : codes.genesys;
}
