import * as z from 'zod';
import type { World } from '../world.ts';
import type { FlowDocument } from './flow-document.ts';
import { flowNamed, type Use } from './flow-record.ts';
import type { ActionReference, CollectedReference, FlowReference } from './flow-references.ts';

/** What a flow's names stand for in this organization, or what is missing. */
interface Binding {
  readonly uses: readonly Use[];
  /** Undefined where the document names none. */
  readonly divisionId: string | undefined;
  readonly problems: readonly string[];
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly items?: Schema | undefined;
}
// Whatever else JSON Schema allows in their places has no names for a flow to see.
const schemaSchema: z.ZodType<Schema> = z.lazy(() =>
  z
    .looseObject({
      properties: z.record(z.string(), schemaSchema).optional().catch(undefined),
      items: schemaSchema.optional().catch(undefined),
    })
    .catch({}),
);

/** As much of a record of `actions` as a flow sees. */
const actionSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  category: z.string(),
  secure: z.boolean(),
  contract: z.looseObject({
    input: z.looseObject({ inputSchema: schemaSchema }),
    output: z.looseObject({ successSchema: schemaSchema }),
  }),
});
type Action = z.infer<typeof actionSchema>;

const divisionSchema = z.looseObject({ id: z.string(), name: z.string() });

/** Looks up everything that a flow refers to by name; names are compared without case. */
export function bindFlow(world: World, { root, division, references }: FlowDocument): Binding {
  const problems: string[] = [];
  const uses = new Map<string, Use>();
  for (const reference of references) {
    const found = resolve(world, reference);
    if (typeof found === 'string') problems.push(found);
    else uses.set(found.id, found);
  }
  const home = division === undefined ? undefined : divisionNamed(world, division);
  if (division !== undefined && home === undefined) problems.push(noMatches('division', division, `/${root}`));
  return { uses: [...uses.values()], divisionId: home, problems };
}

const resolve = (world: World, reference: CollectedReference): Use | string =>
  reference.kind === 'action' ? resolveAction(world, reference) : resolveFlow(world, reference);

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const noMatches = (property: string, name: string, path: string): string =>
  `Error details: find '${property}' by value of '${name}' - no matches ('${property}' ... '${path}')`;

function resolveAction(world: World, reference: ActionReference): Use | string {
  const { name, category, secure, path } = reference;
  const [action, another] = world
    .list('actions')
    .map((record) => actionSchema.parse(record))
    .filter((one) => one.secure === secure && isSame(one.name, name) && isSame(one.category, category));
  if (!action) return noMatches('dataAction', `${category}/${name}`, path);
  if (another) return `multiple data actions had the same name '${name}' ('dataAction' ... '${path}')`;
  return unknownMember(action, reference) ?? { kind: 'action', id: action.id };
}

function unknownMember({ contract }: Action, { inputs, successOutputs, path }: ActionReference): string | undefined {
  const known = {
    inputs: new Set(Object.keys(contract.input.inputSchema.properties ?? {})),
    successOutputs: new Set(outputsOf(contract.output.successSchema)),
  };
  const input = inputs.find((one) => !known.inputs.has(one));
  if (input !== undefined) return noMatches('inputs', input, path);
  const output = successOutputs.find((one) => !known.successOutputs.has(one));
  return output === undefined ? undefined : noMatches('successOutputs', output, path);
}

/** The names under which a flow sees a result: members of members are joined by dots, lists are of their members. */
function outputsOf({ properties, items }: Schema, prefix = ''): readonly string[] {
  if (items) return outputsOf(items, prefix);
  if (!properties) return prefix === '' ? [] : [prefix];
  return Object.entries(properties).flatMap(([name, schema]) =>
    outputsOf(schema, prefix === '' ? name : `${prefix}.${name}`),
  );
}

function resolveFlow(world: World, { name, path }: FlowReference): Use | string {
  const flow = flowNamed(world, 'SECURECALL', name);
  if (!flow || flow.publishedVersion === 0) return noMatches('targetFlow', name, path);
  return { kind: 'flow', id: flow.id };
}

const divisionNamed = (world: World, name: string): string | undefined =>
  world
    .list('divisions')
    .map((record) => divisionSchema.parse(record))
    .find((division) => isSame(division.name, name))?.id;
