import { type Assets, renderTemplate } from '../assets.ts';
import type { HalfMaterials } from '../half.ts';
import type { Names } from '../names.ts';
import { policyDocument } from '../resources/aws/policy-document.ts';
import type { Identity } from '../settings/complete.ts';
import type { Settings } from '../settings/settings.ts';
import type { Materials } from '../solution.ts';
import type { Artifacts } from '../state/artifacts.ts';
import { checkBeforePublish } from './lint-own-flows.ts';
import { ownContracts, renderOwnFlows } from './own-flows.ts';

interface Sources {
  readonly assets: Assets;
  readonly artifacts: Artifacts;
  readonly settings: Settings;
  readonly names: Names;
  readonly identity: Identity;
  readonly installation: string;
  /** Shows what is not well with a flow, but no reason not to publish it. */
  readonly say: (line: string) => void;
}

/** Reads and renders everything the steps refer to; bytes go into the artifacts, the steps name their sha256. */
export async function prepareMaterials(sources: Sources): Promise<Materials> {
  const { assets, names, identity, settings } = sources;
  const policy = async (template: string, values: Readonly<Record<string, string>>) =>
    policyDocument.parse(renderTemplate(await assets.template(template), values));
  const genesysTrust = {
    genesysPrincipal: `arn:${identity.awsPartition}:iam::${settings.genesysAwsAccount}:root`,
    organizationId: identity.organizationId,
  };
  const [pay, save, lambdaTrust, trust, bucketPolicy, flows] = await Promise.all([
    prepareHalf(sources, 'payment-id', names.pay, 'execution-policy.json', policy),
    prepareHalf(sources, 'save-data', names.save, 'save-execution-policy.json', policy),
    policy('policies/lambda-trust.json', {}),
    policy('policies/genesys-trust.json', genesysTrust),
    policy('policies/bucket-policy.json', { bucketArn: names.bucketArn }),
    prepareFlows(sources),
  ]);
  return { pay, save, lambdaTrust, genesysTrust: trust, bucketPolicy, flows };
}

async function prepareHalf(
  { assets, artifacts, settings, names }: Sources,
  lambda: 'payment-id' | 'save-data',
  own: Names['pay'],
  execution: string,
  policy: (template: string, values: Readonly<Record<string, string>>) => Promise<Materials['lambdaTrust']>,
): Promise<HalfMaterials> {
  const contract = async (which: 'input' | 'output') =>
    Object.fromEntries(Object.entries(renderTemplate(await assets.template(`contracts/${lambda}.${which}.json`), {})));
  const { zip } = await assets.lambda(lambda);
  return {
    zip: await artifacts.put(zip),
    environment: lambda === 'save-data' ? { REGION: settings.awsRegion, BUCKET_NAME: names.bucket } : {},
    executionPolicy: await policy(`policies/${execution}`, {
      logGroupArn: own.logGroupArn,
      bucketArn: names.bucketArn,
    }),
    invokePolicy: await policy('policies/invoke-policy.json', { functionArn: own.functionArn }),
    contract: { input: await contract('input'), output: await contract('output') },
  };
}

/** The three flows as they are published, checked before. */
async function prepareFlows({
  assets,
  artifacts,
  settings,
  names,
  installation,
  say,
}: Sources): Promise<Materials['flows']> {
  const { division } = settings;
  const isSecure = settings.secureDataAction === 'on';
  const { secure, inbound, workflow } = await renderOwnFlows({ assets, names, division, installation, isSecure });
  checkBeforePublish({ inbound, secure, workflow }, await ownContracts({ assets, names }), say);
  const put = (yaml: string) => artifacts.put(new TextEncoder().encode(yaml));
  return { secure: await put(secure), inbound: await put(inbound), workflow: await put(workflow) };
}
