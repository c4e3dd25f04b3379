import { type ActionContract, contractSide } from '../architect/lint/contracts.ts';
import { renderFlow } from '../architect/render.ts';
import { type Assets, renderTemplate } from '../assets.ts';
import type { Names } from '../names.ts';
import { markText } from '../resources/genesys/marks.ts';

/** Where each of them lies in the package. */
const flowFiles = { inbound: 'inbound-call', secure: 'secure-call', workflow: 'workflow' } as const;

type OwnFlow = keyof typeof flowFiles;
export type OwnFlows = Readonly<Record<OwnFlow, string>>;
export const ownFlows: readonly OwnFlow[] = ['inbound', 'secure', 'workflow'];
export const fileOf = (flow: OwnFlow): string => `${flowFiles[flow]}.yaml`;

interface Use {
  readonly assets: Assets;
  readonly names: Names;
  readonly division?: string | undefined;
  readonly installation: string;
  /** Whether the card number is passed as secure data. */
  readonly isSecure?: boolean | undefined;
}

/** The three flows as they are published: names, data actions and marks are set in. */
export async function renderOwnFlows({ assets, names, division, installation, isSecure }: Use): Promise<OwnFlows> {
  const { pay, save } = names;
  const render = async (flow: OwnFlow, step: string, values: Parameters<typeof renderFlow>[1]) => {
    const description = `Event orchestration ${markText({ installation, step })}`;
    return renderFlow(await assets.flow(flowFiles[flow]), { ...values, division, description });
  };
  return {
    inbound: await render('inbound', 'inbound-flow', { name: names.inboundFlow, targetFlow: names.secureFlow }),
    secure: await render('secure', 'secure-flow', {
      name: names.secureFlow,
      dataAction: { category: pay.category, name: pay.action },
      isSecure,
    }),
    workflow: await render('workflow', 'workflow', {
      name: names.workflow,
      dataAction: { category: save.category, name: save.action },
    }),
  };
}

/** The contracts of the two data actions, under the names that they get. */
export async function ownContracts({
  assets,
  names,
}: Pick<Use, 'assets' | 'names'>): Promise<readonly ActionContract[]> {
  const contract = async (lambda: string, { category, action }: Names['pay']): Promise<ActionContract> => {
    const side = async (which: string) =>
      contractSide(renderTemplate(await assets.template(`contracts/${lambda}.${which}.json`), {}));
    return { category, name: action, input: await side('input'), output: await side('output') };
  };
  return Promise.all([contract('payment-id', names.pay), contract('save-data', names.save)]);
}
