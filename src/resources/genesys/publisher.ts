import type { Context } from '../context.ts';

/** A flow that is to be published. */
export interface Publication {
  readonly type: 'inboundcall' | 'securecall' | 'workflow';
  readonly name: string;
  /** Archy YAML, which names the flow as here. */
  readonly yaml: Uint8Array;
  /** The flow's id, where there is one already. */
  readonly id: string | undefined;
}

/** Who publishes flows: Genesys Cloud by its flow jobs, or a program on this machine. */
export interface Publisher {
  /** How many flows it publishes at a time. */
  readonly parallel: number;
  /** Permissions that everything but this publisher takes. */
  readonly spares: readonly string[];
  /** Makes sure that it is there, and says what it is: "Archy 2.43.2 (/opt/archy/archy)". Absent where there is nothing to check. */
  readonly identify?: () => Promise<string>;
  /** Publishes, and gives the flow's id. `started` is told of a job that goes on by itself, before it can have an effect. */
  readonly publish: (
    context: Pick<Context, 'genesys' | 'installation' | 'step' | 'clock' | 'signal' | 'note'>,
    publication: Publication,
    started: (job: string) => Promise<void>,
  ) => Promise<string>;
}
