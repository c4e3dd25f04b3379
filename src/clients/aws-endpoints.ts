import { exitCode, SetupError } from '../errors/setup-error.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The services that we call, by their names in the names of variables, and as people know them. */
const awsServices = {
  S3: 'S3',
  IAM: 'IAM',
  LAMBDA: 'Lambda',
  CLOUDWATCH_LOGS: 'CloudWatch Logs',
  STS: 'STS',
} as const;

type Service = keyof typeof awsServices;

/** Where services are called, instead of at AWS itself. */
export type AwsEndpoints = Readonly<Partial<Record<Service, string>>>;

const services = Object.keys(awsServices) as readonly Service[];

/** The endpoints that the environment names. */
export function endpointsInEnv(env: Env): AwsEndpoints {
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true') return {};
  const common = 'AWS_ENDPOINT_URL';
  return endpoints((service) => {
    const own = `${common}_${service}`;
    const name = env[own] ? own : common;
    return { url: env[name], name };
  });
}

/** Those, and for the services that it does not name the ones in the profile: the SDK would look in another profile. */
export async function awsEndpoints(env: Env, profile: string | undefined): Promise<AwsEndpoints> {
  const named = endpointsInEnv(env);
  const isIgnored = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true';
  if (isIgnored || services.every((service) => named[service])) return named;
  const name = profile || env['AWS_PROFILE'] || 'default';
  const { loadSharedConfigFiles } = await import('@smithy/core/config');
  const { configFile, credentialsFile } = await loadSharedConfigFiles({
    ...(env['AWS_CONFIG_FILE'] && { configFilepath: env['AWS_CONFIG_FILE'] }),
    ...(env['AWS_SHARED_CREDENTIALS_FILE'] && { filepath: env['AWS_SHARED_CREDENTIALS_FILE'] }),
  });
  const own = { ...credentialsFile[name], ...configFile[name] };
  if (own['ignore_configured_endpoint_urls']?.toLowerCase() === 'true') return named;
  const section = configFile[`services.${own['services']}`] ?? {};
  const inProfile = endpoints((service) => ({
    url: section[`${service.toLowerCase()}.endpoint_url`] ?? own['endpoint_url'],
    name: `endpoint_url of the AWS profile "${name}"`,
  }));
  return { ...inProfile, ...named };
}

function endpoints(of: (service: Service) => { readonly url: string | undefined; readonly name: string }) {
  return Object.fromEntries(
    services.flatMap((service) => {
      const { url, name } = of(service);
      return url ? [[service, checked(url, name)]] : [];
    }),
  ) satisfies AwsEndpoints;
}

function checked(url: string, name: string): string {
  const { protocol, username, password } = URL.canParse(url) ? new URL(url) : { protocol: '' };
  if (/^https?:$/.test(protocol) && !username && !password) return url;
  // It is not shown: there may be a password in it.
  throw new SetupError(`The endpoint that is set in ${name} cannot be used.`, {
    exit: exitCode.usage,
    hint: 'Give an address that begins with https:// or http://, without a name and a password.',
  });
}

/** The endpoints in words: `AWS at http://127.0.0.1:4566`, or each service at its own. */
export function formatEndpoints(endpoints: AwsEndpoints): readonly string[] {
  const urls = new Set(Object.values(endpoints));
  const isAll = services.every((service) => endpoints[service]);
  return [...urls].map((url) => {
    const here = services.filter((service) => endpoints[service] === url);
    return `${isAll && urls.size === 1 ? 'AWS' : here.map((service) => awsServices[service]).join(', ')} at ${url}`;
  });
}
